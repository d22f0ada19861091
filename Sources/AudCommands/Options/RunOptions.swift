package import ArgumentParser

/// What a run may do.
package struct RunOptions: ParsableArguments {
    @Flag(exclusivity: .exclusive)
    package var mode: ModeFlag = .dryRun

    @Flag(name: [.customLong("yes"), .customShort("y")], help: "Send without asking; removals then need a cap.")
    package var yes = false

    @Option(help: ArgumentHelp("Refuse to change more audiences than this (default: 100).", valueName: "n"))
    package var maxChanges: Int?

    @Option(help: ArgumentHelp("Refuse to remove more audiences than this.", valueName: "n"))
    package var maxRemoves: Int?

    @Flag(help: "Leave an audience alone when its updatedAt is newer than the plan knows, whatever else holds.")
    package var strictDrift = false

    @Flag(help: "Change something even though a listing was incomplete.")
    package var allowIncomplete = false

    package init() {}

    package func validate() throws {
        for (name, value) in [("--max-changes", maxChanges), ("--max-removes", maxRemoves)] {
            if let value, value < 0 { throw ValidationError("\(name) must be 0 or more") }
        }
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
