// Texts of `--set` as values of their params.

import AudLanguage
import Testing

@testable import AudRuntime

struct ParameterTextTests {
    private let reader = ParameterText(
        names: SpaceNames(
            Workspace(aliases: ["prod": "s1"]) { () async throws(RuntimeError) -> Connection in
                throw RuntimeError(.apiNetwork, .network, "not asked for")
            }
        )
    )

    private func read(_ text: String, _ type: String) throws -> String {
        try JSONText.write(reader.value(text, type: type))
    }

    @Test(arguments: [
        ("a b", "string", "\"a b\""), ("{1 + 1}", "any", "\"{1 + 1}\""), ("true", "bool", "true"),
        ("-1_000", "int", "-1000"),
        ("2.5", "float", "2.5"), ("null", "int?", "null"), ("7", "int?", "7"), ("null", "string", "\"null\""),
        ("a\nb\n", "list<string>", "[\"a\",\"b\"]"), ("1\r\n2", "list<int>", "[1,2]"),
        (" [1, \"x\"]", "list", "[1,\"x\"]"),
        ("", "list<string>", "[]"), ("id,n\na1,2\n", "list<record>", "[{\"id\":\"a1\",\"n\":\"2\"}]"),
        ("{\"a\": 1}", "record", "{\"a\":1}"),
    ])
    func `a text is read as its type`(text: String, type: String, value: String) throws {
        #expect(try read(text, type) == value)
    }

    @Test(arguments: [
        ("90d", 7_776_000_000_000), ("1h30min", 5_400_000_000), ("-2w", -1_209_600_000_000), ("500ms", 500_000),
        ("500us", 500),
    ])
    func `durations are written as in a script`(text: String, microseconds: Int64) throws {
        guard case .duration(microseconds) = try reader.value(text, type: "duration") else { throw Unexpected() }
    }

    @Test func `dates and spaces are found by their names`() throws {
        guard case .date(1_769_817_600_000_000) = try reader.value("2026-01-31", type: "date") else {
            throw Unexpected()
        }
        guard case .record(let space) = try reader.value("prod", type: "space") else { throw Unexpected() }
        #expect(space.kind == .space)
        #expect(space.text("id") == "s1")
    }

    @Test(arguments: [
        ("yes", "bool"), ("1.5", "int"), ("9999999999999999999", "int"), ("nan", "float"), ("90", "duration"),
        ("30min1h", "duration"), ("", "duration"), ("31.1.2026", "date"), ("[1]", "record"), ("{", "record"),
        ("a1", "audience"),
        ("prdo", "space"), ("1\nx", "list<int>"), ("0x10", "float"), ("+5", "int"), ("inf", "float"),
        ("x,y", "list<string>"),
        ("1,2", "list<int>"), ("[1, \"x\"]", "list<int>"), ("[null]", "list<int>"), ("[5]", "list<date>"),
    ])
    func `a text that is no value of its type is refused with a reason`(text: String, type: String) throws {
        let refusal = try #require(throws: ParameterText.Refusal.self) { try reader.value(text, type: type) }
        #expect(!refusal.message.isEmpty)
    }

    @Test(arguments: [
        ("x,y", "list<string>", #""x,y" is no list: write it as JSON, for example '["a", "b"]', or"#),
        ("1,2", "list<int>", "for example '[1, 2]'"),
        (#"[1, "x", 3]"#, "list<int>", "item 2: \"x\" is of type string, not int"),
        ("people.csv", "list<record>", #""people.csv" is no list of records"#),
        (#"{"days": 90}"#, "list<record>", "write it as JSON"),
        ("[DEPRECATED] Churn\nChurn", "list<string>", "items that begin so stand in one, in quotes"),
        (#"["2026-01-31", "x"]"#, "list<date>", "item 2: \"x\" is not a date"),
    ])
    func `the refusal of a list says how one is given, and which item is wrong`(
        text: String, type: String, words: String
    ) throws {
        let refusal = try #require(throws: ParameterText.Refusal.self) { try reader.value(text, type: type) }
        #expect(refusal.message.contains(words), "\(refusal.message)")
    }

    @Test func `one name with a comma is given in a file or as JSON`() throws {
        #expect(try read("Smith, John\n", "list<string>") == "[\"Smith, John\"]")
        #expect(try read("[\"Smith, John\"]", "list<string>") == "[\"Smith, John\"]")
        #expect(try read("Smith", "list<string>") == "[\"Smith\"]")
        #expect(try read("[1, null, 2.5]", "list<float?>") == "[1,null,2.5]")
    }
}
