// The rate limits as a person or a program asks for them.

public import AudLanguage
public import SegmentAudiences

/// Every bucket's limit and what is used of it.
public struct LimitReport: Sendable, Hashable {
    /// By name.
    public var buckets: [BucketStatus]
    /// When it was made; the instants of the buckets are compared with it.
    public var now: BootInstant

    /// Makes a report of a ledger's snapshot.
    public init(buckets: [BucketStatus], now: BootInstant) {
        self.buckets = buckets
        self.now = now
    }

    /// The report as data: a record for each bucket. Times are durations from now.
    public var value: Value {
        .list(ListValue(buckets.map { .record(record($0)) }))
    }

    private func record(_ status: BucketStatus) -> RecordValue {
        RecordValue([
            ("bucket", .string(status.bucket.rawValue)),
            ("limit", status.limit.map { .string($0.description) } ?? .null),
            ("source", status.limit.map { .string($0.provenance.word) } ?? .null),
            ("used", .int(Int64(status.used))), ("inFlight", .int(Int64(status.inFlight))),
            ("idle", status.idle.map { .int(Int64($0)) } ?? .null),
            ("nextFree", .duration(wait(until: status.nextFree))),
            ("blocked", status.blockedUntil.map { .duration(wait(until: $0)) } ?? .null),
            ("proposed", status.proposed.map { .string($0.description) } ?? .null),
            ("observedAt", status.observedAt.map { .date($0.microseconds) } ?? .null),
            ("heldBy", .list(ListValue(status.holders.map { .record($0.record) }))),
        ])
    }

    /// How long until a moment, in microseconds.
    private func wait(until moment: BootInstant) -> Int64 {
        max(.zero, now.duration(to: moment)).microseconds
    }
}

extension CallHolder {
    fileprivate var record: RecordValue {
        RecordValue([
            ("process", process.map { .int(Int64($0)) } ?? .null),
            ("purpose", purpose.map { .string($0) } ?? .null),
            ("calls", .int(Int64(calls))), ("inFlight", .int(Int64(inFlight))),
        ])
    }
}

extension Limit.Provenance {
    /// Where the figure came from, as a report says it.
    public var word: String {
        switch self {
        case .seedDefault: "documented"
        case .profile: "configured"
        case .observed: "observed"
        }
    }
}
