package import ArgumentParser

/// `aud undo RUN`.
package struct UndoCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Show what takes a run back, save it as a plan, or send it.",
        discussion: """
            What the run switched on is switched off again: exact. What it switched off is switched on again: lossy, \
            because Segment computes the audience anew. What it removed cannot be brought back: `aud banked` shows it as \
            it was. An audience that somebody has changed since is left alone.
            """
    )

    @Argument(help: ArgumentHelp("The number of the run, as `aud runs` shows it.", valueName: "run"), completion: .runs)
    package var run: Int64

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Save the plan in this file, for `aud apply`.", valueName: "file")
    )
    package var output: String?

    @Flag(help: "Show the plan, ask, and send it.")
    package var apply = false

    @OptionGroup(title: "Workspace")
    package var workspace: WorkspaceOptions

    @OptionGroup(title: "Changes")
    package var changes: ChangeOptions

    @OptionGroup(title: "Limits")
    package var limits: LimitOptions

    @OptionGroup(title: "Output")
    package var values: OutputOptions

    package init() {}

    package func validate() throws {
        if let output, output.isEmpty || output == "-" { throw ValidationError("-o needs the name of a file") }
        if apply, output != nil {
            throw ValidationError("choose one: --apply sends the plan, -o saves it to be sent by `aud apply`")
        }
    }
}
