// Counts calls per token and operation. Buckets are looked at only when a call arrives: a window that has passed is
// noticed by the next call, so there is nothing to expire and any clock will do.

struct RateLimiter {
    struct Verdict {
        let allowed: Bool
        let consumed: Int
        let remaining: Int
        /// When the bucket has room again, or its window ends.
        let resetAt: Duration
    }

    private struct Key: Hashable {
        let token: String
        let operation: SandboxOperation
    }

    private struct Bucket {
        /// Fixed window: when it opened, and every call since, rejected ones too.
        var opened: Duration?
        var consumed = 0
        /// Sliding log: accepted calls, oldest first.
        var accepted: [Duration] = []
    }

    let model: SandboxRateModel
    let window: Duration
    private var buckets: [Key: Bucket] = [:]

    init(model: SandboxRateModel, window: Duration) {
        self.model = model
        self.window = window
    }

    /// Counts a call and says whether it may pass.
    mutating func admit(token: String, operation: SandboxOperation, limit: Int, at now: Duration) -> Verdict {
        let key = Key(token: token, operation: operation)
        switch model {
        case .fixedWindow: return admitFixed(&buckets[key, default: Bucket()], limit, now)
        case .slidingLog: return admitSliding(&buckets[key, default: Bucket()], limit, now)
        }
    }

    private func admitFixed(_ bucket: inout Bucket, _ limit: Int, _ now: Duration) -> Verdict {
        if bucket.opened.map({ now >= $0 + window }) ?? true {
            bucket.opened = now
            bucket.consumed = 0
        }
        bucket.consumed += 1
        return Verdict(
            allowed: bucket.consumed <= limit, consumed: bucket.consumed, remaining: max(0, limit - bucket.consumed),
            resetAt: (bucket.opened ?? now) + window)
    }

    private func admitSliding(_ bucket: inout Bucket, _ limit: Int, _ now: Duration) -> Verdict {
        let horizon = now - window
        let live = bucket.accepted.firstIndex { $0 > horizon } ?? bucket.accepted.count
        bucket.accepted.removeFirst(live)
        let allowed = bucket.accepted.count < limit
        if allowed { bucket.accepted.append(now) }
        // After a limit was lowered the log can hold more than the limit: room appears when enough have left.
        let blocking = bucket.accepted.count - limit
        let index = max(0, min(blocking, bucket.accepted.count - 1))
        return Verdict(
            allowed: allowed, consumed: bucket.accepted.count + (allowed ? 0 : 1),
            remaining: max(0, limit - bucket.accepted.count),
            resetAt: (bucket.accepted.isEmpty ? now : bucket.accepted[index]) + window)
    }
}
