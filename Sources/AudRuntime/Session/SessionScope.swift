// What a session holds at a moment, for a shell that helps a person who types. Invariant: whatever is asked of it is
// answered from memory; it opens nothing, sends nothing and changes nothing.

package import AudLanguage
internal import SegmentAudiences

package struct SessionScope: Sendable {
    /// All names that the texts so far have bound.
    package var names: Set<String>
    /// The parameters of the functions among them.
    package var functions: [String: [Environment.Parameter]]
    /// The name whose value a line that starts with `|` goes on with; nil when there is none.
    package var continued: String?
    /// The fields of what the names stand for.
    package var fields: FieldFinder
    package var mode: Mode
    /// The calls that are staged.
    package var plan: Plan
    /// What one apply may change.
    package var caps: Caps
    private let values: [String: Value]
    private let spaces: SpaceNames
    private let known: KnownChanges
    private let read: ReadAudiences
    private let paces: [Bucket: Pace]

    init(
        _ interpreter: Interpreter, mode: Mode, plan: Plan, caps: Caps, spaces: SpaceNames, known: KnownChanges,
        read: ReadAudiences, paces: [Bucket: Pace]
    ) {
        names = Set(interpreter.boundNames)
        functions = interpreter.boundFunctions
        continued = interpreter.continuedName
        values = interpreter.boundValues
        fields = interpreter.fieldFinder
        self.mode = mode
        self.plan = plan
        self.caps = caps
        self.spaces = spaces
        self.known = known
        self.read = read
        self.paces = paces
    }

    /// The value of a name; nil when it has none.
    package func value(of name: String) -> Value? { values[name] }

    /// How many calls an action on a value would make, by the rules of the run itself: what is so already costs none. Nil
    /// when that needs a request, and when the action would fail. O(items).
    package func calls(of verb: Verb, on items: some Collection<Value>) -> Int? {
        guard let goal = verb.goal else { return nil }
        var known = known
        var count = 0
        for item in items {
            guard let target = Self.target(item),
                let subject = try? ChangeSubject(target, names: spaces, known: known, read: read)
            else { return nil }
            // Only a read can tell; an audience that is gone fails every verb but the one that wants it gone.
            guard subject.audience != nil, !subject.isRemoved || verb == .remove else { return nil }
            if subject.isRemoved || subject.isAlready(verb) { continue }
            known[subject.id, in: subject.space] = KnownChanges.State(goal)
            count += 1
        }
        return count
    }

    /// How long so many calls of a verb take at what is left of its limit; nil when that is not known.
    package func duration(of calls: Int, _ verb: Verb) -> Duration? { paces[verb.bucket]?.duration(of: calls) }

    /// How long the staged calls take; nil when that is not known.
    package var planDuration: Duration? { plan.duration(at: paces) }

    private static func target(_ value: Value) -> ChangeRequest.Target? {
        switch value {
        case .string(let id): return ChangeRequest.Target(id: id, space: nil, audience: nil)
        case .record(let record) where record.kind == .audience:
            guard let id = record.text("id") else { return nil }
            return ChangeRequest.Target(id: id, space: record.text("spaceId"), audience: record)
        default: return nil
        }
    }
}

extension Session {
    /// What the session holds now. Where the workspace is open the ledger is asked; no request is sent.
    package func scope() async -> SessionScope {
        let known = mode == .live ? await live.changes : await dry.changes
        return SessionScope(
            interpreter, mode: mode, plan: plan, caps: options.caps, spaces: spaces, known: known, read: reader.read,
            paces: await paces())
    }

    private func paces() async -> [Bucket: Pace] {
        guard let ledger = await connector.current?.ledger, let buckets = try? await ledger.snapshot() else {
            return [:]
        }
        var paces: [Bucket: Pace] = [:]
        for bucket in Set(Verb.allCases.map(\.bucket)) {
            guard let status = buckets.first(where: { $0.bucket == bucket }) else { continue }
            paces[bucket] = (try? await Pace(status, in: ledger)) ?? nil
        }
        return paces
    }
}
