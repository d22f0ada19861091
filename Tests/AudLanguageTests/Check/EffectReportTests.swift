import Testing

@testable import AudLanguage

/// What `aud check` says a script can do: every place, by way of which functions, with what bounds it.
@Suite struct EffectReportTests {
    static func module(_ path: String, _ importer: String) -> Result<SourceFile, Diagnostic> {
        .success(SourceFile(name: path, text: "fn retire(a) {\n  disable(a)\n}\nfn drop(xs) = xs | remove"))
    }

    private func report(_ text: String) throws -> EffectReport {
        let interpreter = Interpreter(now: 0, modules: Self.module)
        guard case .ready(let chunk, _) = interpreter.load(SourceFile(name: "t.aud", text: text), mode: .file) else {
            throw Failure(codes: Checked(text, modules: Self.module).messages.map(\.text))
        }
        return EffectReport(file: "t.aud", chunk: chunk, sources: interpreter.sources)
    }

    private struct Failure: Error { var codes: [String] }

    /// Each change of a text on its own line, with its cap.
    private func caps(_ text: String) throws -> [String] {
        try report(text).effects.compactMap(\.cap?.text)
    }

    @Test(arguments: [
        ("disable(\"aud_1\", space: \"sp\")", "one"), ("get(\"aud_1\") | remove", "one"),
        ("[\"a\", \"b\"] | disable", "at most 2"), ("[] | disable", "at most 0"),
        ("list() | where .enabled | disable", "no cap"), ("list() | at most 40 | disable", "at most 40"),
        ("list() | at most 40 | where .enabled | sort by .name | disable", "at most 40"),
        ("list() | take 5 | disable", "at most 5"), ("list() | first 5 | take 2 | disable", "at most 2"),
        ("list() | last 5 | skip 1 | disable", "at most 5"), ("list() | first | disable", "one"),
        ("list() | at most 4 | map [it] | flatten | disable", "no cap"),
        ("param cap: int = 5\nlist() | at most cap | disable", "at most cap"),
        ("let n = 5\nfn f(n) = list() | at most n | disable\nf(1000 + n)", "at most n of f"),
        ("let n = 5\nfn f() = list() | at most n | disable\nf()", "at most n"),
        ("let few = list() | take 3\nfew | where .enabled | disable", "at most 3"),
        ("let one = get(\"a\")\ndisable(one)", "one"), ("var x = [\"a\"]\nx | disable", "no cap"),
        ("for a in list() | take 3 { disable(a) }", "at most 3"),
        ("for a in list() | take 3 { for id in [\"a\", \"b\"] { disable(id) } }", "at most 6"),
        ("param n: int\nfor a in list() | at most n { for id in [\"a\", \"b\"] { disable(id) } }", "at most 2 × n"),
        ("for a in list() { disable(a) }", "no cap"), ("while now() < @2000-01-01 { disable(\"a\") }", "no cap"),
        ("list() | at most 7 | each a { disable(a) }", "at most 7"),
        ("fn f(a) { disable(a) }\nlist() | at most 7 | each a { f(a) }", "at most 7"),
        ("fn f(a) { disable(a) }\nf([\"a\", \"b\", \"c\"])", "at most 3"),
        ("fn f(a) { disable(a) }\nf(list())", "no cap"), ("fn f(a) = a | take 2 | disable\nf(list())", "at most 2"),
        ("fn f(a: audience) { disable(a) }\nfor i in 1..3 { f(get(\"a\")) }", "no cap"),
        ("fn f(xs = [\"a\", \"b\"]) { disable(xs) }\nf()", "at most 2"),
        ("f(\"x\")\nfn f(a) = g(a)\nfn g(a) = disable(a)", "one"),
        ("fn f(n) { disable(\"a\"); if n > 0 { f(n - 1) } }\nf(3)", "no cap"),
        ("let f = disable\nf(\"a\")", "no cap"), ("let f = () => disable(\"a\")\nf()", "no cap"),
        ("use \"m.aud\" as m\nm.retire(\"a\")", "one"), ("use \"m.aud\" as m\nlist() | take 2 | m.drop", "at most 2"),
        ("let r = if now() > @2000-01-01 then [\"a\"] else [\"a\", \"b\"]\ndisable(r)", "at most 2"),
        // An item that is a list: a group, a chunk, or what nobody knows.
        ("list() | group by .status | map .items | first | disable", "no cap"),
        ("list() | chunk(100) | last | disable", "no cap"), ("fn f(xs) = xs | first | disable\nf([list()])", "no cap"),
        ("list() | chunk(100) | last | at most 200 | disable", "at most 200"),
        ("let all = list() | chunk(100) | first\nfor a in all { remove(a) }", "no cap"),
        ("list() | map .id | last | disable", "one"), ("disable(space: \"prod\", target: list())", "no cap"),
        // What several calls of a function come to is added up.
        ("fn g(a) { disable(a) }\nfn f() { g(\"a\"); g(\"b\"); g(\"c\") }\nf()", "at most 3"),
        (
            "fn pair(a) { retire(a); retire(a) }\nfn retire(a) { remove(a) }\nlist() | at most 5 | each a { pair(a) }",
            "at most 10"
        ),
        ("fn g(xs) = xs | at most 2 | disable\nfn f() { g(list()); g(list()) }\nf()", "at most 4"),
        ("fn g(n) = list() | at most n | disable\nfn f() { g(2); g(3) }\nf()", "no cap"),
        ("fn f(xs) { disable(if len(xs) > 1 then xs else \"a\") }\nf([])", "no cap"),
    ])
    func whatBoundsAChange(_ text: String, _ expected: String) throws {
        #expect(try caps(text) == [expected], "\(text)")
    }

