// The colours of a text at the prompt.

import AudLanguage
import AudShell
import AudTesting
import Testing

@Suite("Colours of the text at the prompt")
struct InputStyleTests {
    private let host = Looks.host(["stale", "cap"])

    @Test(
        "each kind of word has its look",
        arguments: [
            ("let x = 1 + 2.5", "kkk.....n...nnn"),
            ("list() | where .name ~ /a/i", "bbbb.....sssss..ffff...\"\"\"\""),
            ("stale | sort by .size desc, .key", "........ssss.ss..ffff.kkkk...fff"),
            ("stale | at most 5 | disable on error stop", "........ss.ssss.n...ccccccc.kk.kkkkk.kkkk"),
            ("cap | enable on error continue", "......cccccc.kk.kkkkk.kkkkkkkk"),
            ("remove(stale)", "cccccc......."),
            ("ago(90d) < @2026-01-31", "bbb.nnn....nnnnnnnnnnn"),
            ("not true # why", "kkk.kkkk.#####"),
            ("'raw' + \"a{cap}b\"", "\"\"\"\"\"...\"\"\"...\"\"\""),
            ("fn f(a: list<string>?, b: int = cap) = a + b", "kk...."),
            ("{size: 1}.size", ".......n..ffff"), ("a?.b", "!..f"),
            ("| where it > 1", "..sssss.kk...n"),
            (":plan x.aud", ":::::......"), ("help where", "::::......"), ("help at most", "::::........"),
            ("quit", "::::"),
        ])
    func words(_ text: String, _ looks: String) {
        #expect(Looks.of(text, host: host).hasPrefix(looks))
    }

    @Test("types are types, and parameters are known in the body")
    func types() {
        let text = "fn f(a: list<string>?, b: int = cap) = a + b + c"
        #expect(Looks.of(text, host: host) == "kk......ffff.ffffff.......fff..................!")
    }

    @Test(
        "what the text binds is known in it",
        arguments: [
            "let a = 1\na", "var a = 1\na += 1", "for a in stale { print(a) }", "let {a, b} = stale\na + b",
            "stale | each a { print(a) }", "stale | each {a, b} { print(a + b) }", "try { 1 } catch e { print(e) }",
            "fn f() = 1\nf()", "wait(stale, until: a => a)", "sortBy(stale, (a, b) => a + b)",
            "use \"x.aud\" as x\nx.f()",
            "param days: int = 90 \"how long\"\ndays", "stale | select b: .x, .y", "{c: 1, in: 2}.in", "_ | count",
            "\"{let_ ?? 1}\"",
        ])
    func bound(_ text: String) {
        let host = Looks.host(["stale", "let_", "sortBy"])
        #expect(!Looks.of(text, host: host).contains("!"), "\(Looks.of(text, host: host))")
    }

    @Test(
        "what nobody knows is marked",
        arguments: [
            ("nothing + 1", "!!!!!!!...n"), ("stale | wear .a", "........!!!!..f"), ("\"a{b}c\"", "\"\"\"!\"\"\""),
            (":pan", "!!!!"), ("1 && 2", "n.!!.n"), ("x.y(z)", "!.f.!."), ("12abc", "!!!!!"), ("stale $", "......!"),
            ("a\nb", "!.!"),
        ])
    func unknown(_ text: String, _ looks: String) {
        #expect(Looks.of(text, host: host) == looks)
    }

    @Test(
        "a word that is still typed is marked when nothing begins like it",
        arguments: [
            ("sta", "..."), ("stax", "!!!!"), ("stale | wh", ".........."), ("whil", "...."), ("hel", "..."),
            (":pl", ":::"),
            (":px", "!!!"), ("{dou", "...."), ("stale | select dou", "........ssssss...."), ("(a, b", "....."),
            ("12a", "nnn"),
            ("@2026-", "nnnnnn"), ("stale | wx", "........!!"), ("dis", "..."), ("xyz + 1", "!!!...n"),
        ])
    func typing(_ text: String, _ looks: String) {
        #expect(Looks.of(text, cursor: text.utf8.count, host: host) == looks)
    }

    @Test(
        "a string that is open at the end is a string, and its interpolation is code",
        arguments: [
            ("print(\"ab", "bbbbb.\"\"\""), ("\"a {cap + nox", "\"\"\"\"......!!!"),
            ("\"a {len(\"b", "\"\"\"\"bbb.\"\""),
            ("\"\"\"a\nb {cap", String(repeating: "\"", count: 8) + "..."), ("'a", "\"\""), ("\"a\\", "\"\"\""),
            ("\"a {", "\"\"\"\""),
            ("/ab", "\"\"\""),
        ])
    func open(_ text: String, _ looks: String) {
        #expect(Looks.of(text, cursor: text.utf8.count, host: host) == looks)
    }

