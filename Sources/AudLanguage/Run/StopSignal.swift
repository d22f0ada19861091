internal import Synchronization

/// Stops what an interpreter runs, from any thread, also inside of a loop or a long built-in.
///
/// ```swift
/// let interpreter = Interpreter(now: 0)
/// let signal = interpreter.stopSignal
/// Task.detached { signal.raise() }  // the running text fails with `L3011`, and no `catch` takes it
/// ```
///
/// It stays raised until it is lowered: whatever is run until then fails at once.
public final class StopSignal: Sendable {
    private let flag = Atomic(false)

    /// Makes a signal that is not raised.
    public init() {}

    /// Whether what runs is to stop. O(1), without a lock.
    public var isRaised: Bool { flag.load(ordering: .relaxed) }

    /// Asks for a stop. O(1).
    public func raise() { flag.store(true, ordering: .relaxed) }

    /// Lets texts run again. O(1).
    public func lower() { flag.store(false, ordering: .relaxed) }
}
