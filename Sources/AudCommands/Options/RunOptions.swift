package import ArgumentParser

/// What a run may do.
package struct RunOptions: ParsableArguments {
    @Flag(exclusivity: .exclusive)
    package var mode: ModeFlag = .dryRun

    @OptionGroup
    package var changes: ChangeOptions

    package init() {}

    /// What a command with other options comes to.
    package init(mode: ModeFlag, changes: ChangeOptions) {
        self.mode = mode
        self.changes = changes
    }
}

/// The three modes.
package enum ModeFlag: String, EnumerableFlag, Sendable {
    case dryRun, live, apply

    /// The flag as it is written.
    package var name: String {
        switch self {
        case .dryRun: "--dry-run"
        case .live: "--live"
        case .apply: "--apply"
        }
    }

    package static func help(for value: ModeFlag) -> ArgumentHelp? {
        switch value {
        case .dryRun: "Record changes and show them; send none (the default)."
        case .live: "Send changes as the script reaches them."
        case .apply: "Record changes, show them, ask, and send them."
        }
    }
}
