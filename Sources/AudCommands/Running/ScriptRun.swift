import AudLanguage
import AudRuntime
import AudShell
import SegmentAudiences

/// One run of one text, from reading it to the exit code.
///
/// A text that asks nothing of the workspace is run without looking at the configuration: `aud -e '1 + 1'` works anywhere
/// and starts at once.
struct ScriptRun: Sendable {
    var source: ScriptSource
    var arguments: SessionArguments
    var variables: ProcessVariables
    /// The command line as it was given, to be shown again with --apply.
    var commandLine: [String]
    /// nil: this is no `aud plan`.
    var planning: Planning?

    private var workspace: WorkspaceOptions { arguments.workspace }
    private var run: RunOptions { arguments.run }

    /// Runs to the end and answers with the exit code.
    func perform() async -> Int32 {
        // Nobody reads on, so what is left to do is for nobody. A run that changes something goes on.
        await CommandFrame.perform(arguments.output.settings, variables, stopsWithOutput: run.mode == .dryRun) {
            frame in
            guard let text = try await checkedText(frame.console) else { return .script }
            guard !text.chunk.isPure || planning?.path != nil else { return try await runPure(text, frame.console) }
            let settings = try WorkspaceSettings(workspace, variables)
            return try await run(text, settings, frame.console(of: settings.profile))
        }
    }

    // MARK: - The text

    /// A text without errors, with all that running it takes.
    private struct Text {
        var file: SourceFile
        var chunk: Interpreter.Chunk
        var parameters: [String: String]
        var modules: ModuleFolder?
        /// The session that has checked it, and that has no workspace.
        var session: Session
    }

    /// nil when the text has errors, which then are told.
    private func checkedText(_ console: Console) async throws(CommandError) -> Text? {
        let (parameters, problems) = arguments.script.texts()
        guard problems.isEmpty else {
            for problem in problems { console.messages.report(problem) }
            return nil
        }
        let modules = try source.modules(lib: arguments.script.lib)
        let file = try source.read()
        // A text without a workspace has no profile, so the options alone say what it may use.
        var options = SessionOptions()
        arguments.limits.budget.apply(to: &options)
        let session = Session(
            workspace: .unconnected, options: options, output: console.sessionOutput, modules: modules?.loader
        )
        let check = await session.check(file, as: .file)
        console.messages.report(check.diagnostics, sources: await session.sources)
        guard let chunk = check.chunk else { return nil }
        return Text(file: file, chunk: chunk, parameters: parameters, modules: modules, session: session)
    }

    /// Runs a text that needs no workspace, without looking for one.
    private func runPure(_ text: Text, _ console: Console) async throws -> ExitStatus {
        try await end(
            of: await text.session.run(text.file, as: .file, parameters: text.parameters), text.session, console
        ).status
    }

    private func run(_ text: Text, _ settings: WorkspaceSettings, _ console: Console) async throws -> ExitStatus {
        let permissions = RunPermissions(
            run: run, limits: arguments.limits, profile: settings.profile, editsInProgress: settings.editsInProgress)
        let confirmer = permissions.confirmer()
        if text.chunk.canChange { try permissions.refuse(.live, .apply) }
        if run.mode == .live, text.chunk.canChange {
            let place = settings.baseURL.map(\.description) ?? "the sandbox"
            try await confirmer.confirmLive(canRemove: text.chunk.canRemove, place: place)
        }
        let state = settings.stateDatabase
        if state == nil, run.mode != .dryRun, text.chunk.canChange { throw CommandError.noPlaceForState }
        let opener = WorkspaceOpener(
            settings, tokens: .of(settings, variables), mask: console.mask,
            trace: workspace.trace.map { TraceFile($0) }, state: state, purpose: .script(source),
            onWait: { console.tell($0) }
        )
        let session = Session(
            workspace: opener.workspace, options: permissions.options, output: console.sessionOutput,
            modules: text.modules?.loader, state: state, origin: settings.origin(of: text.file.name)
        )
        let goOn = HowToGoOn(workspace, caps: run.changes.caps, profile: settings.profile)
        let result =
            if run.mode == .live {
                await console.announcingInterrupts(of: session, goOn) {
                    await session.run(text.file, as: .file, parameters: text.parameters)
                }
            } else {
                await session.run(text.file, as: .file, parameters: text.parameters)
            }
        let status: ExitStatus
        do {
            let delivery = PlanDelivery(
                session: session, console: console, confirmer: confirmer, allowIncomplete: run.changes.allowIncomplete,
                goOn: goOn
            )
            status = try await finish(result, delivery, text, settings)
        } catch {
            await opener.close()
            throw error
        }
        await opener.close()
        return status
    }

