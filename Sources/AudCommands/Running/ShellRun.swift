import AudRuntime
import AudShell
import SegmentAudiences

/// `aud` at a terminal: the interactive shell.
struct ShellRun: Sendable {
    var workspace: WorkspaceOptions
    var run: RunOptions
    var limits: LimitOptions
    var script: ScriptOptions
    var output: ConsoleSettings
    var variables: ProcessVariables

    func perform() async -> Int32 {
        var output = output
        let settings: WorkspaceSettings
        do {
            try checkOptions()
            settings = try WorkspaceSettings(workspace, variables)
            output.color = output.color ?? settings.profile.color
            return try await perform(settings, on: Console(output, variables: variables))
        } catch {
            let console = Console(output, variables: variables)
            console.messages.report(error)
            return console.finish(error.exit)
        }
    }

    private func checkOptions() throws(CommandError) {
        guard run.mode != .apply else {
            throw CommandError("--apply needs a script", help: "in the shell, :apply sends what is staged")
        }
        guard script.parameters.isEmpty else { throw CommandError("--set needs a script: aud run FILE --set …") }
    }

    private func perform(_ settings: WorkspaceSettings, on console: Console) async throws(CommandError) -> Int32 {
        let changes = RunPermissions(
            run: run, limits: limits, profile: settings.profile, editsInProgress: settings.editsInProgress)
        try changes.refuse(.live)
        let state = settings.stateDatabase
        let opener = WorkspaceOpener(
            settings, tokens: .of(settings, variables), mask: console.mask,
            trace: workspace.trace.map { TraceFile($0) }, state: state, purpose: .shell,
            onWait: { console.tell($0) }
        )
        let folder = try ScriptSource.standardInput.modules(lib: script.lib)
        let session = Session(
            workspace: opener.workspace, options: changes.options, output: console.output,
            modules: folder?.loader, state: state, origin: settings.origin(of: "shell")
        )
        // The token is masked in the history from the first request on; one of the environment is known before.
        let early = Redactor(TokenSources.variables.compactMap { variables[$0].flatMap(APIToken.init) })
        let setup = ShellSetup(
            profile: settings.profile.name, aliases: settings.aliases, caps: changes.caps, store: state,
            mask: { console.mask.masked(early.mask($0)) }, modules: script.lib,
            saving: PlanSaving(
                host: settings.host,
                write: { text, path in PlanStore(mask: console.mask).failure(saving: text, in: path) },
                command: { [workspace] path in workspace.applyCommand(of: path) }
            ),
            goOn: { [goOn = HowToGoOn(workspace, caps: run.changes.caps, profile: settings.profile)] in
                goOn.command(for: $0)
            },
            pager: .of(variables, mask: console.mask), isSandbox: settings.baseURL == nil
        )
        let end = await InteractiveShell.run(session: session, output: console.output, setup: setup)
        await opener.close()
        switch end {
        case .left: return console.finish(.done)
        // The terminal went away, or somebody asked the process to end.
        case .closed: return console.finish(.interrupted)
        case .outputFailed: return console.finish(.script)
        }
    }
}
