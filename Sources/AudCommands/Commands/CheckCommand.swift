package import ArgumentParser
package import AudShell

/// `aud check FILE…`.
package struct CheckCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look for errors in scripts, and list what they can change, without running them."
    )

    @ArgumentParser.Argument(
        help: ArgumentHelp("The scripts; - reads one from standard input.", valueName: "file"),
        completion: .file(extensions: ["aud"]))
    package var files: [String]

    @Option(help: ArgumentHelp("The folder that `use` may read from, for standard input.", valueName: "folder"))
    package var lib: String?

    @Option(help: "How errors, warnings and effects are written: rich, short, json or sarif.")
    package var diagnostics: CheckFormat = .rich

    @Option(help: "Colours: auto, always or never.")
    package var color: ColorPolicy = .auto

    package init() {}
}
