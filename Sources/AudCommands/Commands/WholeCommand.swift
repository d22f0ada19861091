package import ArgumentParser

/// All that a command line may be: the options of the shell, and the commands. For completion and the manual
/// page only; what reads a command line keeps the two apart, see `CommandTree`.
package struct WholeCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "aud",
        abstract: AudCommand.configuration.abstract,
        discussion: AudCommand.configuration.discussion,
        version: AudCommand.configuration.version,
        subcommands: CommandTree.configuration.subcommands
    )

    @OptionGroup
    package var shell: AudCommand

    package init() {}
}
