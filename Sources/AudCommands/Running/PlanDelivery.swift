import AudLanguage
import AudRuntime

/// What is done with the calls that a session has staged: they are shown, and in the end sent. The same for a script's
/// run and for a saved plan.
struct PlanDelivery: Sendable {
    var session: Session
    var console: Console
    var confirmer: Confirmer
    var allowIncomplete: Bool
    /// How a run that does not come to its end goes on.
    var goOn: HowToGoOn
    /// The run that the calls take back; nil when they take back none.
    var undo: Undo?

    /// The plan with all that can be said of it.
    func examined() async -> (plan: Plan, bill: Bill?) {
        await session.examine()
        return (await session.plan, try? await session.bill())
    }

    /// Shows a plan; `command` is what would send it, nil when it is about to be sent.
    func show(_ plan: Plan, _ bill: Bill?, command: String?) {
        console.write(
            plan, bill: bill, caps: confirmer.caps, allowIncomplete: allowIncomplete, undo: undo, command: command,
            isAsked: command == nil && !confirmer.assumesYes)
    }

    /// Shows the plan, asks, and sends it.
    func send() async throws(CommandError) -> ExitStatus {
        let (plan, bill) = await examined()
        show(plan, bill, command: nil)
        // A plan that may not be sent is refused before anybody is asked.
        if plan.excess(over: confirmer.caps) == nil, allowIncomplete || plan.gaps.isEmpty {
            try await confirmer.confirm(plan)
        }
        let applied = await console.announcingInterrupts(of: session, goOn) { await session.apply() }
        console.report(applied.error, sources: await session.sources)
        console.writeOutcomes(applied)
        tellHowToGoOn(with: applied)
        return applied.exitCode
    }

    /// Tells how to go on with a run that did not come to its end.
    func tellHowToGoOn(with report: RunReport) {
        if report.canResume, let run = report.run { console.tell(goOn, with: run) }
    }
}
