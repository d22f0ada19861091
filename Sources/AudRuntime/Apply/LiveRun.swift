// The journal of a live run. Its calls come one by one, as the script reaches them, and the run begins with the first
// change that is about to be sent: a script that sends nothing leaves no run. What needed no call is written with the next
// entry that must be durable.

internal import AudLanguage
internal import Synchronization

final class LiveRun: Sendable {
    private struct State {
        var journal: RunJournal?
        var count = 0
        var unwritten: [RunJournal.Entry] = []
    }

    /// Begins the run in the journal; nil keeps none.
    typealias Beginning = @Sendable (_ mask: @escaping @Sendable (String) -> String) throws(StateError) -> RunJournal?

    private let begin: Beginning
    private let state = Mutex(State())

    init(begin: @escaping Beginning) {
        self.begin = begin
    }

    /// The run, once something was about to be sent.
    var journal: RunJournal? { state.withLock { $0.journal } }

    /// Notes a change that is about to be sent, durably. Answers its number.
    func intend(
        _ call: PlannedCall, banking bank: String?, mask: @escaping @Sendable (String) -> String
    ) throws(RuntimeError) -> Int {
        let result = state.withLock { state -> Result<Int, StateError> in
            do throws(StateError) {
                if state.journal == nil { state.journal = try begin(mask) }
                var call = call
                call.number = state.count + 1
                try state.journal?.write(state.unwritten + [.call(call), .intent(call.number, banking: bank)])
                state.unwritten = []
                state.count += 1
                return .success(call.number)
            } catch {
                return .failure(error)
            }
        }
        do throws(StateError) {
            return try result.get()
        } catch {
            throw RuntimeError(error)
        }
    }

    /// Notes what became of a change, durably.
    func close(_ number: Int, _ outcome: Outcome) throws(RuntimeError) {
        try write { $0.unwritten.append(.outcome(number, outcome.status, error: outcome.error?.message)) }
    }

    /// Notes that a change was not made after all, durably, because of what ends the run.
    func withdraw(_ number: Int, after error: RuntimeError) throws(RuntimeError) {
        try write { $0.unwritten.append(.unmade(number, after: error)) }
    }

    /// Notes a change that was not sent, with what became of it.
    func note(_ call: PlannedCall, _ outcome: Outcome) {
        state.withLock { state in
            state.count += 1
            var call = call
            call.number = state.count
            state.unwritten.append(.call(call))
            state.unwritten.append(.outcome(call.number, outcome.status, error: outcome.error?.message))
        }
    }

    /// Makes everything durable that is known, once the script has ended.
    func settle() throws(RuntimeError) {
        try write { _ in }
    }

    private func write(_ note: (inout State) -> Void) throws(RuntimeError) {
        let failure = state.withLock { state -> StateError? in
            note(&state)
            do throws(StateError) {
                try state.journal?.write(state.unwritten)
                if state.journal != nil { state.unwritten = [] }
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw RuntimeError(failure) }
    }
}
