// What an audience selects. Only the query is needed to work with one.

/// The definition of an audience.
public struct AudienceDefinition: Sendable, Hashable {
    /// The query in Segment's own language.
    public let query: String?
    /// Who is counted, as the server wrote it: `users` or `accounts`, in any case.
    public let type: String?

    /// Makes a definition.
    public init(query: String?, type: String?) {
        self.query = query
        self.type = type
    }

    /// Reads a definition; nil when `json` is not an object whose `query` and `type` are text, null or missing.
    init?(json: JSONValue) {
        guard case .object(let members) = json else { return nil }
        for name in ["query", "type"] {
            switch members[name] {
            case nil, .null, .string: break
            case .bool, .int, .double, .array, .object: return nil
            }
        }
        query = members["query"]?.string
        type = members["type"]?.string
    }
}
