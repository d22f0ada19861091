import SegmentAudiences
import Synchronization

/// Time that passes only by being looked at: a second for each look. For work that never sleeps.
final class TickingTime: TimeSource {
    private let seconds = Mutex<Int64>(1000)

    func now() -> BootInstant {
        let now = seconds.withLock { seconds in
            seconds += 1
            return seconds
        }
        return BootInstant(sinceBoot: .seconds(now))
    }

    func wallNow() -> Timestamp { Timestamp(microseconds: 0) }

    /// Never comes by itself.
    func sleep(until deadline: BootInstant) async throws(CancellationError) {
        while !Task.isCancelled { await Task.yield() }
        throw CancellationError()
    }
}
