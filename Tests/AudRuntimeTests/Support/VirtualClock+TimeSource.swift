package import AudTesting
package import SegmentAudiences

extension VirtualClock: TimeSource {
    package func now() -> BootInstant { BootInstant(sinceBoot: elapsed) }

    /// 2026-01-01 when the clock shows zero.
    package func wallNow() -> Timestamp {
        Timestamp(microseconds: 1_767_225_600_000_000 + Int64(elapsed / .microseconds(1)))
    }

    package func sleep(until deadline: BootInstant) async throws(CancellationError) {
        try await sleep(until: .nanoseconds(deadline.nanoseconds))
    }
}
