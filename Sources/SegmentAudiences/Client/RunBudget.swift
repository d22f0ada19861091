// What one run may spend on waiting and on trying again. Retries are a reserve that successes refill slowly: a long run
// survives scattered failures, and a server that is down is not hammered by every call in turn.

import Synchronization

/// A deadline and a reserve of retries, shared by all calls of a run.
public final class RunBudget: Sendable {
    /// Waits that would end later are not begun; nil: wait as long as it takes.
    public let deadline: BootInstant?
    /// Whether a call waits for the lock of its audience to go. If not, it ends at once with kind `conflict`, and whoever
    /// has other calls to make can make those first.
    public let waitsForLocks: Bool
    private let capacity: Double
    private let reserve: Mutex<Double>
    /// Ten successes pay for one retry.
    private static let refill = 0.1

    /// Makes a budget with a full reserve.
    public init(deadline: BootInstant? = nil, retries: Int = 20, waitsForLocks: Bool = true) {
        self.deadline = deadline
        self.waitsForLocks = waitsForLocks
        capacity = Double(max(0, retries))
        reserve = Mutex(capacity)
    }

    /// How many retries are left.
    public var retriesLeft: Int { reserve.withLock { Int($0) } }

    func takeRetry() -> Bool {
        reserve.withLock { left in
            guard left >= 1 else { return false }
            left -= 1
            return true
        }
    }

    func noteSuccess() {
        reserve.withLock { $0 = min(capacity, $0 + Self.refill) }
    }
}
