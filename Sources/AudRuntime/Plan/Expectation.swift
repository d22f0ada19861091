// What a recorded call takes for granted about its audience. Before the call is sent, the audience is read again and
// compared with this: an audience that somebody has changed since the plan was made is left alone.

internal import AudLanguage

/// The state that an audience was in when a change of it was recorded.
public struct Expectation: Sendable, Hashable {
    public var name: String?
    public var key: String?
    public var enabled: Bool?
    /// A digest of name, description and definition, 16 hexadecimal digits; nil when the audience was not read.
    public var state: String?
    /// In microseconds since 1970. A newer one alone is no drift: Segment itself touches audiences.
    public var updatedAt: Int64?

    /// Makes an expectation of its parts.
    public init(name: String?, key: String?, enabled: Bool?, state: String?, updatedAt: Int64?) {
        self.name = name
        self.key = key
        self.enabled = enabled
        self.state = state
        self.updatedAt = updatedAt
    }

    /// What an audience that was read looks like.
    init(_ audience: RecordValue) {
        self.init(
            name: audience.text("name"), key: audience.text("key"), enabled: audience.isEnabled,
            state: Self.digest(audience), updatedAt: audience.date("updatedAt")
        )
    }

    /// The fields in which an audience, read again, differs from what was expected, by their wire names. Empty: the change
    /// may be made. A field that was not known then is not compared.
    func drift(in audience: RecordValue) -> [String] {
        let now = Expectation(audience)
        var fields: [String] = []
        if name != nil, now.name != name { fields.append("name") }
        if key != nil, now.key != key { fields.append("key") }
        if enabled != nil, now.enabled != enabled { fields.append("enabled") }
        // The digest covers the name too, which is told by its own name.
        // It cannot tell a new description from a new definition.
        if state != nil, now.state != state, !fields.contains("name") { fields.append("description or definition") }
        return fields
    }

    private static let digested = Shape(["name", "description", "definition"])

    private static func digest(_ audience: RecordValue) -> String? {
        let parts = digested.names.map { audience[$0] ?? .null }
        // Only functions and regexes have no JSON, and no answer of the API holds one.
        return try? JSONText.fingerprint(.record(RecordValue(digested, parts)))
    }
}

extension RecordValue {
    /// A field that is a date, in microseconds since 1970; nil when it is missing or anything else.
    func date(_ name: String) -> Int64? {
        if case .date(let moment) = self[name] { moment } else { nil }
    }
}
