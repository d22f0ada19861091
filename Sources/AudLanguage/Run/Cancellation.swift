private import Synchronization

/// A way to end a run from another thread. Each run has its own; once cancelled it stays so.
///
/// ```swift
/// let cancellation = Cancellation()
/// Task.detached { try await Task.sleep(for: .seconds(5)); cancellation.cancel() }
/// let value = try await interpreter.run(script, in: world, cancellation: cancellation)
/// ```
public final class Cancellation: Sendable {
    private enum State {
        case running(onCancel: (@Sendable () -> Void)?)
        case cancelled
    }

    private let state = Mutex(State.running(onCancel: nil))

    public init() {}

    /// Ends the run: a computation at its next pause, some ten thousand steps later at most; an answer that it waits for by
    /// cancelling the answer's task. May be called from any thread, more than once, and before the run has started. O(1).
    public func cancel() {
        let action = state.withLock { state -> (@Sendable () -> Void)? in
            guard case .running(let action) = state else { return nil }
            state = .cancelled
            return action
        }
        action?()
    }

    /// Whether `cancel` was called. O(1).
    public var isCancelled: Bool {
        state.withLock { if case .cancelled = $0 { true } else { false } }
    }

    /// Does something that may take long, as a task that `cancel` cancels as well as the task that waits for it.
    func bound<Result: Sendable>(_ body: @escaping @Sendable () async -> Result) async -> Result {
        let task = Task(operation: body)
        note { task.cancel() }
        let result = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        note(nil)
        return result
    }

    private func note(_ action: (@Sendable () -> Void)?) {
        let isCancelled = state.withLock { state in
            guard case .running = state else { return true }
            state = .running(onCancel: action)
            return false
        }
        if isCancelled { action?() }
    }
}
