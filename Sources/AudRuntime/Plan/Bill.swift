// What a plan costs: calls per rate limit, and how long they take at what is left of each limit now. The calls are sent
// in order, so a full bucket holds up the others behind it; the bill walks through the calls as the sender will.

public import AudLanguage
public import SegmentAudiences

/// The cost of a plan.
public struct Bill: Sendable {
    /// The calls of one rate limit.
    public struct Line: Sendable, Hashable {
        public var bucket: Bucket
        public var calls: Int
        /// nil: not limited.
        public var limit: Limit?
        /// How many calls other runs of this machine have still to send; they and the plan's take turns.
        public var others = 0
        /// How long these calls alone would take, with those of other runs in between.
        public var duration: Duration
    }

    /// One line for each limit, in the order of first use.
    public var lines: [Line]
    /// How long all calls take, each being answered at once.
    public var duration: Duration
    /// When the last call would be sent, in microseconds since 1970.
    public var finish: Int64
    /// How many calls make Segment compute an audience.
    public var edits = 0
    /// The most edits that may be in progress; nil: any number.
    public var editsInProgress: Int?
    /// How many audiences Segment computes at a time, as it documents; those beyond that wait there.
    public static let computedAtOnce = 5

    /// The bill as a record.
    public var value: Value {
        let rows = lines.map { line in
            Value.record(
                RecordValue([
                    ("limit", .string(line.bucket.rawValue)), ("calls", .int(Int64(line.calls))),
                    ("rate", line.limit.map { .string($0.description) } ?? .null),
                    ("others", .int(Int64(line.others))),
                    ("duration", .duration(line.duration.microseconds)),
                ])
            )
        }
        return .record(
            RecordValue([
                ("lines", .list(ListValue(rows))), ("duration", .duration(duration.microseconds)),
                ("finish", .date(finish)), ("edits", .int(Int64(edits))),
                ("editsInProgress", editsInProgress.map { .int(Int64($0)) } ?? .null),
            ])
        )
    }
}

extension Plan {
    /// What it costs to send the plan from now on, while other runs have so many calls to send as well.
    public func bill(
        ledger: any RateLedger, now: Timestamp, others: [Bucket: Int] = [:]
    ) async throws(APIError) -> Bill {
        let limits = Dictionary(try await ledger.snapshot().map { ($0.bucket, $0.limit) }) { first, _ in first }
        var lines: [Bill.Line] = []
        var schedules: [Bucket: BucketSchedule] = [:]
        for (bucket, count) in buckets {
            let limit = limits[bucket] ?? nil
            let foreign = limit == nil ? 0 : others[bucket] ?? 0
            let all = count + min(count, foreign)
            var schedule = BucketSchedule(limit: limit, others: foreign)
            for place in 1...min(all, limit?.count ?? 1) {
                schedule.free.append(try await ledger.estimate(bucket, calls: place))
            }
            schedules[bucket] = schedule
            lines.append(
                Bill.Line(
                    bucket: bucket, calls: count, limit: limit, others: foreign,
                    duration: try await ledger.estimate(bucket, calls: all)
                )
            )
        }
        var clock = Duration.zero
        for call in calls {
            clock = schedules[call.verb.bucket, default: BucketSchedule(limit: nil)].send(at: clock)
        }
        return Bill(
            lines: lines, duration: clock, finish: now.microseconds + clock.microseconds,
            edits: calls.count { $0.verb.isEdit }
        )
    }

    /// How long all calls take at these paces; nil when the pace of one is not known.
    func duration(at paces: [Bucket: Pace]) -> Duration? {
        var schedules: [Bucket: BucketSchedule] = [:]
        for (bucket, _) in buckets {
            guard let pace = paces[bucket] else { return nil }
            schedules[bucket] = BucketSchedule(limit: pace.limit, free: pace.free)
        }
        var clock = Duration.zero
        for call in calls {
            clock = schedules[call.verb.bucket, default: BucketSchedule(limit: nil)].send(at: clock)
        }
        return clock
    }
}

/// When the calls of one bucket may be sent: the first ones as the ledger says, call k a window after call k−L. Calls of
/// other runs take every second turn.
private struct BucketSchedule {
    let limit: Limit?
    var free: [Duration] = []
    private var others: Int
    private var next = 0

    init(limit: Limit?, free: [Duration] = [], others: Int = 0) {
        self.limit = limit
        self.free = free
        self.others = others
    }

    /// Sends the next call at `moment` or as soon after it as the limit allows, and answers when.
    mutating func send(at moment: Duration) -> Duration {
        if others > 0 {
            others -= 1
            _ = take(at: moment)
        }
        return take(at: moment)
    }

    private mutating func take(at moment: Duration) -> Duration {
        let sent = next < free.count ? max(moment, free[next]) : moment
        if let limit { free.append(sent + limit.window) }
        next += 1
        return sent
    }
}

extension Duration {
    /// Whole microseconds, clamped.
    var microseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, carried) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        return carried ? (seconds < 0 ? .min : .max) : sum
    }
}
