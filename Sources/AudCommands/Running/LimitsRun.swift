import AudLanguage
import AudRuntime
import AudShell

/// `aud limits`: what all processes have noted, without a request.
struct LimitsRun: Sendable {
    var workspace: WorkspaceOptions
    var output: ConsoleSettings
    var variables: ProcessVariables

    func perform() async -> Int32 {
        await CommandFrame.perform(output, variables) { frame in
            try StateOptions.checkThatItIsThere(workspace.state)
            let settings = try WorkspaceSettings(workspace, variables)
            return await show(settings, frame.console(of: settings.profile))
        }
    }

    private func show(_ settings: WorkspaceSettings, _ console: Console) async -> ExitStatus {
        let tokens = TokenSources.of(settings, variables)
        // A look at the limits uses none of them, so it is shown all.
        let opener = WorkspaceOpener(
            settings, tokens: tokens, mask: console.mask, trace: nil, state: settings.stateDatabase,
            purpose: CallPurpose(text: "limits", isInteractive: true)
        )
        let session = Session(workspace: opener.workspace, output: console.output)
        let status: ExitStatus
        do throws(RuntimeError) {
            console.messages.inform(
                "profile \(Shown.text(settings.profile.name)) at \(Shown.text(settings.host))"
                    + (settings.baseURL == nil ? "" : ", token from \(tokens.source)"))
            console.output.limits(try await session.limitReport(), profile: settings.profile.name)
            status = console.refusals > 0 ? .script : .done
        } catch {
            console.report(error, sources: await session.sources)
            status = error.exitCode
        }
        await opener.close()
        return status
    }
}
