// Completion as a table: a text with the cursor at `^`, and what Tab offers. A text that a candidate makes stands in the
// expectation as a whole, so that quotes and replaced parts are seen.

import Testing

@testable import AudLanguage
@testable import AudRuntime
@testable import AudShell

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("Completion")
struct CompleterTests {
    private static let now: Int64 = 1_767_225_600_000_000
    private static let hour: Int64 = 3_600_000_000

    private static let context = CompletionContext(
        names: ["stale", "staging_list", "cap"], spaces: ["prod": "9aQ1", "staging": "7bX2"],
        knownSpaces: {
            [
                .init(id: "5cZ3", count: 1, seen: now - 50 * hour), .init(id: "9aQ1", count: 212, seen: now - 3 * hour),
            ]
        },
        audiences: { prefix, field in
            let all = [
                CompletionContext.Audience(
                    id: "aud_1", key: "spring_promo", name: "Spring promo", seen: now - 3 * hour),
                .init(id: "aud_2", key: "summer_hot", name: "Summer \"hot\" {list}", seen: now - hour / 60),
                .init(id: "aud_3", key: "jp", name: "夏のキャンペーン", seen: now),
                .init(id: "aud_4", key: "evil", name: "Evil\u{1B}[2J"),
                .init(id: "aud_5", key: "lines", name: "Zwei\nZeilen\u{202E}\\'s"),
            ]
            return all.filter { audience in
                let texts: [AudienceIndex.Field: String?] = [
                    .id: audience.id, .key: audience.key, .name: audience.name,
                ]
                return texts.filter { field == nil || $0.key == field }.compactMap(\.value).contains {
                    $0.lowercased().hasPrefix(prefix.lowercased())
                }
            }
        },
        runs: { [.init(number: 12, detail: "apply · stale.aud"), .init(number: 3, detail: "live · shell")] },
        files: { folder in
            switch folder {
            case ".":
                [
                    .init("stale plan.aud"), .init("Stale.aud"), .init("lib", isFolder: true),
                    .init(".git", isFolder: true),
                    .init("bad\nname"), .init(" blank"), .init("notes.txt"), .init("夏.aud"),
                ]
            case "lib/", "/mods/lib/": [.init("a \"b\".aud"), .init("c.txt"), .init("deep", isFolder: true)]
            case "/mods": [.init("names.aud"), .init("lib", isFolder: true), .init("x.txt")]
            default: []
            }
        }, modules: "/mods", now: now)

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
            // Names that the text binds itself.
            ("let zz = 5; z^", ["let zz = 5; zz", "let zz = 5; zip"]),
            ("fn f(audience) {\n  let local = 1\n  loc^", ["fn f(audience) {\n  let local = 1\n  local"]),
            ("fn f(audience) {\n  aud^", ["fn f(audience) {\n  audience"]),
            ("list() | map(aa => \"{aa^", ["list() | map(aa => \"{aa"]),
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
            (
                "list() | sort by .updatedAt ^",
                ["asc", "desc", "and", "or", "in", "then", "else"].map {
                    "list() | sort by .updatedAt " + $0
                }
            ),
            ("list() | sort by .size.count d^", ["list() | sort by .size.count desc"]),
            ("list() | where .by d^", []),
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
            ("get(\"x\", space: \"^", ["prod", "staging", "5cZ3"].map { "get(\"x\", space: \"\($0)\"" }),
            ("list(\"5^", ["list(\"5cZ3\""]),
            ("where .spaceId == \"9^", ["where .spaceId == \"9aQ1\""]),
            // Modules, which lie in one folder and end in `.aud`.
            ("use \"^", ["use \"lib/", "use \"names.aud\""]),
            ("use \"lib/^", [#"use "lib/a \"b\".aud""#, "use \"lib/deep/"]),
            ("use '^'", ["use 'lib/'", "use 'names.aud'"]),
            ("use \"/^", []),
            ("space('st^", ["space('staging'"]),
            // Known audiences: the text that fits the place, in source form.
            ("where .key == \"sp^", ["where .key == \"spring_promo\""]),
            ("where .id == \"aud_2^", ["where .id == \"aud_2\""]),
            ("where .name == \"Sum^", [#"where .name == "Summer \"hot\" \{list\}""#]),
            ("where .name == 'Sum^", [#"where .name == 'Summer "hot" {list}'"#]),
            ("where .name == \"夏^", ["where .name == \"夏のキャンペーン\""]),
            ("where .name == \"Evil^", [#"where .name == "Evil\u{1b}[2J""#]),
            ("where .name == 'Evil^", [#"where .name == "Evil\u{1b}[2J""#]),
            ("where .name == \"zwei^", [#"where .name == "Zwei\nZeilen\u{202e}\\'s""#]),
            ("where .name == 'zwei^", [#"where .name == "Zwei\nZeilen\u{202e}\\'s""#]),
            // The values of a field that has few, with or without the quote, in a list, and of nested fields.
            ("where .status == \"l^", [#"where .status == "Live""#, #"where .status == "Locked""#]),
            ("where .status == Aw^", [#"where .status == "Awaiting Destinations""#]),
            ("where a.status != 'fai^'", ["where a.status != 'Failed'", "where a.status != 'failed'"]),
            ("where .status in [\"Live\", \"Dis^", [#"where .status in ["Live", "Disabled""#]),
            ("where .status in [Prep^", [#"where .status in ["Preparing""#]),
            (
                "where .audienceType == \"^",
                ["USERS", "ACCOUNTS", "LINKED"].map { #"where .audienceType == "\#($0)""# }
            ),
            (
                "where .definition.type == \"^",
                [#"where .definition.type == "users""#, #"where .definition.type == "accounts""#]
            ),
            ("where .computeCadence.type == B^", [#"where .computeCadence.type == "BATCH""#]),
            ("where .createdBy == \"s^", []),
            ("disable | where .action == \"en^", [#"disable | where .action == "enable""#]),
            ("e.kind == \"not^", [#"e.kind == "notFound""#]),
            ("a.definition.^", ["a.definition.query", "a.definition.type"]),
            ("e.retr^", ["e.retryable"]),
            ("show(x, as: \"nd^", [#"show(x, as: "ndjson""#]),
            ("dates | chart(by: \"^", ["hour", "day", "week", "month", "year"].map { "dates | chart(by: \"\($0)\"" }),
            ("chart(dates, by: 'w^'", ["chart(dates, by: 'week'"]),
            // A list that is looked up in nothing, and a call behind the comparison.
            ("x in [\"zz^", []),
            ("where .status == f(\"spring_^", [#"where .status == f("spring_promo""#]),
            ("x == \"s^", ["x == \"Spring promo\"", #"x == "Summer \"hot\" \{list\}""#]),
            ("get(\"spring^", ["get(\"aud_1\""]),
            ("get(\"^\")", (1...5).map { "get(\"aud_\($0)\")" }),
            ("x = \"\"\"Spr^", ["x = \"Spring promo\""]),
            // Colon commands and their arguments.
            (":d^", [":discard", ":dry"]),
            (":pl^", [":plan"]),
            (":format j^", [":format json"]),
            (":space ^", [":space prod", ":space staging", ":space 5cZ3"]),
            (":help whe^", [":help where"]),
            ("help whe^", ["help where"]),
            (":time list() | where .ena^", [":time list() | where .enabled"]),
            (":time sta^ + 1", [":time staging_list + 1", ":time stale + 1", ":time startsWith + 1"]),
            (":set pager ^", [":set pager on", ":set pager off"]),
            (":set format nd^", [":set format ndjson"]),
            (":set max-ch^", [":set max-changes"]),
            (":set max-changes ^", [":set max-changes none"]),
            (":un^", [":undo"]),
            (":undo ^", [":undo 12", ":undo 3"]),
            (":undo 1^", [":undo 12"]),
            (":history ^", []),
            // Files: the rest of the line is one name; hidden ones are for who asks, impossible ones for nobody.
            (":plan ^", ["Stale.aud", "lib/", "notes.txt", "stale plan.aud", "夏.aud"].map { ":plan " + $0 }),
            (":plan sta^", [":plan Stale.aud", ":plan stale plan.aud"]),
            (":plan   stale p^", [":plan   stale plan.aud"]),
            (":plan lib/^", [#":plan lib/a "b".aud"#, ":plan lib/c.txt", ":plan lib/deep/"]),
            (":plan .^", [":plan .git/"]),
            (":plan nowhere/^", []),
        ])
    func table(marked: String, expected: [String]) throws {
        let offered = try completed(marked)
        #expect(offered == expected)
    }

    @Test("values come before names where a field is compared")
    func valuesFirst() throws {
        #expect(try completed("where .status == ^").first == #"where .status == "Live""#)
        #expect(try completed("where .status == ^").contains("where .status == stale"))
        let flags = try completed("where .enabled == ^")
        #expect(flags.prefix(2) == ["where .enabled == true", "where .enabled == false"])
        #expect(Set(flags).count == flags.count && flags.contains("where .enabled == stale"))
        #expect(try completed("where .enabled == f^").first == "where .enabled == false")
    }

    @Test(
        "the menu says how old its knowledge is",
        arguments: [
            ("where .key == \"sp", "spring_promo", "Spring promo · seen 3 h ago"),
            ("where .name == \"su", "Summer \"hot\" {list}", "summer_hot · seen 1 min ago"),
            ("get(\"j", "aud_3", "夏のキャンペーン · seen just now"), ("get(\"e", "aud_4", "Evil\u{1B}[2J"),
            ("list(\"p", "prod", "9aQ1 · 212 audiences, seen 3 h ago"), ("list(\"s", "staging", "7bX2"),
            ("list(\"5", "5cZ3", "1 audience, seen 2 days ago"),
        ])
    func ages(text: String, label: String, detail: String) throws {
        let candidate = try #require(Completer(Self.context).complete(text, at: text.utf8.count).candidates.first)
        #expect(candidate.label == label)
        #expect(candidate.detail == detail)
    }

    @Test("what the first of many have in common is not taken for what all have in common")
    func cut() {
        let many = (0..<Completer.most).map { number in
            // Some have the same name.
            CompletionContext.Audience(id: "a\(number)", key: "k\(number)", name: "Spring \(number / 2)")
        }
        func completion(_ count: Int) -> Completion {
            Completer(CompletionContext(audiences: { _, _ in Array(many.prefix(count)) }))
                .complete("where .name == \"S", at: 17)
        }
        #expect(completion(Completer.most).isCut)
        #expect(!completion(Completer.most - 1).isCut)
        #expect(!Completer(Self.context).complete("list(\"", at: 6).isCut)
    }

    @Test("a folder is read as it is, with links to folders and without what cannot be typed")
    func folder() throws {
        let folder = try TemporaryFile().path + "-folder"
        try FileManager.default.createDirectory(atPath: folder + "/sub dir", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data().write(to: URL(fileURLWithPath: folder + "/a b.aud"))
        try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: folder + "/sub dir")
        try FileManager.default.createSymbolicLink(atPath: folder + "/lost", withDestinationPath: folder + "/nowhere")
        let entries = FolderEntry.all(in: folder)
        #expect(
            Set(entries) == [
                .init("a b.aud"), .init("sub dir", isFolder: true), .init("link", isFolder: true), .init("lost"),
            ])
        #expect(FolderEntry.all(in: folder + "/nowhere").isEmpty)
        let text = ":plan \(folder)/s"
        let completed = Completer(CompletionContext()).complete(text, at: text.utf8.count)
        #expect(completed.candidates.map(\.text) == ["\(folder)/sub dir/"])
    }

    @Test("every candidate in a string reads back as the text that it stands for")
    func sourceForm() throws {
        for audience in Self.context.audiences("", nil) {
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
