// How long and how often the client tries again by itself. 429 is not in here: it is waited out, and does not count.

/// The figures of the retries.
public struct RetryPolicy: Sendable, Hashable {
    /// How often one read (or one change that provably was not sent) is sent at most.
    public var attempts = 6
    /// The first back-off; each further one is twice as long. The wait is a random part of it (full jitter).
    public var firstBackoff: Duration = .milliseconds(500)
    /// The longest back-off.
    public var longestBackoff: Duration = .seconds(30)
    /// How often a call is sent again that found the audience locked.
    public var lockedRetries = 5
    /// The first wait for a locked audience; each further one is twice as long.
    public var firstLockedWait: Duration = .seconds(5)
    /// The longest wait for a locked audience.
    public var longestLockedWait: Duration = .seconds(60)

    /// The default figures.
    public init() {}

    /// The wait before try number `failures + 1`; `random` is from 0 up to 1.
    func backoff(failures: Int, random: Double) -> Duration {
        let ceiling = min(longestBackoff, firstBackoff * (1 << min(failures - 1, 16)))
        return ceiling * random
    }

    /// The wait for a lock to go, between half and all of the step, so that it is never nothing.
    func lockedWait(tries: Int, random: Double) -> Duration {
        let ceiling = min(longestLockedWait, firstLockedWait * (1 << min(tries - 1, 16)))
        return ceiling * (0.5 + random / 2)
    }
}
