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

    @Option(name: .customShort("e"), help: ArgumentHelp("Run this text.", valueName: "text"))
    package var text: String?

    @Flag(name: .customLong("no-init"), help: "Open the shell without its start-up file, init.aud.")
    package var withoutInit = false

    @OptionGroup(title: "Workspace")
    package var workspace: WorkspaceOptions

    @OptionGroup(title: "Changes")
    package var run: RunOptions

    @OptionGroup(title: "Limits")
    package var limits: LimitOptions

    @OptionGroup(title: "Script")
    package var script: ScriptOptions

    @OptionGroup(title: "Output")
    package var output: OutputOptions

    package init() {}
}
