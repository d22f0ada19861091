import AudLanguage
import AudRuntime
import AudShell

/// `aud resume RUN`. The run says where it was made; options that say where to go win.
struct ResumeRun: Sendable {
    var run: Int64
    var workspace: WorkspaceOptions
    var caps: CapOptions
    var output: ConsoleSettings
    var variables: ProcessVariables

    func perform() async -> Int32 {
        await CommandFrame.perform(output, variables) { frame in
            let settings = try workspace.leading(to: run, variables).settings
            return try await resume(settings, frame.console(of: settings.profile))
        }
    }

    private func resume(_ settings: WorkspaceSettings, _ console: Console) async throws -> ExitStatus {
        guard !settings.profile.readOnly else {
            throw CommandError(
                "the profile \(Shown.quoted(settings.profile.name)) is read-only: nothing was sent", exit: .refused
            )
        }
        let state = settings.stateDatabase
        let opener = WorkspaceOpener(
            settings, tokens: .of(settings, variables), mask: console.mask,
            trace: workspace.trace.map { TraceFile($0) }, state: state,
            purpose: CallPurpose(text: "resume \(run)", isInteractive: false),
            onWait: { console.tell($0) }
        )
        var options = SessionOptions(caps: Caps(caps, settings.profile))
        options.editsInProgress = settings.editsInProgress
        let session = Session(
            workspace: opener.workspace, options: options, output: console.output, state: state,
            origin: settings.origin(of: "resume")
        )
        let goOn = HowToGoOn(workspace, caps: caps, profile: settings.profile)
        let report = await console.announcingInterrupts(of: session, goOn) { await session.resume(run) }
        console.report(report.error, sources: SourceMap())
        console.writeOutcomes(report)
        // Who was refused by a cap is told above which cap to raise: the same command would be refused again.
        if report.canResume, report.error?.code != .changeLimit {
            console.tell(goOn, with: run)
        }
        await opener.close()
        return report.exitCode
    }
}
