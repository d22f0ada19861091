// What a ledger knows of one bucket and what follows from it, as a plain value: the ledger of one process keeps these in
// memory, the shared one makes them of rows. Invariants: the limit in force is never above the configured one; what the
// server's headers showed last lowers it at once, and is only a proposal where it is higher.

/// One bucket of a ledger.
package struct BucketState: Sendable {
    /// How long a call can take that was sent, and how much later than its time-out the server may still see it.
    private static let longestCall: Duration = .seconds(60)
    package static let lateArrival: Duration = .seconds(5)

    /// What the headers showed last.
    package struct Observation: Sendable, Hashable {
        package var count: Int
        package var at: Timestamp

        package init(count: Int, at: Timestamp) {
            self.count = count
            self.at = at
        }
    }

    /// The limit of the configuration or the documentation; nil when there is none.
    package let configured: Limit?
    /// How many calls of the limit are left to others.
    private let kept: Int
    package private(set) var observed: Observation?
    package var window: CallWindow

    package init(
        configured: Limit?, kept: Int = 0, observed: Observation? = nil, blockedUntil: BootInstant? = nil,
        calls: [CallWindow.Call] = []
    ) {
        self.configured = configured
        self.kept = kept
        window = CallWindow(limit: nil, blockedUntil: blockedUntil, calls: calls)
        note(observed)
    }

    /// The latest moment at which the server sees a call that is sent at `moment`, as long as there is no answer.
    package static func assumedAnswer(sent moment: BootInstant) -> BootInstant {
        moment.advanced(by: longestCall + lateArrival)
    }

    /// The latest moment at which the server saw a call that ended at `moment`; nil when it never saw it.
    package static func seenBy(_ outcome: CallOutcome, at moment: BootInstant) -> BootInstant? {
        switch outcome {
        case .answered: moment
        case .timedOut: moment.advanced(by: lateArrival)
        case .notSent: nil
        }
    }

    /// Takes in the limit that headers showed.
    package mutating func note(_ observation: Observation?) {
        observed = observation
        guard let configured else { return }
        let shown = observation.map { min($0.count, configured.count) } ?? configured.count
        let provenance = shown < configured.count ? .observed : configured.provenance
        window.limit = Limit(count: shown - kept, window: configured.window, provenance: provenance)
    }

    /// A limit above the configured one that the headers showed.
    package var proposed: Limit? {
        guard let configured, let observed, observed.count > configured.count else { return nil }
        return Limit(count: observed.count, window: configured.window, provenance: .observed)
    }

    /// The limit that these headers show, when it is another than was known.
    package func news(in headers: RateHeaders, at moment: Timestamp) -> Observation? {
        guard let configured, let count = headers.limit, count >= 1, count != observed?.count ?? configured.count else {
            return nil
        }
        return Observation(count: count, at: moment)
    }

    /// How many calls of others these headers show, beside ours, and when their window ends at the latest: until then
    /// they count. `ours` is how many of ours the server can have counted.
    package func foreignCalls(
        in headers: RateHeaders, ours: Int, at now: BootInstant
    ) -> (count: Int, seenBy: BootInstant)? {
        guard let consumed = headers.consumed, let limit = window.limit, consumed > ours else { return nil }
        let left = min(headers.reset ?? limit.window, limit.window)
        return (min(consumed - ours, limit.count + kept), now.advanced(by: left - limit.window))
    }

    package func status(of bucket: Bucket, at now: BootInstant, holders: [CallHolder] = []) -> BucketStatus {
        BucketStatus(
            bucket: bucket, limit: window.limit, proposed: proposed, observedAt: observed?.at, used: window.calls.count,
            inFlight: window.calls.count { !$0.isAnswered }, nextFree: window.nextFree(at: now),
            blockedUntil: window.blockedUntil, holders: holders
        )
    }
}
