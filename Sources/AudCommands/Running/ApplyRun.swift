import AudLanguage
import AudRuntime
import AudShell
import SegmentAudiences

/// `aud apply`: a saved plan is read, held against where and when it is sent, shown, confirmed and sent as it stands.
struct ApplyRun: Sendable {
    var command: ApplyCommand
    var variables: ProcessVariables
    var commandLine: [String]

    /// Runs to the end and answers with the exit code.
    func perform() async -> Int32 {
        await CommandFrame.perform(command.output.settings, variables) { frame in
            let file = try PlanStore.read(command.file)
            let settings = try WorkspaceSettings(command.workspace, variables)
            let console = frame.console(of: settings.profile)
            try check(file, settings)
            return try await apply(file, settings, console)
        }
    }

    /// Refuses a plan that is not for here or not for now.
    private func check(_ file: PlanFile, _ settings: WorkspaceSettings) throws(CommandError) {
        guard file.origin.host == settings.host else {
            throw refused(
                "it is for \(file.origin.host), and this is \(settings.host)",
                help: "name the plan's server with --profile, --base-url or --sandbox, as when it was made")
        }
        if let name = command.workspace.space {
            let id = settings.aliases[name] ?? name
            if let other = file.plan.spaces.first(where: { $0.id != id }) {
                throw refused(
                    "it changes the space \(other.known), and --space says \(name)",
                    help: "leave out --space: a plan knows its spaces")
            }
        }
        let strangers = file.plan.spaces.filter(settings.profile.isStranger)
        if command.workspace.space == nil, let other = strangers.first {
            // --space names one.
            let meant =
                file.plan.spaces.count == 1
                ? "say --space \(other.id) or add the space to `spaces:` of the profile"
                : "it can be sent once \(settings.profile.naming(strangers))"
            throw refused(
                "it changes the space \(other.known), which the profile \"\(settings.profile.name)\" does not know",
                help: "name the plan's profile with --profile; if this is the right one, \(meant)")
        }
        let age = try command.maxAge.map { text throws(CommandError) in
            guard let age = DurationText.parse(text) else {
                throw CommandError("--max-age must be \(DurationText.form), not \(Shown.quoted(text))")
            }
            return age
        }
        let now = SystemTime().wallNow().microseconds
        let refusal = age.map { file.refusal(now: now, maxAge: $0) } ?? file.refusal(now: now)
        if let refusal { throw CommandError(refusal, in: command.file) }
    }

    private func refused(_ reason: String, help: String) -> CommandError {
        CommandError(
            "\(Shown.path(command.file)) is refused, and nothing was sent: \(Shown.text(reason))", help: help,
            exit: .refused)
    }

    private func apply(
        _ file: PlanFile, _ settings: WorkspaceSettings, _ console: Console
    ) async throws -> ExitStatus {
        let run = RunOptions(mode: command.dryRun ? .dryRun : .apply, changes: command.changes)
        let permissions = RunPermissions(
            run: run, limits: command.limits, profile: settings.profile, editsInProgress: settings.editsInProgress)
        try permissions.refuse(.apply)
        guard let state = settings.stateDatabase else { throw CommandError.noPlaceForState }
        let opener = WorkspaceOpener(
            settings, tokens: .of(settings, variables), mask: console.mask,
            trace: command.workspace.trace.map { TraceFile($0) }, state: state,
            purpose: .script(.file(command.file)), onWait: { console.tell($0) })
        let session = Session(
            workspace: opener.workspace, options: permissions.options, output: console.sessionOutput,
            state: state, origin: settings.origin(of: command.file))
        let confirmer = permissions.confirmer()
        let delivery = PlanDelivery(
            session: session, console: console, confirmer: confirmer,
            allowIncomplete: command.changes.allowIncomplete,
            goOn: HowToGoOn(command.workspace, caps: command.changes.caps, profile: settings.profile))
        let status: ExitStatus
        do {
            try await session.stage(file)
            status = try await deliver(file, delivery, settings.profile)
        } catch {
            await opener.close()
            throw error
        }
        await opener.close()
        return status
    }

    private func deliver(
        _ file: PlanFile, _ delivery: PlanDelivery, _ profile: Profile
    ) async throws(CommandError) -> ExitStatus {
        guard !file.plan.isEmpty else {
            delivery.console.messages.inform(
                file.total == 0
                    ? "the plan changes nothing" : "all \(file.total) calls of the plan were deleted by hand")
            return .done
        }
        guard command.dryRun else { return try await delivery.send() }
        let (plan, bill) = await delivery.examined()
        delivery.show(
            plan, bill,
            command: command.workspace.applyCommand(
                of: command.file, for: plan, profile, program: commandLine.first ?? "aud"))
        return .done
    }
}
