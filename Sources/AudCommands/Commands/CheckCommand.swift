package import ArgumentParser
package import AudLanguage
package import AudShell

/// `aud check FILE…`.
package struct CheckCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Look for errors in scripts without running them."
    )

    @ArgumentParser.Argument(help: ArgumentHelp("The scripts; - reads one from standard input.", valueName: "file"))
    package var files: [String]

    @Option(help: ArgumentHelp("The folder that `use` may read from, for standard input.", valueName: "folder"))
    package var lib: String?

    @Option(help: "How errors and warnings are written: rich, short or json.")
    package var diagnostics: DiagnosticRenderer.Format = .rich

    @Option(help: "Colours: auto, always or never.")
    package var color: ColorPolicy = .auto

    package init() {}
}
