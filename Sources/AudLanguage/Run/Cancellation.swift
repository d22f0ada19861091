private import Synchronization

/// A way to end a run from another thread. Each run has its own; once cancelled it stays so.
///
/// ```swift
/// let cancellation = Cancellation()
/// Task.detached { try await Task.sleep(for: .seconds(5)); cancellation.cancel() }
/// let value = try await interpreter.run(script, in: world, cancellation: cancellation)
/// ```
public final class Cancellation: Sendable {
    private struct State {
        var isCancelled = false
        /// Ends the wait of what `bound` does.
        var waiting: AsyncStream<Void>.Continuation?
        /// Stops what the run computes.
        var signal: StopSignal?
    }

    private let state = Mutex(State())

    public init() {}

    /// Ends the run: a computation at once, also inside of a long built-in; an answer that it waits for by cancelling the
    /// answer's task. May be called from any thread, more than once, and before the run has started. O(1).
    public func cancel() {
        let (waiting, signal) = state.withLock { state in
            state.isCancelled = true
            return (state.waiting, state.signal)
        }
        signal?.raise()
        waiting?.finish()
    }

    /// Raises a signal when the run is cancelled, or now when it is already.
    func raises(_ signal: StopSignal) {
        let isCancelled = state.withLock { state in
            state.signal = signal
            return state.isCancelled
        }
        if isCancelled { signal.raise() }
    }

    /// Whether `cancel` was called. O(1).
    public var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Does something that may take long, as a child task that `cancel` cancels. Its result counts also then.
    package func bound<Result: Sendable>(_ body: @escaping @Sendable () async -> Result) async -> Result? {
        let (wait, waiting) = AsyncStream<Void>.makeStream()
        let isCancelled = state.withLock { state in
            state.waiting = waiting
            return state.isCancelled
        }
        if isCancelled { waiting.finish() }
        return await withTaskGroup(of: Result?.self) { group in
            group.addTask { await body() }
            group.addTask {
                for await _ in wait {}
                return nil
            }
            var result: Result?
            while let next = await group.next() {
                result = result ?? next
                group.cancelAll()
            }
            return result
        }
    }
}
