// A planned call and what the journal keeps of it: values as JSON, and of the audience the fields that people know it by.

internal import AudLanguage
internal import SegmentAudiences

extension PlannedCall {
    /// A call as it was written down. Its place in the source is known as text only.
    init(
        number: Int, verb: Verb, space: Space, id: String, name: String?, key: String?, before: Value, after: Value,
        source: String, policy: ErrorPolicy, expectation: Expectation?
    ) {
        self.init(
            number: number, verb: verb, space: space, id: id, audience: nil, before: before, after: after,
            source: source, span: Span(file: .max, start: 0, end: 0), policy: policy
        )
        self.name = name
        self.key = key
        self.expectation = expectation
    }
}

extension Value {
    /// Reads what `journaled` wrote.
    init(journaled text: String) {
        self = (try? JSONValue(parsing: Array(text.utf8))).map { Value($0) } ?? .null
    }

    /// The JSON of a state.
    var journaled: String {
        // Only functions and regexes have no JSON, and no state holds one.
        (try? JSONText.write(self)) ?? "null"
    }
}

extension Expectation {
    /// Reads what `journaled` wrote.
    init?(journaled text: String) {
        guard let json = try? JSONValue(parsing: Array(text.utf8)) else { return nil }
        self.init(
            name: json["name"]?.string, key: json["key"]?.string, enabled: json["enabled"]?.bool,
            state: json["state"]?.string, updatedAt: json["updatedAt"]?.int
        )
    }

    var journaled: String {
        var members: [String: JSONValue] = [:]
        members["name"] = name.map { .string($0) }
        members["key"] = key.map { .string($0) }
        members["enabled"] = enabled.map { .bool($0) }
        members["state"] = state.map { .string($0) }
        members["updatedAt"] = updatedAt.map { .int($0) }
        return JSONValue.object(members).text
    }
}
