// What one run has asked, read and changed so far. Worlds write into it as they go, so that a report can be made at any
// moment, also after a cancellation in the middle of an action.

internal import AudLanguage
internal import Synchronization

final class RunRecord: Sendable {
    private struct State {
        var requests = 0
        var changes = 0
        var sentChanges = 0
        var sentRemoves = 0
        var outcomes: [Outcome] = []
        var incomplete: [String] = []
        var questions: [String] = []
        var simulated: [String] = []
        /// A failed read whose error the script may still catch.
        var failedRead: String?
    }

    private let limits: Limits
    private let state = Mutex(State())

    init(limits: Limits) {
        self.limits = limits
    }

    var requests: Int { state.withLock { $0.requests } }
    var outcomes: [Outcome] { state.withLock { $0.outcomes } }
    var incomplete: [String] { state.withLock { $0.incomplete } }
    var questions: [String] { state.withLock { $0.questions } }
    var simulated: [String] { state.withLock { $0.simulated } }

    /// Notes one more call to the API, or refuses it.
    func countRequest() throws(RuntimeError) {
        let limit = limits.requests
        let fits = state.withLock { state in
            if state.requests < limit { state.requests += 1 } else { return false }
            return true
        }
        guard fits else {
            throw RuntimeError(
                .requestLimit, .limit, "the run would make more than \(counted(limit, "request")) to the API",
                help: "read less in one run, or raise the limit with --max-requests"
            )
        }
    }

    /// Notes that a script asks for this many changes, or refuses them.
    func countChanges(_ count: Int) throws(RuntimeError) {
        let limit = limits.changes
        let fits = state.withLock { state in
            if state.changes + count <= limit { state.changes += count } else { return false }
            return true
        }
        guard fits else {
            throw RuntimeError(
                .changeLimit, .limit, "the run would ask for more than \(counted(limit, "change"))",
                help: "select fewer audiences; if all of them are meant, raise the limit with --max-changes"
            )
        }
    }

    /// Notes a change that is about to be sent, or refuses it when it is one too many for the caps.
    func countSending(_ verb: Verb, caps: Caps) throws(RuntimeError) {
        let refusal = state.withLock { state -> RuntimeError? in
            let removes = state.sentRemoves + (verb == .remove ? 1 : 0)
            if let excess = caps.excess(changes: state.sentChanges + 1, removes: removes, isLive: true) {
                return excess
            }
            state.sentChanges += 1
            state.sentRemoves = removes
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Notes what became of a change; of its audience only what a report shows.
    func append(_ outcome: Outcome) {
        var outcome = outcome
        outcome.item = outcome.item.brief
        state.withLock { $0.outcomes.append(outcome) }
    }

    func append(_ question: String) {
        state.withLock { $0.questions.append(question) }
    }

    /// Notes that a script learned something that only the dry run made so.
    func noteSimulated(_ reason: String) {
        state.withLock { state in
            if !state.simulated.contains(reason) { state.simulated.append(reason) }
        }
    }

    /// Notes that something was not read in full; false when that is known already.
    @discardableResult
    func noteIncomplete(_ reason: String) -> Bool {
        state.withLock { state in
            if state.incomplete.contains(reason) { return false }
            state.incomplete.append(reason)
            return true
        }
    }

    /// Notes a read that failed. Whether the script catches the error is seen when it goes on.
    func noteFailedRead(_ error: RuntimeError) {
        state.withLock { $0.failedRead = "a read failed: \(error.message)" }
    }

    /// The script went on: a read that failed before was caught, and what follows rests on less than everything.
    func scriptWentOn() {
        let reason = state.withLock { state in
            defer { state.failedRead = nil }
            return state.failedRead
        }
        if let reason { noteIncomplete(reason) }
    }
}
