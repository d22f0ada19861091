// What can be taken back of a run. A run's changes are taken back audience by audience and in reverse order: what counts is
// the state before the run's first change of an audience and the state after its last. Invariant: every change that was
// made, or may have been made, is either in the plan, or told with the reason why it is not, or left nothing behind.

public import AudLanguage

/// A plan that takes a run back, as far as that is possible.
public struct Undo: Sendable {
    /// How well a change can be taken back.
    public enum Quality: String, Sendable, Hashable, CaseIterable {
        /// The audience is then as it was before the run.
        case exact
        /// The audience is switched on again, and Segment computes it anew: it is `Live` only after a while, and what it
        /// feeds may see its members leave and come back.
        case lossy
        /// Nothing that the API offers brings the earlier state back, or nobody knows which state that is.
        case impossible
    }

    /// One audience that the run has changed.
    public struct Item: Sendable {
        public var quality: Quality
        public var id: String
        public var name: String?
        public var space: Space
        /// Why it is not exact; one sentence without a full stop.
        public var reason: String?
    }

    /// The run that is taken back.
    public var run: Int64
    /// The calls that take it back, the run's last change first.
    public internal(set) var plan = Plan()
    /// Every audience that the run has left in another state, or may have, the run's last change first.
    public private(set) var items: [Item] = []
    private let stateOption: String

    /// Works out what takes a run back. O(calls).
    ///
    /// - Parameters:
    ///   - calls: all calls of the run, in their order.
    ///   - stateOption: what the reasons add to commands that need the state file, with a blank in front; nothing when it
    ///     is the usual one.
    public init(of run: JournaledRun, calls: [JournaledCall], stateOption: String = "") {
        self.run = run.number
        self.stateOption = stateOption
        let made = calls.filter { $0.outcome == .done || $0.outcome == .unknown }
        let first = Dictionary(made.map { ($0.call.identity, $0) }) { first, _ in first }
        var seen: Set<AudienceIdentity> = []
        for last in made.reversed() where seen.insert(last.call.identity).inserted {
            add(first[last.call.identity] ?? last, last)
        }
    }

    /// How many audiences can be taken back that well.
    public func count(_ quality: Quality) -> Int {
        items.count { $0.quality == quality }
    }

    /// What is said of an audience that is switched on again.
    package static let lossyReason =
        "Segment computes it anew, and what it feeds may see its members leave and come back"

    private mutating func add(_ first: JournaledCall, _ last: JournaledCall) {
        if last.outcome == .unknown {
            return note(
                last, .impossible,
                "nobody knows whether it was changed; `aud resume \(run)\(stateOption)` finds out, then it can be undone"
            )
        }
        switch last.call.verb.goal {
        case .enabled(let now):
            guard case .record(let before) = first.call.before, let then = before.isEnabled else {
                return note(last, .impossible, "whether it was enabled before is not known")
            }
            guard then != now else { return }
            plan.append(PlannedCall(restoring: last.call, number: plan.count + 1, enabled: then, run: run))
            note(last, then ? .lossy : .exact, then ? Self.lossyReason : nil)
        case .removed:
            note(
                last, .impossible,
                "it was removed, and the API cannot bring it back; `aud banked \(run)\(stateOption)` has it")
        case nil:
            note(last, .impossible, "this version cannot take back `\(last.call.verb.rawValue)`")
        }
    }

    private mutating func note(_ call: JournaledCall, _ quality: Quality, _ reason: String? = nil) {
        items.append(
            Item(quality: quality, id: call.call.id, name: call.call.name, space: call.call.space, reason: reason))
    }

    /// As a record: the run, how many audiences can be taken back how well, and each with the reason.
    public var value: Value {
        let counts = Quality.allCases.map { ($0.rawValue, Value.int(Int64(count($0)))) }
        return .record(
            RecordValue([("run", .int(run))] + counts + [("audiences", .list(ListValue(items.map(\.value))))]))
    }
}

extension Undo.Item {
    /// As a record.
    public var value: Value {
        .record(
            RecordValue([
                ("undo", .string(quality.rawValue)), ("id", .string(id)),
                ("name", name.map { .string($0) } ?? .null), ("space", .string(space.name)),
                ("why", reason.map { .string($0) } ?? .null),
            ]))
    }
}

extension Plan {
    fileprivate mutating func append(_ call: PlannedCall) {
        calls.append(call)
    }
}

extension PlannedCall {
    /// The call that takes an audience back from how `call` left it. It expects the audience as it was left, so that what
    /// others have changed since is not lost; only the date is not compared, for the run itself has moved it.
    fileprivate init(restoring call: PlannedCall, number: Int, enabled: Bool, run: Int64) {
        self.init(
            number: number, verb: enabled ? .enable : .disable, space: call.space, id: call.id, name: call.name,
            key: call.key, before: ChangeSubject.state(.bool(!enabled)), after: ChangeSubject.state(.bool(enabled)),
            source: "run \(run), call \(call.number)", policy: .continue,
            expectation: Expectation(
                name: call.expectation?.name ?? call.name, key: call.expectation?.key ?? call.key, enabled: !enabled,
                state: call.expectation?.state, updatedAt: nil))
    }
}
