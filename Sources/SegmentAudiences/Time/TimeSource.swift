// Where the client gets the time from. Nothing in the client reads a clock or sleeps in any other way, so that every
// timing rule can be tested on a virtual clock.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The clock, the calendar and the sleep of the client.
public protocol TimeSource: Sendable {
    /// The boot-time clock, for every interval.
    func now() -> BootInstant
    /// The calendar, for display and for comparing with dates that a server sends.
    func wallNow() -> Timestamp
    /// Returns at `deadline` or later; throws `CancellationError` promptly when the task is cancelled.
    func sleep(until deadline: BootInstant) async throws(CancellationError)
}

/// The machine's own clocks.
public struct SystemTime: TimeSource {
    public init() {}

    public func now() -> BootInstant {
        let clock = ContinuousClock()
        return BootInstant(sinceBoot: clock.systemEpoch.duration(to: clock.now))
    }

    public func wallNow() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    public func sleep(until deadline: BootInstant) async throws(CancellationError) {
        let clock = ContinuousClock()
        do {
            try await clock.sleep(until: clock.systemEpoch.advanced(by: .nanoseconds(deadline.nanoseconds)))
        } catch {
            throw CancellationError()
        }
    }
}
