import AudLanguage
import AudRuntime
import AudShell
import SegmentAudiences

/// `aud` at a terminal: the interactive shell.
struct ShellRun: Sendable {
    var arguments: SessionArguments
    var variables: ProcessVariables
    /// Whether `init.aud` runs first.
    var startsUp = true

    private var workspace: WorkspaceOptions { arguments.workspace }
    private var run: RunOptions { arguments.run }

    func perform() async -> Int32 {
        var shell = self
        while true {
            let (next, status) = await shell.performOne()
            guard let next else { return status }
            shell = shell.switched(to: next)
        }
    }

    /// The shell with another profile. Nothing that was said of the first workspace holds there: it begins in its own space,
    /// and in a dry run.
    private func switched(to profile: String) -> ShellRun {
        var shell = self
        shell.arguments.workspace.profile = profile
        shell.arguments.workspace.space = nil
        shell.arguments.run.mode = .dryRun
        return shell
    }

    /// Why this shell cannot go on with another profile. What makes that profile unusable is known before this one is left.
    private func refusalToSwitch(to profile: String) -> ShellRefusal? {
        let options = [
            ("--base-url", workspace.baseURL), ("--token-file", workspace.tokenFile), ("--limits", workspace.limits),
        ]
        let given = options.filter { $0.1 != nil }.map(\.0)
        guard given.isEmpty else {
            return ShellRefusal(
                "this shell was started with \(given.joined(separator: " and ")), which may not be meant for another profile",
                help: "start another shell: \(ShellQuoting.command(["aud", "--profile", profile]))")
        }
        do throws(CommandError) {
            _ = try WorkspaceSettings(switched(to: profile).arguments.workspace, variables)
            return nil
        } catch {
            return ShellRefusal(error.message, help: error.help)
        }
    }

    /// A shell until it is left; answers the profile to go on with, or the status.
    private func performOne() async -> (next: String?, status: Int32) {
        var output = arguments.output.settings
        let settings: WorkspaceSettings
        do {
            try checkOptions()
            settings = try WorkspaceSettings(workspace, variables)
            output.color = output.color ?? settings.profile.color
            let console = Console(output, variables: variables)
            switch try await perform(settings, on: console) {
            case .switched(let profile):
                console.output.flush()
                return (profile, ExitStatus.done.rawValue)
            case .left: return (nil, console.finish(.done))
            // The terminal went away, or somebody asked the process to end.
            case .closed: return (nil, console.finish(.interrupted))
            case .outputFailed: return (nil, console.finish(.script))
            }
        } catch {
            let console = Console(output, variables: variables)
            console.messages.report(error)
            return (nil, console.finish(error.exit))
        }
    }

    private func checkOptions() throws(CommandError) {
        guard run.mode != .apply else {
            throw CommandError("--apply needs a script", help: "in the shell, :apply sends what is staged")
        }
        guard arguments.script.parameters.isEmpty else {
            throw CommandError("--set needs a script: aud run FILE --set …")
        }
    }

    private func perform(_ settings: WorkspaceSettings, on console: Console) async throws(CommandError) -> ShellEnd {
        let changes = RunPermissions(
            run: run, limits: arguments.limits, profile: settings.profile, editsInProgress: settings.editsInProgress)
        try changes.refuse(.live)
        let state = settings.stateDatabase
        let meter = WaitMeter()
        let opener = WorkspaceOpener(
            settings, tokens: .of(settings, variables), mask: console.mask,
            trace: workspace.trace.map { TraceFile($0) }, state: state, purpose: .shell,
            onWait: { console.tell($0) }, meter: meter
        )
        let modules = ShellModules(try ScriptSource.standardInput.modules(lib: arguments.script.lib))
        var options = changes.options
        options.expectsMore = true
        let guards = settings.profile.caps
        var caps = changes.caps
        caps.raising = .setting(
            maxChanges: guards.maxChanges, maxRemoves: guards.maxRemoves, maxPercent: guards.maxPercent)
        options.caps.raising = caps.raising
        let session = Session(
            workspace: opener.workspace, options: options, output: console.output,
            modules: modules.loader, state: state, origin: settings.origin(of: "shell")
        )
        // The token is masked in the history from the first request on; one of the environment is known before.
        let early = Redactor(TokenSources.variables.compactMap { variables[$0].flatMap(APIToken.init) })
        var setup = ShellSetup(
            profile: settings.profile.name, aliases: settings.aliases, caps: caps,
            refusal: changes.readOnlyRefusal, store: state,
            mask: { console.mask.masked(early.mask($0)) }, modules: arguments.script.lib,
            saving: PlanSaving(
                host: settings.host,
                write: { text, path in PlanStore(mask: console.mask).failure(saving: text, in: path) },
                command: { [workspace, profile = settings.profile] path, plan in
                    workspace.applyCommand(of: path, for: plan, profile)
                }
            ),
            goOn: { [goOn = HowToGoOn(workspace, caps: run.changes.caps, profile: settings.profile)] in
                goOn.command(for: $0)
            },
            pager: .of(variables, mask: console.mask), isSandbox: settings.baseURL == nil
        )
        setup.stateOption = settings.stateOption
        setup.confirmsChanges = settings.profile.confirm == .always
        setup.guards = guards
        setup.guardTime = settings.profile.budget.time
        setup.promptColor = settings.profile.promptColor?.color
        setup.profiles = settings.profiles
        setup.waited = { meter.waited }
        setup.files = files(modules, console)
        setup.refusalToSwitch = { self.refusalToSwitch(to: $0) }
        // A space that was chosen in the session is no one's default.
        let firstSpace = await session.space?.name
        setup.runCommand = { [workspace] path, space in
            workspace.runCommand(of: path, space: space == firstSpace ? workspace.space : space)
        }
        setup.startUp = startUpFile(console)
        let end = await InteractiveShell.run(session: session, output: console.output, setup: setup)
        await opener.close()
        return end
    }

    private func files(_ modules: ShellModules, _ console: Console) -> ScriptFiles {
        ScriptFiles(
            read: { path in
                do throws(CommandError) {
                    let file = try ScriptSource.file(path).read()
                    modules.begin(script: path)
                    return .success(file)
                } catch {
                    return .failure(ShellRefusal(error.message, help: error.help))
                }
            },
            save: { script, path in await SavedScript(mask: console.mask).save(script, to: path) },
            edit: { [variables] draft in await PersonsEditor(variables: variables).edit(draft) })
    }

    /// Trouble with the file is told and keeps nobody from the shell.
    private func startUpFile(_ console: Console) -> SourceFile? {
        guard startsUp else { return nil }
        do throws(CommandError) {
            return try StartUpFile.read(variables)
        } catch {
            console.messages.report(error)
            return nil
        }
    }
}
