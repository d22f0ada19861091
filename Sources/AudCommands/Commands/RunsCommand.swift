package import ArgumentParser

/// `aud runs`, the same as `aud runs list`.
package struct RunsCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "Show the runs that sent changes, and what became of each call.",
        subcommands: [RunsListCommand.self, RunsShowCommand.self], defaultSubcommand: RunsListCommand.self
    )

    package init() {}
}

/// `aud runs list`.
package struct RunsListCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "list", abstract: "All runs of the state file, newest first."
    )

    @OptionGroup(title: "State")
    package var state: StateOptions

    @OptionGroup(title: "Output")
    package var output: OutputOptions

    package init() {}
}

/// `aud runs show RUN`.
package struct RunsShowCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Every call of a run and what became of it."
    )

    @Argument(help: ArgumentHelp("The number of the run, as `aud runs` shows it.", valueName: "run"), completion: .runs)
    package var run: Int64

    @OptionGroup(title: "State")
    package var state: StateOptions

    @OptionGroup(title: "Output")
    package var output: OutputOptions

    package init() {}
}
