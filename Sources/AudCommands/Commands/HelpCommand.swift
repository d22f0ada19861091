package import ArgumentParser

/// `aud help NAME` for what is no command: a function, a stage, a keyword or a code of the language.
///
/// It is no part of `CommandTree`, where the argument parser has a `help` of its own for the commands.
package struct HelpCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "aud help",
        abstract: "Show the options of a command, or what a function, a stage or a keyword does.",
        usage: "aud help NAME"
    )

    @Argument(help: ArgumentHelp("A command, a function, a stage, a keyword or a code.", valueName: "name"))
    package var topic: [String]

    package init() {}

    /// Whether these arguments ask for help on something that is no command.
    static func isMeant(by arguments: [String]) -> Bool {
        guard arguments.count > 1, arguments[0] == "help", !arguments[1].hasPrefix("-") else { return false }
        return !CommandTree.names.contains(arguments[1])
    }
}
