// The one statement that runs, so that a signal can cancel it.
//
// Invariant: a cancellation that comes at any time between `open` and `close` is not lost, also before the work starts.

internal import Synchronization

package final class RunningStatement: Sendable {
    private struct State {
        var isOpen = false
        var cancel: (@Sendable () -> Void)?
        var cancellations = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// A statement begins: from now on it can be cancelled. Says nothing new when it has begun already.
    func open() {
        state.withLock { state in
            if !state.isOpen { state = State(isOpen: true) }
        }
    }

    /// The statement is done with.
    func close() {
        state.withLock { $0 = State() }
    }

    /// Does a part of the statement's work in a task that `cancel` cancels, and waits for its answer.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        // Begun under the lock: a cancellation that the work itself leads to, by a question that ^C answers, finds the task.
        let (task, isCancelled) = state.withLock { state in
            let task = Task { await work() }
            state.cancel = { task.cancel() }
            return (task, state.cancellations > 0)
        }
        if isCancelled { task.cancel() }
        let value = await task.value
        state.withLock { $0.cancel = nil }
        return value
    }

    /// Cancels the statement and answers how often that was asked of it; 0 when there is none.
    @discardableResult
    func cancel() -> Int {
        let (cancel, count) = state.withLock { state in
            guard state.isOpen else { return (Optional<@Sendable () -> Void>.none, 0) }
            state.cancellations += 1
            return (state.cancel, state.cancellations)
        }
        cancel?()
        return count
    }
}
