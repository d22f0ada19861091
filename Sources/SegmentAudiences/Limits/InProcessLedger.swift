// The ledger of one process. Invariant: with true limits and only this ledger's calls, the server rejects none.

/// A rate ledger in memory, for one host and token.
public actor InProcessLedger: RateLedger {
    private let time: any TimeSource
    private var states: [Bucket: BucketState] = [:]
    private var lastID: UInt64 = 0

    /// Makes an empty ledger.
    public init(limits: LimitSet, time: any TimeSource = SystemTime()) {
        self.time = time
        for bucket in limits.buckets { states[bucket] = BucketState(configured: limits[bucket]) }
    }

    public func reserve(_ bucket: Bucket) -> ReservationAnswer {
        let now = time.now()
        var state = current(bucket, at: now)
        defer { states[bucket] = state }
        let free = state.window.nextFree(at: now)
        guard free <= now else { return .notBefore(free) }
        lastID += 1
        state.window.add(id: lastID, seenBy: BucketState.assumedAnswer(sent: now))
        return .granted(Reservation(id: lastID, bucket: bucket))
    }

    public func close(_ reservation: Reservation, _ outcome: CallOutcome) {
        if let seenBy = BucketState.seenBy(outcome, at: time.now()) {
            states[reservation.bucket]?.window.answer(id: reservation.id, at: seenBy)
        } else {
            states[reservation.bucket]?.window.withdraw(id: reservation.id)
        }
    }

    public func observe(_ headers: RateHeaders, of reservation: Reservation) {
        let bucket = reservation.bucket
        let now = time.now()
        let ours = states[bucket]?.window.mostCounted(with: reservation.id)
        var state = current(bucket, at: now)
        if let news = state.news(in: headers, at: time.wallNow()) { state.note(news) }
        // More calls than ours: someone else uses the same bucket.
        if let ours, let foreign = state.foreignCalls(in: headers, ours: ours, at: now) {
            for _ in 0..<foreign.count {
                lastID += 1
                state.window.add(id: lastID, seenBy: foreign.seenBy, isAnswered: true)
            }
        }
        states[bucket] = state
    }

    public func block(_ bucket: Bucket, until moment: BootInstant) {
        states[bucket, default: BucketState(configured: nil)].window.block(until: moment)
    }

    public func nextFree(_ bucket: Bucket) -> BootInstant {
        let now = time.now()
        return current(bucket, at: now).window.nextFree(at: now)
    }

    public func estimate(_ bucket: Bucket, calls: Int) -> Duration {
        let now = time.now()
        return current(bucket, at: now).window.estimate(calls, at: now)
    }

    public func snapshot() -> [BucketStatus] {
        let now = time.now()
        return states.keys.sorted().map { current($0, at: now).status(of: $0, at: now) }
    }

    private func current(_ bucket: Bucket, at now: BootInstant) -> BucketState {
        var state = states[bucket] ?? BucketState(configured: nil)
        state.window.expire(at: now)
        return state
    }
}
