// One target of an action, as far as it is known: which audience in which space, and the state that it is in now.

internal import AudLanguage

struct ChangeSubject: Sendable {
    var space: Space
    var id: String
    /// As it was read; nil while only the id is known.
    var audience: RecordValue?
    /// What the session itself made of the audience, nil when it did nothing to it.
    var known: KnownChanges.State?

    /// The target of an action. What the script holds says which audience is meant; how that is, only a read says, for
    /// `with` may have changed the script's copy.
    init(
        _ target: ChangeRequest.Target, names: SpaceNames, known: KnownChanges, read: ReadAudiences
    ) throws(RuntimeError) {
        id = target.id
        // An audience knows its space better than the session does.
        if let spaceID = target.audience?.text("spaceId") {
            space = names.space(id: spaceID)
        } else {
            space = try names.resolve(target.space)
        }
        self.known = known[id, in: space]
        if let copy = target.audience {
            // What this session has removed was read once, and cannot be read again.
            audience = read[id, in: space] ?? (self.known == .removed ? copy : nil)
        }
    }

    /// The audience of a recorded call.
    init(_ call: PlannedCall) {
        space = call.space
        id = call.id
        audience = call.audience
        // The state that the plan shows, which may be the work of an earlier call of it.
        if case .record(let before) = call.before, let flag = before.isEnabled { known = .enabled(flag) }
    }

    /// Takes in the audience as it was read, which knows its space's id better than the script may.
    mutating func read(_ audience: RecordValue, names: SpaceNames, known changes: KnownChanges) {
        self.audience = audience
        if let spaceID = audience.text("spaceId") { space = names.space(id: spaceID) }
        known = changes[id, in: space]
    }

    /// What outcomes and errors show: the audience, or its id.
    var item: Value { audience.map { .record($0) } ?? .string(id) }

    var isRemoved: Bool { known == .removed }

    /// nil when nobody said.
    var isEnabled: Bool? {
        switch known {
        case .enabled(let flag): flag
        case .uncertain, .removed: nil
        case nil: audience?.isEnabled
        }
    }

    /// The state as plans and outcomes show it.
    var state: Value {
        if isRemoved { return .null }
        return Self.state(isEnabled.map { .bool($0) } ?? .null)
    }

    /// The state that a verb is after.
    static func state(after verb: Verb) -> Value {
        switch verb.goal {
        case .enabled(let flag): state(.bool(flag))
        case .removed, nil: .null
        }
    }

    /// Whether the verb would change nothing.
    func isAlready(_ verb: Verb) -> Bool {
        if case .enabled(let wanted) = verb.goal { isEnabled == wanted } else { false }
    }

    func outcome(
        _ verb: Verb, _ status: Outcome.Status, after: Value? = nil, error: RuntimeError? = nil
    ) -> Outcome {
        Outcome(item: item, verb: verb, status: status, before: state, after: after ?? state, error: error)
    }

    /// The audience is not there. A removal of an audience that the script had read has what it wanted; any other
    /// change has failed.
    func gone(_ verb: Verb, error: RuntimeError?) -> Outcome {
        let isAsWanted = verb == .remove && audience != nil
        var error = error
        // What was read before was there: no advice on ids and features, which a report would repeat line by line.
        if audience != nil { error?.message = "it is no longer there: it was removed since it was read" }
        let cause =
            error
            ?? RuntimeError(
                .apiNotFound, .notFound, "audience \(id) is not in \(space.name) any more: this session removed it",
                item: item, status: 404
            )
        return outcome(verb, .gone, after: .null, error: isAsWanted ? nil : cause)
    }

    /// One value for all audiences in a state, since a plan has two of them for each call.
    static func state(_ enabled: Value) -> Value {
        switch enabled {
        case .bool(true): on
        case .bool(false): off
        default: nobodyKnows
        }
    }

    private static let shape = Shape(["enabled"])
    private static let on = Value.record(RecordValue(shape, [.bool(true)]))
    private static let off = Value.record(RecordValue(shape, [.bool(false)]))
    private static let nobodyKnows = Value.record(RecordValue(shape, [.null]))
}

/// The state that an audience is in after a verb.
enum Goal: Sendable, Hashable {
    case enabled(Bool)
    case removed
}

extension Verb {
    /// What the verb is after; nil for verbs of later API versions.
    var goal: Goal? {
        switch self {
        case .enable: .enabled(true)
        case .disable: .enabled(false)
        case .remove: .removed
        case .update, .create: nil
        }
    }
}
