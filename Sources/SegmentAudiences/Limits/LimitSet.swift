// The limits of all buckets. A bucket without an entry is not limited.

/// A limit per bucket.
public struct LimitSet: Sendable, Hashable {
    private var limits: [Bucket: Limit]

    /// Makes a set; buckets that are not named are unlimited.
    public init(_ limits: [Bucket: Limit]) {
        self.limits = limits
    }

    /// The limit of a bucket, nil when there is none.
    public subscript(bucket: Bucket) -> Limit? {
        get { limits[bucket] }
        set { limits[bucket] = newValue }
    }

    /// The buckets that have a limit, by name.
    public var buckets: [Bucket] { limits.keys.sorted() }

    /// The limits of the documentation that this client was written from, per minute: get 100, list 25, update 10,
    /// remove 20.
    public static let seed = perMinute([.get: 100, .list: 25, .update: 10, .remove: 20])
    /// The limits that Segment documents since October 2025, per minute: get 100, list 60, update 50, remove 50.
    public static let current = perMinute([.get: 100, .list: 60, .update: 50, .remove: 50])
    /// No limits, for servers that have none.
    public static let unlimited = LimitSet([:])

    private static func perMinute(_ counts: [Bucket: Int]) -> LimitSet {
        LimitSet(counts.mapValues { Limit(count: $0, provenance: .seedDefault) })
    }
}
