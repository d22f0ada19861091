// One recorded call: all that is needed to send it, and all that a person needs to judge it.

public import AudLanguage

/// A changing call that was recorded instead of sent.
public struct PlannedCall: Sendable {
    /// Its place in the plan, from 1.
    public var number: Int
    public var verb: Verb
    public var space: Space
    public var id: String
    public var name: String?
    public var key: String?
    /// What the verb changes, as it was known: `{enabled: true}`.
    public var before: Value
    /// What it will be; null after a removal.
    public var after: Value
    /// Why the call is there: the script and its line, `stale.aud:11`.
    public var source: String
    /// The action in the source.
    public var span: Span
    /// What a failure of this call means for the calls after it.
    public var policy: ErrorPolicy
    /// What must still hold when the call is sent; nil when the audience was not read.
    public var expectation: Expectation?

    /// - Parameter audience: as it was read; a plan keeps no more of it than its identity and a digest, so that it takes
    ///   little memory; nil when it was not read.
    init(
        number: Int, verb: Verb, space: Space, id: String, audience: RecordValue?, before: Value, after: Value,
        source: String, span: Span, policy: ErrorPolicy
    ) {
        self.number = number
        self.verb = verb
        self.space = space
        self.id = id
        name = audience?.text("name")
        key = audience?.text("key")
        self.before = before
        self.after = after
        self.source = source
        self.span = span
        self.policy = policy
        expectation = audience.map { Expectation($0) }
        // An earlier call of the plan may have changed what was read.
        if case .record(let state) = before { expectation?.enabled = state.isEnabled }
    }

    /// The audience by what a person knows it, and its state; nil when it was not read.
    public var audience: RecordValue? {
        guard expectation != nil else { return nil }
        let state: RecordValue? = if case .record(let before) = before { before } else { nil }
        return RecordValue(
            .brief,
            [
                .string(id), .string(space.id), name.map { .string($0) } ?? .null, key.map { .string($0) } ?? .null,
                state?["enabled"] ?? .null,
            ], kind: .audience)
    }

    /// What happens, in words: `enabled: true → false`, `removed`.
    public var change: String {
        guard case .record(let after) = after else { return "removed" }
        let before: RecordValue? = if case .record(let record) = before { record } else { nil }
        return after.shape.names.enumerated().map { place, name in
            "\(name): \(Self.word(before?[name])) → \(Self.word(after.values[place]))"
        }.joined(separator: ", ")
    }

    /// The call as a record.
    public var value: Value {
        .record(
            RecordValue([
                ("number", .int(Int64(number))), ("verb", .string(verb.rawValue)), ("id", .string(id)),
                ("name", name.map { .string($0) } ?? .null), ("key", key.map { .string($0) } ?? .null),
                ("space", .string(space.name)), ("spaceId", .string(space.id)), ("before", before), ("after", after),
                ("source", .string(source)),
            ])
        )
    }

    private static func word(_ value: Value?) -> String {
        switch value {
        case .bool(let flag): flag ? "true" : "false"
        case .string(let text): "\"\(text)\""
        case .int(let number): String(number)
        case nil, .null, .float, .date, .duration, .list, .record, .function, .regex: "?"
        }
    }
}

extension Shape {
    fileprivate static let brief = Shape(["id", "spaceId", "name", "key", "enabled"])
}

extension Value {
    /// An audience by what a person knows it, and its state; any other value as it is. What plans and reports keep of an
    /// audience, so that they take little memory.
    var brief: Value {
        guard case .record(let record) = self, record.kind == .audience else { return self }
        return .record(RecordValue(.brief, Shape.brief.names.map { record[$0] ?? .null }, kind: .audience))
    }
}
