package import ArgumentParser

/// The commands that have a name.
///
/// It is apart from `AudCommand` because the argument parser gives a root's options to the root wherever they stand:
/// `aud sandbox serve --limits off` would set the limits of the shell.
package struct CommandTree: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "aud",
        abstract: AudCommand.configuration.abstract,
        version: AudCommand.configuration.version,
        subcommands: [
            RunCommand.self, PlanCommand.self, ApplyCommand.self, RunsCommand.self, ResumeCommand.self,
            UndoCommand.self, BankedCommand.self, CheckCommand.self, ExplainCommand.self, FormatCommand.self,
            LimitsCommand.self, LoginCommand.self, LogoutCommand.self, ProfilesCommand.self, SandboxCommand.self,
            CompletionsCommand.self, ManualCommand.self,
        ]
    )

    package init() {}

    /// Reads a command line whose order is settled: the command comes first, if there is one.
    package static func parse(ordered arguments: [String]) throws -> any ParsableCommand {
        if HelpCommand.isMeant(by: arguments) { return try HelpCommand.parse(Array(arguments.dropFirst())) }
        return try root(of: arguments).parseAsRoot(arguments == ["help"] ? ["--help"] : arguments)
    }

    /// What the commands are called, for help and did-you-mean.
    package static var names: [String] {
        configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    }

    /// What explains an error in these arguments.
    package static func root(of arguments: [String]) -> any ParsableCommand.Type {
        if HelpCommand.isMeant(by: arguments) { return HelpCommand.self }
        guard let first = arguments.first, !first.hasPrefix("-"), arguments != ["help"] else { return AudCommand.self }
        return CommandTree.self
    }
}
