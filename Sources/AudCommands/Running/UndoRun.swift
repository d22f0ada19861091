import AudLanguage
import AudRuntime
import AudShell

/// `aud undo RUN`: what takes a run back is worked out from the journal, and is then a plan like every other: shown, saved
/// or sent. The run says where it was made; options that say where to go win.
struct UndoRun: Sendable {
    var command: UndoCommand
    var variables: ProcessVariables
    var commandLine: [String]

    /// Runs to the end and answers with the exit code.
    func perform() async -> Int32 {
        await CommandFrame.perform(command.values.settings, variables) { frame in
            let (options, settings) = try command.workspace.leading(to: command.run, variables)
            return try await undo(options, settings, frame.console(of: settings.profile))
        }
    }

    private func undo(
        _ options: WorkspaceOptions, _ settings: WorkspaceSettings, _ console: Console
    ) async throws -> ExitStatus {
        let run = RunOptions(mode: command.apply ? .apply : .dryRun, changes: command.changes)
        let permissions = RunPermissions(
            run: run, limits: command.limits, profile: settings.profile, editsInProgress: settings.editsInProgress)
        try permissions.refuse(.apply)
        guard let state = settings.stateDatabase else { throw CommandError.noPlaceForState }
        let name = "undo \(command.run)"
        let opener = WorkspaceOpener(
            settings, tokens: .of(settings, variables), mask: console.mask,
            trace: options.trace.map { TraceFile($0) }, state: state,
            purpose: CallPurpose(text: name, isInteractive: false), onWait: { console.tell($0) })
        let session = Session(
            workspace: opener.workspace, options: permissions.options, output: console.sessionOutput, state: state,
            origin: settings.origin(of: name))
        let confirmer = permissions.confirmer()
        var delivery = PlanDelivery(
            session: session, console: console, confirmer: confirmer,
            allowIncomplete: command.changes.allowIncomplete,
            goOn: HowToGoOn(options, caps: command.changes.caps, profile: settings.profile))
        let status: ExitStatus
        do {
            delivery.undo = try await session.undo(command.run)
            status = try await deliver(delivery, options, settings)
        } catch {
            await opener.close()
            throw error
        }
        await opener.close()
        return status
    }

    private func deliver(
        _ delivery: PlanDelivery, _ options: WorkspaceOptions, _ settings: WorkspaceSettings
    ) async throws -> ExitStatus {
        if await delivery.session.plan.isEmpty, command.output == nil {
            delivery.show(await delivery.session.plan, nil, command: "")
            return .done
        }
        if command.apply { return try await delivery.send() }
        let (plan, bill) = await delivery.examined()
        var again = RerunCommand(arguments: commandLine, source: .text("")).text(mode: "--apply")
        if let path = command.output {
            let file = try await delivery.session.save(host: settings.host, duration: bill?.duration)
            try PlanStore(mask: delivery.console.mask).save(file.text, in: path)
            again = options.applyCommand(of: path, for: plan, settings.profile, program: commandLine.first ?? "aud")
        }
        delivery.show(plan, bill, command: again)
        delivery.console.output.planned(plan.calls)
        if let path = command.output { delivery.console.messages.inform("The plan is in \(Shown.path(path)).") }
        return .done
    }
}
