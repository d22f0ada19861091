// Completion as a table: a text with the cursor at `^`, and what Tab offers. A text that a candidate makes stands in the
// expectation as a whole, so that quotes and replaced parts are seen.

import AudShell
import Testing

@testable import AudLanguage

@Suite("Completion")
struct CompleterTests {
    private static let context = CompletionContext(
        names: ["stale", "staging_list", "cap"], spaces: ["prod": "9aQ1", "staging": "7bX2"],
        audiences: { prefix in
            let all = [
                CompletionContext.Audience(id: "aud_1", key: "spring_promo", name: "Spring promo"),
                .init(id: "aud_2", key: "summer_hot", name: "Summer \"hot\" {list}"),
                .init(id: "aud_3", key: "jp", name: "夏のキャンペーン"),
                .init(id: "aud_4", key: "evil", name: "Evil\u{1B}[2J"),
            ]
            return all.filter { audience in
                [audience.id, audience.key ?? "", audience.name ?? ""].contains {
                    $0.lowercased().hasPrefix(prefix.lowercased())
                }
            }
        })

    /// The texts that the candidates make, in order.
    private func completed(_ marked: String) throws -> [String] {
        let parts = marked.split(separator: "^", maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2)
        let text = String(parts[0] + parts[1])
        let cursor = parts[0].utf8.count
        let completion = Completer(Self.context).complete(text, at: cursor)
        let before = String(decoding: Array(text.utf8)[..<completion.replaceFrom], as: UTF8.self)
        return completion.candidates.map { before + $0.text + parts[1] }
    }

    @Test("a built-in of the program and its parameters are offered")
    func added() {
        let weather = Builtin("weather", "", parameters: [.init("city", "string")], result: "string") { _ in "" }
        let completer = Completer(CompletionContext(library: .standard.adding([weather])))
        #expect(completer.complete("weat", at: 4).candidates.map(\.text) == ["weather"])
        #expect(completer.complete("weather(c", at: 9).candidates.first?.text == "city: ")
    }

    @Test(
        "what Tab offers",
        arguments: [
            // Names that were bound stand before the built-ins.
            ("sta^", ["staging_list", "stale", "startsWith"]),
            ("let x = sta^", ["let x = staging_list", "let x = stale", "let x = startsWith"]),
            ("LE^", ["len", "let"]),
            ("le^", ["len", "let"]),
            ("1 + le^", ["1 + len"]),
            ("whil^", ["while"]),
            ("x = whil^", []),
            // Fields, behind the item, a name, a call, and in a string's interpolation.
            ("list() | where .ena^", ["list() | where .enabled"]),
            ("a.upd^", ["a.updatedBy", "a.updatedAt"]),
            ("a?.key^", ["a?.key"]),
            ("get(x).nam^", ["get(x).name"]),
            ("print(\"{a.nam^", ["print(\"{a.name"]),
            // Stages, and the words that belong to them.
            ("list() | wh^", ["list() | where"]),
            ("list()\n  | sel^", ["list()\n  | select"]),
            ("list() | sort ^", ["list() | sort by"]),
            ("list() | at ^", ["list() | at most"]),
            ("list() | disable ^", ["list() | disable on"]),
            ("list() | disable on ^", ["list() | disable on error"]),
            ("list() | disable on error ^", ["list() | disable on error stop", "list() | disable on error continue"]),
            // Named arguments.
            ("get(id, spa^", ["get(id, space: ", "get(id, space", "get(id, spaces"]),
            // Nothing where a new name, a number, a comment or a regex stands.
            ("let st^", []),
            ("12^", []),
            ("x # sta^", []),
            ("x ~ /sta^", []),
            ("@2026-01^", []),
            // Spaces.
            ("list(\"p^", ["list(\"prod\""]),
            ("list(\"p^\")", ["list(\"prod\")"]),
            ("get(\"x\", space: \"^", ["get(\"x\", space: \"prod\"", "get(\"x\", space: \"staging\""]),
            ("space('st^", ["space('staging'"]),
            // Known audiences: the text that fits the place, in source form.
            ("where .key == \"sp^", ["where .key == \"spring_promo\""]),
            ("where .id == \"aud_2^", ["where .id == \"aud_2\""]),
            ("where .name == \"Sum^", [#"where .name == "Summer \"hot\" \{list\}""#]),
            ("where .name == 'Sum^", [#"where .name == 'Summer "hot" {list}'"#]),
            ("where .name == \"夏^", ["where .name == \"夏のキャンペーン\""]),
            ("where .name == \"Evil^", [#"where .name == "Evil\u{1b}[2J""#]),
            ("where .name == 'Evil^", [#"where .name == "Evil\u{1b}[2J""#]),
            ("where .status == \"s^", []),
            ("x == \"s^", ["x == \"Spring promo\"", #"x == "Summer \"hot\" \{list\}""#]),
            ("get(\"spring^", ["get(\"aud_1\""]),
            ("get(\"^\")", ["get(\"aud_1\")", "get(\"aud_2\")", "get(\"aud_3\")", "get(\"aud_4\")"]),
            ("x = \"\"\"Spr^", ["x = \"Spring promo\""]),
            // Colon commands and their arguments.
            (":d^", [":discard", ":dry"]),
            (":pl^", [":plan"]),
            (":format j^", [":format json"]),
            (":space ^", [":space prod", ":space staging"]),
            (":help whe^", [":help where"]),
            (":un^", [":undo"]),
            (":undo ^", []),
            (":plan x^", []),
        ])
    func table(marked: String, expected: [String]) throws {
        let offered = try completed(marked)
        #expect(offered == expected)
    }

    @Test("every candidate in a string reads back as the text that it stands for")
    func sourceForm() throws {
        for audience in Self.context.audiences("") {
            let name = try #require(audience.name)
            let text = "x == \"\(name.prefix(2))"
            let completion = Completer(Self.context).complete(text, at: text.utf8.count)
            let literal = try #require(completion.candidates.first { $0.label == name }).text
            let parsed = Parser.parse(SourceFile(name: "t", text: literal), fileIndex: 0, mode: .prompt)
            guard case .expression(let expr)? = parsed.statements.first?.kind, case .string(let parts) = expr.kind,
                case .text(let text)? = parts.first
            else { throw NotAString() }
            #expect(parts.count == 1)
            #expect(text == name)
        }
    }

    private struct NotAString: Error {}

    @Test("any cursor in any text is answered, and replaces a part before it")
    func everyCursor() {
        let text = """
            let x = list("p{get('a''b').name}") | where .k ~ /[/"]x/ and f(a: @2026-01-01, \"""a"b {c}\""") # é
            :x 夏
            """
        let scalars = Array(text.unicodeScalars)
        for length in 0...scalars.count {
            var prefix = ""
            prefix.unicodeScalars.append(contentsOf: scalars[..<length])
            let completion = Completer(Self.context).complete(prefix, at: prefix.utf8.count)
            #expect(completion.replaceFrom >= 0 && completion.replaceFrom <= prefix.utf8.count)
        }
    }
}
