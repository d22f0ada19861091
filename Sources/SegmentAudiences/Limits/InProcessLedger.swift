// The ledger of one process. Invariant: with true limits and only this ledger's calls, the server rejects none.

/// A rate ledger in memory, for one host and token.
public actor InProcessLedger: RateLedger {
    /// How long a call can take that was sent, and how much later than its time-out the server may still see it.
    private static let longestCall: Duration = .seconds(60)
    private static let lateArrival: Duration = .seconds(5)

    private let time: any TimeSource
    private var windows: [Bucket: CallWindow] = [:]
    private var proposals: [Bucket: Limit] = [:]
    private var lastID: UInt64 = 0

    /// Makes an empty ledger.
    public init(limits: LimitSet, time: any TimeSource = SystemTime()) {
        self.time = time
        for bucket in limits.buckets { windows[bucket] = CallWindow(limit: limits[bucket]) }
    }

    public func reserve(_ bucket: Bucket) -> ReservationAnswer {
        let now = time.now()
        var window = current(bucket, at: now)
        defer { windows[bucket] = window }
        let free = window.nextFree(at: now)
        guard free <= now else { return .notBefore(free) }
        lastID += 1
        window.add(id: lastID, assumedAnswer: now.advanced(by: Self.longestCall + Self.lateArrival))
        return .granted(Reservation(id: lastID, bucket: bucket))
    }

    public func close(_ reservation: Reservation, _ outcome: CallOutcome) {
        let now = time.now()
        switch outcome {
        case .answered: windows[reservation.bucket]?.answer(id: reservation.id, at: now)
        case .timedOut: windows[reservation.bucket]?.answer(id: reservation.id, at: now.advanced(by: Self.lateArrival))
        case .notSent: windows[reservation.bucket]?.withdraw(id: reservation.id)
        }
    }

    public func observe(_ headers: RateHeaders, of reservation: Reservation) {
        let bucket = reservation.bucket
        let now = time.now()
        let ours = windows[bucket]?.mostCounted(with: reservation.id)
        var window = current(bucket, at: now)
        if let observed = headers.limit, observed >= 1, let limit = window.limit {
            if observed < limit.count {
                window.limit = Limit(count: observed, window: limit.window, provenance: .observed)
                proposals[bucket] = nil
            } else if observed > limit.count {
                proposals[bucket] = Limit(count: observed, window: limit.window, provenance: .observed)
            }
        }
        // More calls than ours: someone else uses the same bucket. Theirs count until the server's window ends.
        if let consumed = headers.consumed, let limit = window.limit, let ours, consumed > ours {
            let end = now.advanced(by: min(headers.reset ?? limit.window, limit.window))
            for _ in 0..<min(consumed - ours, limit.count) {
                lastID += 1
                window.add(id: lastID, assumedAnswer: end)
                window.answer(id: lastID, at: end.advanced(by: .zero - limit.window))
            }
        }
        windows[bucket] = window
    }

    public func block(_ bucket: Bucket, until moment: BootInstant) {
        windows[bucket, default: CallWindow(limit: nil)].block(until: moment)
    }

    public func nextFree(_ bucket: Bucket) -> BootInstant {
        let now = time.now()
        return current(bucket, at: now).nextFree(at: now)
    }

    public func estimate(_ bucket: Bucket, calls: Int) -> Duration {
        let now = time.now()
        return current(bucket, at: now).estimate(calls, at: now)
    }

    public func snapshot() -> [BucketStatus] {
        let now = time.now()
        return windows.keys.sorted().map { bucket in
            let window = current(bucket, at: now)
            return BucketStatus(
                bucket: bucket, limit: window.limit, proposed: proposals[bucket], used: window.calls.count,
                inFlight: window.calls.count { !$0.isAnswered }, nextFree: window.nextFree(at: now),
                blockedUntil: window.blockedUntil
            )
        }
    }

    private func current(_ bucket: Bucket, at now: BootInstant) -> CallWindow {
        var window = windows[bucket] ?? CallWindow(limit: nil)
        window.expire(at: now)
        return window
    }
}
