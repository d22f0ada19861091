package import ArgumentParser
package import AudLanguage
package import AudShell

/// `aud fmt FILE…`.
package struct FormatCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "fmt",
        abstract: "Give scripts their one layout.",
        discussion: """
            Files are rewritten where they are. Without a file, or with -, standard input is formatted to standard \
            output. A script with syntax errors is left as it is.
            """
    )

    @ArgumentParser.Argument(
        help: ArgumentHelp("The scripts; - formats standard input.", valueName: "file"),
        completion: .file(extensions: ["aud"]))
    package var files: [String] = []

    @Flag(help: "Change nothing; name the files that would change, and end with code 1 if there are any.")
    package var check = false

    @Option(help: "How errors and warnings are written: rich, short or json.")
    package var diagnostics: DiagnosticRenderer.Format = .rich

    @Option(help: "Colours: auto, always or never.")
    package var color: ColorPolicy = .auto

    package init() {}
}
