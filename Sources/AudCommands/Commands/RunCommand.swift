package import ArgumentParser

/// `aud run FILE`.
package struct RunCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a script.",
        discussion: "Changes are recorded and shown, and nothing is sent, unless --apply or --live says so."
    )

    @Argument(
        help: ArgumentHelp("The script; - reads it from standard input.", valueName: "file"),
        completion: .file(extensions: ["aud"]))
    package var file: String

    @OptionGroup
    package var arguments: SessionArguments

    package init() {}
}
