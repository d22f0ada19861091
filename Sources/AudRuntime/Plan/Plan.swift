// What a dry run recorded, as a value: the calls in the order in which they would be sent, and what they rest on.
// Invariant: the numbers of the calls rise from 1; one is missing only where a person deleted it from the plan's file.

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
    /// What the script learned and may have decided on that only the dry run made so, one sentence each.
    public internal(set) var simulated: [String] = []
    /// The numbers of the calls that a person deleted from the plan's file.
    public internal(set) var deleted: [Int] = []
    /// What the plan does to audiences that it does not change; nil until ``Session/examine()`` has looked.
    public internal(set) var consequences: Consequences?

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

    /// What the plan should rest on and was not read in full, one sentence each.
    public var gaps: [String] { incomplete + (consequences?.unknown ?? []) }

    /// Takes other calls: what was saved or looked up of the plan before is then not this plan's.
    mutating func change(to calls: [PlannedCall]) {
        self.calls = calls
        id = nil
        consequences = nil
    }

    /// Why the plan is larger than the caps allow, nil when it is not. What it breaks is known after
    /// ``Session/examine()``.
    public func excess(over caps: Caps) -> RuntimeError? {
        if let excess = caps.excess(changes: calls.count, removes: removals) { return excess }
        for space in spaces {
            let changed = Set(calls.filter { $0.space == space }.map(\.id)).count
            if let excess = caps.excess(changes: changed, of: consequences?.totals[space.id], in: space) {
                return excess
            }
        }
        return caps.excess(broken: consequences?.broken ?? 0)
    }

    /// Why the plan may not be sent, nil when it may.
    func refusal(caps: Caps, allowIncomplete: Bool) -> RuntimeError? {
        if !isComplete { return .planIsNotWhole }
        if !allowIncomplete, let first = gaps.first {
            return .restsOnIncompleteReads(first, count: gaps.count)
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
