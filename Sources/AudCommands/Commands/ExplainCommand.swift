package import ArgumentParser

/// `aud explain CODE`.
package struct ExplainCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain the code of an error or a warning, with a wrong and a right example.",
        discussion: "Without a code it lists them all."
    )

    @Argument(help: ArgumentHelp("The code, for example E0302.", valueName: "code"), completion: .codes)
    package var code: String?

    package init() {}
}
