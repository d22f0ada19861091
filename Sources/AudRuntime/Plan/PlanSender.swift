// Carries a plan through: exactly its calls, in its order, one at a time. A failure of a call whose action said
// `on error stop` ends it; the rest is then not attempted, and the record says so for each call.

internal import AudLanguage

struct PlanSender: Sendable {
    private let sender: ChangeSender

    init(_ sender: ChangeSender) {
        self.sender = sender
    }

    /// Sends the calls; answers what ended it early. Every call has an outcome in the record afterwards.
    func send(_ plan: Plan, noting record: RunRecord) async -> RuntimeError? {
        var stop: RuntimeError?
        for call in plan.calls {
            let subject = ChangeSubject(call)
            var outcome = subject.outcome(call.verb, .notAttempted)
            if stop == nil {
                do throws(RuntimeError) {
                    if Task.isCancelled { throw RuntimeError.interrupted }
                    outcome = try await sender.send(call.verb, to: subject, noting: record)
                    if call.policy == .stop { stop = outcome.error }
                    stop?.span = call.span
                } catch {
                    stop = error
                }
            }
            record.append(outcome)
        }
        return stop
    }
}