    @Test(
        "the brackets at the cursor are shown together; one that closes nothing is marked",
        arguments: [
            ("f(1)", 1, ".^n^"), ("f(1)", 2, "!^n^"), ("f(1)", 4, "!^n^"), ("f(1)", 0, "!.n."), ("((1))", 1, ".^n^."),
            ("[(1])", 0, "..n!."), ("1)", 0, "n!"), ("\"(\" + (1)", 1, "\"\"\"....n."),
            ("\"({(1)}\"", 4, "\"\"\"^n^\"\""),
            ("(\"a{(}b\")", 0, "^\"\"\".\"\"\"^"), ("(1 # )", 0, ".n.###"), ("{a: [1]}", 0, "^....n.^"),
            ("不 (1)", 4, "!!!.^n^"),
        ])
    func brackets(_ text: String, _ cursor: Int, _ looks: String) {
        let shown = Looks.of(text, cursor: cursor, host: host)
        #expect(shown.hasPrefix(looks), "\(shown)")
    }

    @Test("a text that was accepted has no brackets shown")
    func accepted() {
        #expect(Looks.of("f(1)", host: host) == "!.n.")
    }

    @Test("without colours only what is wrong and the brackets have a look")
    func plain() {
        let host = Looks.host(theme: .plain)
        #expect(host.style("let x = nothing(1)", cursor: nil) == [StyledRun(8..<15, Style(underline: true))])
        #expect(host.style("(1)", cursor: 0).map(\.style.color) == [nil, nil])
    }

    // MARK: Beside the language itself

    /// Every example of the reference of words and built-ins.
    private static let examples =
        (LanguageWord.stages + LanguageWord.keywords + LanguageWord.types + LanguageWord.operators).map(
            \.example.source)
        + Library.standard.rows.filter { !$0.isHidden }.map(\.example.source)

    @Test("no word of a right program is marked, and of one with an unknown name that one", arguments: examples)
    func resolver(_ text: String) {
        let shown = Looks.of(text, host: Looks.host())
        let diagnostics = Interpreter(now: 0).check(SourceFile(name: "x", text: text), as: .file).diagnostics
        var expected = Set(diagnostics.filter { $0.code == .unknownName }.compactMap(\.span?.start))
        if text.contains("use \"") { expected = [] }
        let marks = Set(shown.enumerated().filter { $0.element == "!" }.map { UInt32($0.offset) })
        #expect(expected.isSubset(of: marks) && (marks.isEmpty || !expected.isEmpty), "\(text)\n\(shown)")
    }

    // MARK: Any text

    @Test("any text has runs in order, inside of it and between its characters", arguments: 0..<40)
    func anyText(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let pieces = [
            "(", ")", "[", "]", "{", "}", "\"", "'", "\"\"\"", "|", ".", ",", ":", "=>", "=", "#", "/", "@", "\n", " ",
            "let", "fn",
            "each", "param", "list", "stale", "where", "不", "👩‍👩‍👧", "\u{FFFD}", "\u{FEFF}", "\u{0}", "\\", "1", "a", "?.",
            "on",
            "error", "/*", "#!",
        ]
        for _ in 0..<60 {
            var text = ""
            for _ in 0..<Int.random(in: 0..<30, using: &random) { text += pieces.randomElement(using: &random) ?? "" }
            let cursor = Int.random(in: 0...text.utf8.count, using: &random)
            let runs = host.style(text, cursor: cursor)
            var end = 0
            for run in runs {
                #expect(run.range.lowerBound >= end && !run.range.isEmpty, "\(text.debugDescription)")
                end = run.range.upperBound
                for bound in [run.range.lowerBound, run.range.upperBound] {
                    let index = text.utf8.index(text.startIndex, offsetBy: min(bound, text.utf8.count))
                    #expect(index.samePosition(in: text.unicodeScalars) != nil)
                }
            }
            #expect(end <= text.utf8.count)
            _ = host.hint(for: text)
            _ = host.status(of: text)
        }
    }

    /// These end at once, or not at all: each of the parts begins something that reaches to the end of the text.
    @Test(
        "the work grows with the text and not with its square",
        arguments: ["fn f(", "(", "((a) =>", "[fn f(a: ", "| each {", "\"{", "let {a, ", "param a: list<", "f(a, "])
    func linear(_ part: String) {
        let text = String(repeating: part, count: 60_000 / part.utf8.count)
        _ = host.style(text, cursor: text.utf8.count)
        _ = host.hint(for: text)
    }

    @Test("a line of 1 MB is drawn plain")
    func longLine() {
        #expect(host.style(String(repeating: "1+", count: 500_000), cursor: 0) == [])
        #expect(host.hint(for: String(repeating: "1+", count: 500_000)) == nil)
    }
}
