// What counts as drift between the plan and the change.

import AudLanguage
import Testing

@testable import AudRuntime

struct ExpectationTests {
    private static let spring = RecordValue([
        ("id", .string("aud_1")), ("name", .string("Spring")), ("description", .string("old")),
        ("key", .string("spring")), ("enabled", .bool(true)), ("status", .string("Live")),
        ("definition", .record(RecordValue([("query", .string("event('x')")), ("type", .string("users"))]))),
        ("updatedAt", .date(1_000_000)),
    ])

    @Test("an audience that is as it was has not drifted")
    func same() {
        #expect(Expectation(Self.spring).drift(in: Self.spring) == [])
    }

    @Test(
        "what a person changed is drift, what Segment computes is not",
        arguments: [
            ("name", Value.string("Summer"), ["name"]), ("key", .string("other"), ["key"]),
            ("enabled", .bool(false), ["enabled"]), ("enabled", .null, ["enabled"]),
            ("description", .string("new"), ["description or definition"]),
            ("definition", .null, ["description or definition"]),
            ("status", .string("Computing"), []), ("updatedAt", .date(2_000_000), []),
        ])
    func changed(_ field: String, _ value: Value, _ drift: [String]) {
        #expect(Expectation(Self.spring).drift(in: Self.spring.replacing(field, with: value)) == drift)
    }
}
