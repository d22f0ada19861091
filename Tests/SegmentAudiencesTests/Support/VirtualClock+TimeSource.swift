// The virtual clock as the client's time.

package import AudTesting
package import SegmentAudiences

extension VirtualClock: TimeSource {
    /// The calendar when the clock shows zero: 2026-01-01T00:00:00Z.
    static let epoch: Int64 = 1_767_225_600_000_000

    package func now() -> BootInstant {
        BootInstant(sinceBoot: elapsed)
    }

    package func wallNow() -> Timestamp {
        Timestamp(microseconds: Self.epoch + now().nanoseconds / 1000)
    }

    package func sleep(until deadline: BootInstant) async throws(CancellationError) {
        try await sleep(until: Duration.nanoseconds(deadline.nanoseconds))
    }
}