    /// What a script changes is listed, and it comes to no more than the caps say; what has no change listed sends none.
    @Test(arguments: 0..<4)
    func noRunChangesMoreThanTheReportSays(_ part: Int) throws {
        var capped = 0
        var changeless = 0
        for seed in part * 150..<(part + 1) * 150 {
            let isPlain = seed.isMultiple(of: 5)
            let text =
                isPlain ? ScriptGenerator.script(seed: UInt64(seed)) : ScriptGenerator.changes(seed: UInt64(seed))
            let interpreter = Interpreter(now: 0, modules: ScriptGenerator.module)
            let file = SourceFile(name: "t.aud", text: text)
            guard case .ready(let chunk, _) = interpreter.load(file, mode: .file) else { continue }
            let listed = EffectReport(file: file.name, chunk: chunk, sources: interpreter.sources).effects
                .filter { $0.kind.isChange }
            var run = ScriptRunner(modules: ScriptGenerator.module)
            run.run(text)
            let changes = Self.changes(run.events)
            #expect(Set(changes.keys).isSubset(of: listed.map(\.name)), "seed \(seed)\n\(text)")
            if listed.isEmpty {
                changeless += 1
                #expect(!chunk.canChange, "seed \(seed)\n\(text)")
            }
            for verb in Verb.allCases {
                guard let cap = Self.sum(listed, verb) else { continue }
                let count = changes[verb.rawValue] ?? 0
                if count > 0 { capped += 1 }
                #expect(count <= cap, "seed \(seed): \(count) of \(verb), and the caps come to \(cap)\n\(text)")
            }
        }
        #expect(capped > 10 && changeless > 3, "\(capped) \(changeless)")
    }

    /// How many audiences each verb was asked to change.
    private static func changes(_ events: [String]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for event in events {
            let words = event.split(separator: " ").map(String.init)
            guard words.count > 1, words[0] == "??", Verb(rawValue: words[1]) != nil else { continue }
            counts[words[1], default: 0] += words.count - 2
        }
        return counts
    }

    /// What the caps of a verb come to; nil when one is no number.
    private static func sum(_ effects: [ScriptEffect], _ verb: Verb) -> Int? {
        var sum = 0
        for effect in effects where effect.name == verb.rawValue {
            let text = effect.cap?.text ?? ""
            guard let number = text == "one" ? 1 : Int(text.dropFirst("at most ".count)) else { return nil }
            sum += number
        }
        return sum
    }

    /// Many ways through many functions, in little time.
    @Test func manyWaysAreFollowedOnce() throws {
        let functions = (0..<60).map { "fn f\($0)(a) { f\($0 + 1)(a); f\($0 + 1)([a, a]) }" }.joined(separator: "\n")
        #expect(try caps("\(functions)\nfn f60(a) { disable(a) }\nf0(\"a\")") == ["no cap"])
    }