    // MARK: - The end

    /// Tells what went wrong; the report is nil when the text did not run.
    private func end(
        of result: RunResult, _ session: Session, _ console: Console
    ) async throws -> (status: ExitStatus, report: RunReport?) {
        switch result {
        // Only a prompt goes on.
        case .incomplete: return (.script, nil)
        case .rejected(let diagnostics):
            console.messages.report(diagnostics, sources: await session.sources)
            return (.script, nil)
        case .finished(let report):
            console.report(report.error, sources: await session.sources)
            return (console.refusals > 0 ? .worst([report.exitCode, .script]) : report.exitCode, report)
        }
    }

    /// What follows a run in a workspace: its report, and in a dry run the preview and what sends it.
    private func finish(
        _ result: RunResult, _ delivery: PlanDelivery, _ text: Text, _ settings: WorkspaceSettings
    ) async throws -> ExitStatus {
        let console = delivery.console
        let (status, report) = try await end(of: result, delivery.session, console)
        guard let report else { return status }
        if run.mode == .live {
            console.writeOutcomes(report)
            delivery.tellHowToGoOn(with: report)
            if report.error != nil, !report.canResume, !report.outcomes.isEmpty {
                console.output.say("Run the script again for the rest: what holds already is skipped.")
            }
            return status
        }
        guard report.error == nil else {
            // A plan that is not whole is shown, and cannot be sent.
            if !report.plan.isEmpty { delivery.show(report.plan, nil, command: run.mode == .apply ? nil : "") }
            if let path = planning?.path {
                console.messages.report(
                    CommandError("the script failed, so no plan was saved in \(Shown.path(path))"))
            }
            return status
        }
        if planning?.path == nil, await delivery.session.plan.isEmpty {
            console.write(report)
            return status
        }
        if run.mode == .apply { return .worst([status, try await delivery.send()]) }
        return .worst([status, try await preview(delivery, text, settings)])
    }

    /// Shows the plan, and saves it if that is asked for.
    private func preview(
        _ delivery: PlanDelivery, _ text: Text, _ settings: WorkspaceSettings
    ) async throws -> ExitStatus {
        let (plan, bill) = await delivery.examined()
        var command = RerunCommand(arguments: commandLine, source: source).text(mode: "--apply")
        if planning != nil { command = "aud apply, with a plan that -o FILE saves" }
        if let path = planning?.path {
            let file = try await delivery.session.save(
                host: settings.host, parameters: text.parameters, duration: bill?.duration)
            try PlanStore(mask: delivery.console.mask).save(file.text, in: path)
            command = workspace.applyCommand(of: path, for: plan, settings.profile, program: commandLine.first ?? "aud")
        }
        if settings.profile.readOnly {
            command = "take another profile, for \(Shown.quoted(settings.profile.name)) is read-only"
        }
        delivery.show(plan, bill, command: command)
        // In a dry run rows of a plan would be taken for values of the script; here they are what was asked for.
        if planning != nil { delivery.console.output.planned(plan.calls) }
        if let path = planning?.path { delivery.console.messages.inform("The plan is in \(Shown.path(path)).") }
        return planning?.isDetailed == true && !plan.isEmpty ? .pending : .done
    }
}
