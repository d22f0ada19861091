package import AudRuntime
import AudShell

/// Asks before changes are sent. What must be typed grows with what would happen; without a person the answer is no,
/// unless `--yes` says otherwise, and then a removal needs a cap that somebody chose.
package struct Confirmer: Sendable {
    package var assumesYes: Bool
    package var caps: Caps
    /// Whether `--yes` could answer.
    package var mayAssumeYes = true
    /// Asks for a line.
    package var ask: @Sendable (String) async -> ControllingTerminal.Answer

    package init(
        assumesYes: Bool, caps: Caps, ask: @escaping @Sendable (String) async -> ControllingTerminal.Answer
    ) {
        self.assumesYes = assumesYes
        self.caps = caps
        self.ask = ask
    }

    /// Returns when the plan may be sent.
    package func confirm(_ plan: Plan) async throws(CommandError) {
        if assumesYes {
            try checkBroken(plan)
            return try checkCap(removals: plan.removals)
        }
        if let question = ConfirmationQuestion(breaking: plan, caps: caps) {
            try await expect(question.text, refusal: question.refusal, question.accepts)
        }
        guard let question = ConfirmationQuestion(plan) else { return }
        try await expect(question.text, refusal: question.refusal, question.accepts)
    }

    /// Returns when a live run may start. It has no plan to look at, so the question names the most that can happen.
    package func confirmLive(canRemove: Bool, place: String) async throws(CommandError) {
        if assumesYes { return try checkCap(removals: canRemove ? caps.maxRemoves ?? caps.changes : 0) }
        let removals = canRemove ? ", removals that cannot be undone among them" : ""
        let question =
            "Send up to \(caps.changes) changes to \(Shown.text(place)) as the script reaches them\(removals)? [y/N] "
        try await expect(question, refusal: "not confirmed: nothing was sent") {
            ["y", "yes"].contains($0.lowercased())
        }
    }

    private func checkBroken(_ plan: Plan) throws(CommandError) {
        let broken = plan.consequences?.broken ?? 0
        guard broken == 0 || caps.maxBroken != nil else {
            throw CommandError(
                "the removals break \(broken) other audience\(broken == 1 ? "" : "s"): nothing was sent",
                help: "with --yes, say that this many may break: --max-broken \(broken)", exit: .refused
            )
        }
    }

    private func checkCap(removals: Int) throws(CommandError) {
        guard removals == 0 || caps.isExplicit else {
            throw CommandError(
                "with --yes, removals need a cap that you choose: nothing was sent",
                help: "say how many may go: --max-removes \(removals)", exit: .refused
            )
        }
    }

    private func expect(
        _ question: String, refusal: String, _ accept: (String) -> Bool
    ) async throws(CommandError) {
        switch await ask(question) {
        case .line(let line):
            guard accept(line) else { throw CommandError(refusal, exit: .refused) }
        case .refused: throw CommandError("not confirmed: nothing was sent", exit: .refused)
        case .interrupted: throw CommandError("interrupted: nothing was sent", exit: .interrupted)
        case .nobody:
            throw CommandError(
                "there is no terminal to confirm at: nothing was sent",
                help: mayAssumeYes
                    ? "to send without asking: --yes"
                    : "the profile says `confirm: always`, so that --yes is not enough", exit: .refused
            )
        }
    }
}