    /// However far away a change is, it is found with its cap, and told in a line.
    @Test func longWaysAreFollowedToTheirEnd() throws {
        let functions = (0..<300).map { "fn f\($0)(a) = f\($0 + 1)(a)" }.joined(separator: "\n")
        let text = "\(functions)\nfn f300(a) = disable(a)\n"
        #expect(try caps(text + "for x in [\"a\", \"b\"] { f0(x) }") == ["at most 2"])
        #expect(
            try report(text + "f0(\"a\")").rich.last
                == "  updates  line 302  disable  one  through `f0` and `f1` and … and `f300`, line 301")
        let refused = Checked(text + "[\"a\"] | map f0(it)")
        #expect(
            refused.diagnostics.map(\.label) == [
                "`f0` calls `f1`, which calls `f2`, which calls `f3`, which leads over 296 more to `f300`, which calls"
                    + " `disable`"
            ])
    }

    @Test func aReportForPeople() throws {
        let text = """
            use "m.aud" as m
            param space: string "space to clean"
            param cap: int = 50
            let stale = list(space) | where .enabled
            stale | at most cap | disable on error continue
            for a in stale { m.retire(a); print(get(a.id).name) }
            fn never(a) { remove(a) }
            """
        #expect(
            try report(text).rich == [
                "t.aud",
                "  param    space: string, needed  space to clean",
                "  param    cap: int, optional",
                "  use      m.aud",
                "  reads    line 4  list",
                "  updates  line 5  disable  at most cap",
                "  updates  line 6  disable  no cap                  through `retire`, line 2 of m.aud",
                "  reads    line 6  get",
                "  removes  line 7  remove   as many as it is given  in `never`, which nothing here calls",
            ])
        #expect(
            try report(text).short == [
                "t.aud:4:13: reads: list", "t.aud:5:23: updates: disable, at most cap",
                "t.aud:6:20: updates: disable, no cap, through `retire`, line 2 of m.aud", "t.aud:6:37: reads: get",
                "t.aud:7:15: removes: remove, as many as it is given, in `never`, which nothing here calls",
            ])
        #expect(
            try report("disable(\"a\"); disable(\"b\"); get(\"c\"); get(\"d\")").rich == [
                "t.aud", "  updates  line 1  disable  at most 2", "  reads    line 1  get",
            ])
        #expect(try report("print(1)").rich == ["t.aud", "  reads and changes nothing"])
    }

    @Test func aReportForPrograms() throws {
        let text = "param a: int \"é\"\nfn off(x) = disable(x)\noff(\"a\")\nlist() | count"
        #expect(
            try report(text).json
                == #"{"file":"t.aud","params":[{"name":"a","type":"int","needed":true,"help":"é"}],"modules":[],"#
                + #""effects":[{"effect":"updates","name":"disable","file":"t.aud","line":3,"column":1,"endLine":3,"#
                + #""endColumn":4,"cap":"one","isCapped":true,"through":["off"],"originFile":"t.aud","originLine":2,"#
                + #""function":null},{"effect":"reads","name":"list","file":"t.aud","line":4,"column":1,"endLine":4,"#
                + #""endColumn":5,"cap":null,"isCapped":null,"through":[],"originFile":"t.aud","originLine":4,"#
                + #""function":null}]}"#)
    }

    /// Columns of SARIF are UTF-16 code units, and a rule stands once however often it is broken.
    @Test func aLogOfAllFiles() throws {
        var log = SARIFLog(version: "1.2.3")
        let wrong = Checked("\"😀é\" + lenn + 1; nil", name: "dir/a b.aud")
        log.add(wrong.diagnostics, sources: wrong.sources)
        let interpreter = Interpreter(now: 0)
        let file = SourceFile(name: "/x.aud", text: "[\"a\"] | disable")
        guard case .ready(let chunk, _) = interpreter.load(file, mode: .file) else { return #expect(Bool(false)) }
        log.add(EffectReport(file: file.name, chunk: chunk, sources: interpreter.sources), sources: interpreter.sources)
        let json = log.json
        for part in [
            #""version":"2.1.0""#, #""name":"aud","version":"1.2.3""#, #""columnKind":"utf16CodeUnits""#,
            #""artifacts":[{"location":{"uri":"dir/a%20b.aud"}},{"location":{"uri":"file:///x.aud"}}]"#,
            #"{"ruleId":"E0302","ruleIndex":0,"level":"error","message":{"text":"there is nothing named `lenn`; did you mean `len`?"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"dir/a%20b.aud","index":0},"region":{"startLine":1,"startColumn":9,"endLine":1,"endColumn":13}}}]}"#,
            #""ruleId":"E0302","ruleIndex":0,"level":"error","message":{"text":"there is nothing named `nil`"#,
            #""ruleId":"effect/updates","ruleIndex":1,"kind":"informational","level":"none","message":{"text":"updates: disable one"#,
        ] {
            #expect(json.contains(part), "\(part)\n\(json)")
        }
        #expect(throws: Never.self) { try JSONParser.parse(json) }
    }
}
