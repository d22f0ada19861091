import Testing

@testable import AudLanguage

/// What the schema of SARIF 2.1.0 asks of the objects that a log has: which properties must be there, which may, and of
/// what kind they are. `additionalProperties` is false in all of them.
@Suite struct SARIFTests {
    private enum Rule {
        case text
        case bool
        case integer(least: Int64)
        case anyOf([String])
        case object(String)
        case array(String)
        case bag
    }

    private static let definitions: [String: (required: Set<String>, properties: [String: Rule])] = [
        "log": (
            ["version", "runs"], ["$schema": .text, "version": .anyOf(["2.1.0"]), "runs": .array("run")]
        ),
        "run": (
            ["tool"],
            [
                "tool": .object("tool"), "artifacts": .array("artifact"), "results": .array("result"),
                "invocations": .array("invocation"),
                "columnKind": .anyOf(["utf16CodeUnits", "unicodeCodePoints"]),
            ]
        ),
        "invocation": (
            ["executionSuccessful"],
            ["executionSuccessful": .bool, "toolExecutionNotifications": .array("notification")]
        ),
        "notification": (
            ["message"],
            ["level": .anyOf(levels), "message": .object("message"), "locations": .array("location")]
        ),
        "tool": (["driver"], ["driver": .object("toolComponent")]),
        "toolComponent": (
            ["name"], ["name": .text, "version": .text, "rules": .array("reportingDescriptor")]
        ),
        "reportingDescriptor": (
            ["id"],
            [
                "id": .text, "shortDescription": .object("message"), "fullDescription": .object("message"),
                "defaultConfiguration": .object("reportingConfiguration"),
            ]
        ),
        "reportingConfiguration": ([], ["level": .anyOf(levels)]),
        "message": (["text"], ["text": .text]),
        "artifact": ([], ["location": .object("artifactLocation")]),
        "artifactLocation": ([], ["uri": .text, "index": .integer(least: -1)]),
        "result": (
            ["message"],
            [
                "ruleId": .text, "ruleIndex": .integer(least: -1), "level": .anyOf(levels),
                "kind": .anyOf(["notApplicable", "pass", "fail", "review", "open", "informational"]),
                "message": .object("message"), "locations": .array("location"), "properties": .bag,
            ]
        ),
        "location": ([], ["physicalLocation": .object("physicalLocation")]),
        "physicalLocation": (
            ["artifactLocation"], ["artifactLocation": .object("artifactLocation"), "region": .object("region")]
        ),
        "region": (
            [],
            [
                "startLine": .integer(least: 1), "startColumn": .integer(least: 1), "endLine": .integer(least: 1),
                "endColumn": .integer(least: 1),
            ]
        ),
    ]
    private static let levels = ["none", "note", "warning", "error"]

    private func check(_ value: Value, _ rule: Rule, _ path: String) {
        switch (rule, value) {
        case (.text, .string): break
        case (.integer(let least), .int(let number)): #expect(number >= least, "\(path)")
        case (.anyOf(let texts), .string(let text)): #expect(texts.contains(text), "\(path)")
        case (.bag, .record), (.bool, .bool): break
        case (.array(let name), .list(let list)):
            for index in 0..<list.count { check(list[index], .object(name), "\(path)[\(index)]") }
        case (.object(let name), .record(let record)):
            guard let definition = Self.definitions[name] else { return }
            let names = Set(record.shape.names)
            #expect(definition.required.subtracting(names).isEmpty, "\(path)")
            for (name, value) in zip(record.shape.names, record.values) {
                guard let rule = definition.properties[name] else {
                    Issue.record("\(path) has \(name)")
                    continue
                }
                check(value, rule, "\(path).\(name)")
            }
        default: Issue.record("\(path) is \(value)")
        }
    }

