package import ArgumentParser

/// `aud plan FILE`.
package struct PlanCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what a script would change, or save it as a plan; nothing is sent.",
        usage: "aud plan FILE [options]\naud plan -e TEXT [options]",
        discussion: """
            With -o the calls are saved in a file that can be read and reviewed, one call a line. Lines may be deleted \
            from it. `aud apply` sends what is left, exactly.
            """
    )

    @Argument(
        help: ArgumentHelp("The script; - reads it from standard input.", valueName: "file"),
        completion: .file(extensions: ["aud"]))
    package var file: String?

    @Option(
        name: .customShort("e"), parsing: .unconditional, help: ArgumentHelp("Plan this text.", valueName: "text")
    )
    package var text: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Save the plan in this file, which only you can read.", valueName: "file")
    )
    package var output: String?

    @Flag(help: "End with code 2 when there is something to change, and 0 when there is not.")
    package var detailed = false

    @OptionGroup(title: "Workspace")
    package var workspace: WorkspaceOptions

    @OptionGroup(title: "Changes")
    package var caps: CapOptions

    @Flag(help: "Call a plan fit to be sent even though a listing was incomplete.")
    package var allowIncomplete = false

    @OptionGroup(title: "Limits")
    package var limits: LimitOptions

    @OptionGroup(title: "Script")
    package var script: ScriptOptions

    @OptionGroup(title: "Output")
    package var values: OutputOptions

    package init() {}

    package func validate() throws {
        if let output, output.isEmpty || output == "-" { throw ValidationError("-o needs the name of a file") }
        guard (file == nil) != (text == nil) else {
            throw ValidationError("give one script: a file, - for standard input, or -e TEXT")
        }
    }

    /// What is to be planned.
    var source: ScriptSource {
        if let text { .text(text) } else { ScriptSource(path: file ?? "-") }
    }
}
