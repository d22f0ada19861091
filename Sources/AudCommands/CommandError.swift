import AudRuntime

/// A failure of the command line itself: of an option, the configuration, the token, a file. Failures of scripts are
/// diagnostics of the language.
///
/// It is one sentence on what is wrong and, where there is one, a line on what mends it.
package struct CommandError: Error, Sendable, Equatable {
    /// One sentence, without a full stop.
    package var message: String
    /// What to write or do instead.
    package var help: String?
    /// How the process ends.
    package var exit: ExitStatus

    package init(_ message: String, help: String? = nil, exit: ExitStatus = .script) {
        self.message = message
        self.help = help
        self.exit = exit
    }

    /// Changes are written down before they are sent, and there is nowhere to write.
    static let noPlaceForState = CommandError(
        "there is no place for the state file, in which changes are written down before they are sent",
        help: "set HOME or XDG_STATE_HOME, or name a file with --state FILE"
    )
}
