// How fast the calls of one rate limit can be sent, as of a moment. A value: what it tells costs no look at the ledger.

internal import SegmentAudiences

struct Pace: Sendable, Hashable {
    let limit: Limit?
    /// How long until each of the next calls may be sent: as many as the limit takes in a window, one where there is no
    /// limit.
    let free: [Duration]

    /// Each place of a limit that is in use is asked for by itself: more would hold up the prompt.
    private static let most = 100

    /// The pace of a bucket; nil when it would take too long to find out.
    init?(_ status: BucketStatus, in ledger: any RateLedger) async throws(APIError) {
        limit = status.limit
        let places = status.limit?.count ?? 1
        if status.used == 0, status.blockedUntil == nil {
            free = Array(repeating: .zero, count: places)
            return
        }
        guard places <= Self.most else { return nil }
        var free: [Duration] = []
        for place in 1...places { free.append(try await ledger.estimate(status.bucket, calls: place)) }
        self.free = free
    }

    /// How long until the last of `calls` calls may be sent, when each is answered at once.
    func duration(of calls: Int) -> Duration {
        guard calls > 0, let first = free.first else { return .zero }
        guard let limit else { return first }
        // Every further round of calls repeats the first one a window later.
        let (rounds, rest) = (calls - 1).quotientAndRemainder(dividingBy: free.count)
        return free[rest] + limit.window * rounds
    }
}