    private func log(_ files: [(name: String, text: String)]) -> SARIFLog {
        var log = SARIFLog(version: "1.0")
        for file in files {
            let checked = Checked(file.text, name: file.name)
            log.add(checked.diagnostics, sources: checked.sources)
            let interpreter = Interpreter(now: 0)
            let source = SourceFile(name: file.name, text: file.text)
            if case .ready(let chunk, _) = interpreter.load(source, mode: .file) {
                let report = EffectReport(file: file.name, chunk: chunk, sources: interpreter.sources)
                log.add(report, sources: interpreter.sources)
            }
        }
        return log
    }

    @Test func aLogFollowsTheSchema() throws {
        let files = [
            ("a b/ü#?%.aud", "let s = \"😀é\" + 1\nlenn(\"😀\", nil)"), ("/x.aud", "[\"a\"] | disable\nlet y = 1"),
            ("empty.aud", ""), ("-e", "f("), ("c:d.aud", "\n\n\tlet = 1\n"),
        ]
        let value = try JSONParser.parse(log(files).json)
        check(value, .object("log"), "log")
        var unread = log([("a.aud", "print({a: 1}.b)")])
        #expect(unread.json.contains(#""invocations":[{"executionSuccessful":true,"#))
        unread.add(unreadable: "no/é.aud", "there is no file no/é.aud; {}")
        check(try JSONParser.parse(unread.json), .object("log"), "log")
        #expect(
            unread.json.contains(
                #""executionSuccessful":false,"toolExecutionNotifications":[{"level":"error","message":{"text":"there is no "#
                    + #"file no/é.aud; {{}}"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"no/%C3%A9.aud"}}}]}]"#
            ))
        let empty = try JSONParser.parse(SARIFLog(version: "1.0").json)
        check(empty, .object("log"), "log")
    }

    /// A brace in a message of SARIF begins a placeholder, unless it is doubled.
    @Test func bracesInMessagesAreDoubled() {
        let json = log([("a.aud", "if true 1")]).json
        #expect(json.contains("expected a block in `{{ }}`, found the number `1`"), "\(json)")
    }

    /// Indexes point at the rule and the file that they name, regions do not end before they start, and paths are URI
    /// references: bytes that such may not have are escaped.
    @Test func theLogHangsTogether() throws {
        let files = (0..<12).map { ("d \($0)/é[\($0)].aud", "# 😀\nlet x = \"😀\" + \($0); lenn(1)\n[1] | disable") }
        let json = try JSONParser.parse(log(files).json)
        func field(_ value: Value, _ name: String) throws -> Value {
            try #require(try? Operators.index(value, .string(name)))
        }
        func list(_ value: Value) -> [Value] {
            guard case .list(let list) = value else { return [] }
            return (0..<list.count).map { list[$0] }
        }
        let run = try #require(list(try field(json, "runs")).first)
        let rules = try list(field(field(field(run, "tool"), "driver"), "rules"))
        let artifacts = try list(field(run, "artifacts"))
        let results = try list(field(run, "results"))
        #expect(artifacts.count == files.count && results.count >= 2 * files.count)
        for result in results {
            guard case .int(let index) = try field(result, "ruleIndex") else { continue }
            #expect(Operators.equal(try field(rules[Int(index)], "id"), try field(result, "ruleId")))
            let place = try field(try #require(list(field(result, "locations")).first), "physicalLocation")
            let location = try field(place, "artifactLocation")
            guard case .int(let file) = try field(location, "index"), case .string(let uri) = try field(location, "uri")
            else { continue }
            #expect(
                Operators.equal(try field(field(artifacts[Int(file)], "location"), "uri"), try field(location, "uri")))
            #expect(uri.utf8.allSatisfy { $0 < 0x80 && $0 != 0x20 && $0 != 0x5B && $0 != 0x5D })
            let region = try field(place, "region")
            let places = try ["startLine", "startColumn", "endLine", "endColumn"].map {
                try field(region, $0).intValue ?? 0
            }
            #expect(places[2] > places[0] || places[2] == places[0] && places[3] >= places[1])
        }
    }
}
