package import ArgumentParser

/// `aud apply PLAN`.
package struct ApplyCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Send a saved plan: exactly its calls, after a question.",
        discussion: """
            The plan must be as `aud plan` wrote it, but for deleted lines. Each audience is compared with what the plan \
            expects of it before it is changed.
            """
    )

    @Argument(
        help: ArgumentHelp("The plan.", valueName: "plan"),
        completion: .file(extensions: ["aud"]))
    package var file: String

    @Flag(help: "Look at the plan, and send nothing.")
    package var dryRun = false

    @Option(help: ArgumentHelp("Refuse a plan that is older than this (default: 24h).", valueName: "duration"))
    package var maxAge: String?

    @OptionGroup(title: "Workspace")
    package var workspace: WorkspaceOptions

    @OptionGroup(title: "Changes")
    package var changes: ChangeOptions

    @OptionGroup(title: "Limits")
    package var limits: LimitOptions

    @OptionGroup(title: "Output")
    package var output: OutputOptions

    package init() {}
}
