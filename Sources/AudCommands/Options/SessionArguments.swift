package import ArgumentParser

/// What the shell and every run of a script are told.
package struct SessionArguments: ParsableArguments {
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

    /// What `aud plan` comes to, which is never told to send.
    init(planning command: PlanCommand) {
        workspace = command.workspace
        run = RunOptions(
            mode: .dryRun, changes: ChangeOptions(caps: command.caps, allowIncomplete: command.allowIncomplete))
        limits = command.limits
        script = command.script
        output = command.values
    }
}
