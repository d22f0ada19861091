import SegmentAudiences
import Synchronization

/// Time for work over real connections: nobody waits, and the clock shows what the waits would have taken.
final class InstantTime: TimeSource {
    private let elapsed = Mutex(BootInstant(sinceBoot: .seconds(1000)))

    func now() -> BootInstant { elapsed.withLock { $0 } }

    func wallNow() -> Timestamp {
        Timestamp(microseconds: 1_767_225_600_000_000 + now().nanoseconds / 1000)
    }

    func sleep(until deadline: BootInstant) async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        elapsed.withLock { $0 = max($0, deadline) }
    }
}
