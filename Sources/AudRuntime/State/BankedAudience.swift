// What the journal keeps of an audience that a run removed, or was about to: all of it, for the API cannot bring it back.

public import AudLanguage

/// An audience as it was just before its removal was sent.
public struct BankedAudience: Sendable {
    public var run: Int64
    /// The number of the removal in its run.
    public var call: Int
    /// When it was written down, in microseconds since 1970.
    public var time: Int64
    public var space: Space
    public var id: String
    public var name: String?
    public var key: String?
    /// The whole audience as the API sent it, as JSON.
    public var audience: String

    /// A row of `aud banked`.
    public var value: Value { .record(RecordValue(fields)) }

    /// The row with the audience itself in it.
    public var whole: Value { .record(RecordValue(fields + [("audience", Value(journaled: audience))])) }

    private var fields: [(String, Value)] {
        [
            ("run", .int(run)), ("call", .int(Int64(call))), ("when", .date(time)), ("id", .string(id)),
            ("name", name.map { .string($0) } ?? .null), ("key", key.map { .string($0) } ?? .null),
            ("space", .string(space.name)),
        ]
    }
}
