// A clock that stands still and yet wakes everybody who sleeps: only who is woken knows that the time has come.

import SegmentAudiences

struct WakingTime: TimeSource {
    func now() -> BootInstant { BootInstant(sinceBoot: .seconds(1000)) }

    func wallNow() -> Timestamp { Timestamp(microseconds: 0) }

    func sleep(until deadline: BootInstant) async throws(CancellationError) {}
}
