import SegmentAudiences
import Synchronization

/// How long the calls of a process have waited for rate limits.
final class WaitMeter: Sendable {
    private let sum = Mutex(Duration.zero)

    var waited: Duration { sum.withLock { $0 } }

    func add(_ exchange: Exchange) {
        sum.withLock { $0 += exchange.waited }
    }
}
