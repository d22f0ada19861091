// What a dry run recorded, as a value: the calls in the order in which they would be sent, and what they rest on.
// Invariant: call n has number n.

public import AudLanguage
public import SegmentAudiences

/// The recorded calls of a dry run.
public struct Plan: Sendable {
    /// The name under which the plan was saved, which it keeps wherever its file goes; nil while it is only recorded.
    /// A run that sends the plan notes it, so that a saved plan is sent once.
    public internal(set) var id: String?
    /// The calls, in the order in which they are sent.
    public internal(set) var calls: [PlannedCall] = []
    /// False when the script that recorded the calls failed: there may be more that it would have asked for.
    public internal(set) var isComplete = true
    /// The reads that failed or were incomplete before the calls were recorded, one sentence each.
    public internal(set) var incomplete: [String] = []
    /// The questions that were answered yes without asking.
    public internal(set) var questions: [String] = []

    /// Makes an empty plan.
    public init() {}

    /// Whether nothing was recorded.
    public var isEmpty: Bool { calls.isEmpty }
    /// How many calls were recorded.
    public var count: Int { calls.count }
    /// How many of the calls are removals.
    public var removals: Int { count(.remove) }

    /// How many calls have this verb.
    public func count(_ verb: Verb) -> Int {
        calls.count { $0.verb == verb }
    }

    /// How many calls each rate limit has to bear, in the order of their first use.
    public var buckets: [(bucket: Bucket, calls: Int)] {
        var counts: [(bucket: Bucket, calls: Int)] = []
        for call in calls {
            if let place = counts.firstIndex(where: { $0.bucket == call.verb.bucket }) {
                counts[place].calls += 1
            } else {
                counts.append((call.verb.bucket, 1))
            }
        }
        return counts
    }

    /// What a person must do before the plan is sent.
    public var confirmation: Confirmation {
        if calls.isEmpty { return .none }
        if removals > 0 {
            let spaces = Set(calls.filter { $0.verb == .remove }.map(\.space.name))
            return .typeSpace(spaces.sorted().joined(separator: " "))
        }
        return calls.count < 10 ? .yes : .typeCount(calls.count)
    }

    /// Why the plan is larger than the caps allow, nil when it is not.
    public func excess(over caps: Caps) -> RuntimeError? {
        caps.excess(changes: calls.count, removes: removals)
    }

    /// Why the plan may not be sent, nil when it may.
    func refusal(caps: Caps, allowIncomplete: Bool) -> RuntimeError? {
        if !isComplete {
            return RuntimeError(
                .incomplete, .limit,
                "the script that made this plan failed, so the plan is not whole; nothing was sent",
                help: "mend the script and run it again"
            )
        }
        if !allowIncomplete, let first = incomplete.first {
            return .restsOnIncompleteReads(first, count: incomplete.count)
        }
        return excess(over: caps)
    }

    /// The calls as a list of records.
    public var value: Value {
        .list(ListValue(calls.map(\.value)))
    }
}

extension Verb {
    /// The rate limit that the verb's call counts against.
    var bucket: Bucket {
        switch self {
        case .enable, .disable, .update: .update
        case .remove: .remove
        case .create: Bucket(rawValue: "create")
        }
    }
}
