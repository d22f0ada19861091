import AudLanguage
import Testing

/// The three formats of diagnostics.
@Suite struct RendererTests {
    private func sources(_ name: String, _ text: String) -> SourceMap {
        var sources = SourceMap()
        sources.add(SourceFile(name: name, text: text))
        return sources
    }

    private func span(_ text: String, in source: String) -> Span {
        let whole = Array(source.utf8)
        let part = Array(text.utf8)
        let start = (0...whole.count - part.count).first { Array(whole[$0..<$0 + part.count]) == part } ?? 0
        return Span(file: 0, start: UInt32(start), end: UInt32(start + part.count))
    }

    @Test func theRichFormatIsThatOfTheDesign() {
        let source = "\n\n\n\n\n  | where .enabeld and .updatedAt < ago(days * 1d)\n"
        let diagnostic = Diagnostic(
            .unknownField, "there is no field `.enabeld` on an audience", at: span(".enabeld", in: source),
            label: "unknown field", help: "did you mean `.enabled`?",
            notes: ["fields: id, spaceId, name, description, key, enabled, definition, status, …"])
        #expect(
            DiagnosticRenderer(sources: sources("stale.aud", source)).render(diagnostic) == """
                error[E0301]: there is no field `.enabeld` on an audience
                   --> stale.aud:6:11
                    |
                  6 |   | where .enabeld and .updatedAt < ago(days * 1d)
                    |           ^^^^^^^^ unknown field
                    |
                help: did you mean `.enabled`?
                note: fields: id, spaceId, name, description, key, enabled, definition, status,
                  …

                """)
    }

    @Test func aRuntimeErrorShowsItsStack() {
        let source = "\n\nfor a in list(\"9aQ1…\") | where .enabled and rank[.status] < 100 {"
        let place = span("rank[.status]", in: source)
        let diagnostic = Diagnostic(
            .nullOperand, "cannot compare null with 100 using `<`", at: place,
            label: "null for \"Spring promo\" (aud_81x)",
            help: "say what a missing value means, for example `(rank[.status] ?? 0) < 100`",
            stack: [
                .init(span: place, label: "in where", item: "item 17 of 212: \"Spring promo\""),
                .init(span: place, label: "in script"),
            ])
        #expect(
            DiagnosticRenderer(sources: sources("loop.aud", source), width: 100).render(diagnostic) == """
                error[R1004]: cannot compare null with 100 using `<`
                   --> loop.aud:3:47
                    |
                  3 | for a in list("9aQ1…") | where .enabled and rank[.status] < 100 {
                    |                                             ^^^^^^^^^^^^^ null for "Spring promo" (aud_81x)
                help: say what a missing value means, for example `(rank[.status] ?? 0) < 100`
                stack:
                  loop.aud:3   in where          item 17 of 212: "Spring promo"
                  loop.aud:3   in script

                """)
    }

    @Test func caretsStandUnderWhatATerminalShows() {
        let cases = [
            ("\tx = 1", "x", "    x = 1", 4, 1), ("日本 x", "x", "日本 x", 5, 1), ("e\u{301} x", "x", "e\u{301} x", 2, 1),
            ("x 日本", "日本", "x 日本", 2, 4), ("🇩🇪👩‍👩‍👧 x", "x", "🇩🇪👩‍👩‍👧 x", 5, 1),
            ("a\u{1B}b x", "x", "a\\u{1b}b x", 9, 1),
        ]
        for (source, marked, shown, column, width) in cases {
            let text = DiagnosticRenderer(sources: sources("t", source)).render(
                Diagnostic(.unexpectedToken, "m", at: span(marked, in: source)))
            let lines = text.split(separator: "\n").map(String.init)
            #expect(lines[3] == "  1 | " + shown)
            #expect(lines[4] == "    | " + String(repeating: " ", count: column) + String(repeating: "^", count: width))
        }
    }

    @Test(arguments: [40, 80, 200])
    func aLongLineIsCutAroundItsSpan(_ width: Int) {
        let source = String(repeating: "before ", count: 60) + "HERE" + String(repeating: " after", count: 60)
        let text = DiagnosticRenderer(sources: sources("t", source), width: width).render(
            Diagnostic(.unexpectedToken, "m", at: span("HERE", in: source)))
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines[3].count == width && lines[3].contains("HERE"))
        #expect(lines[3].hasPrefix("  1 | …") && lines[3].hasSuffix("…"))
        let caret = lines[4].distance(from: lines[4].startIndex, to: lines[4].firstIndex(of: "^") ?? lines[4].endIndex)
        let here = lines[3].distance(from: lines[3].startIndex, to: lines[3].firstIndex(of: "H") ?? lines[3].endIndex)
        #expect(caret == here && lines[4].hasSuffix(" ^^^^"))
    }

    @Test func aSpanOfSeveralLinesShowsItsFirstAndLast() {
        let source = "let x = f(a,\n  b,\n  c)\n"
        let text = DiagnosticRenderer(sources: sources("t", source)).render(
            Diagnostic(.unexpectedToken, "m", at: span("f(a,\n  b,\n  c)", in: source), label: "all of it"))
        #expect(
            text == """
                error[E0201]: m
                   --> t:1:9
                    |
                  1 | let x = f(a,
                    |         ^^^^
                    | …
                  3 |   c)
                    |   ^^ all of it

                """)
    }

    @Test func shortAndJSONAreLinesOfTheirOwn() {
        let source = "é x\n"
        let diagnostic = Diagnostic(
            .unexpectedToken, "bad \"\u{1B}[31m\n\"", at: span("x", in: source), help: "fix", notes: ["n"])
        var renderer = DiagnosticRenderer(sources: sources("a\nb.aud", source), format: .short)
        #expect(
            renderer.render(diagnostic)
                == "a\\u{a}b.aud:1:4: error[E0201]: bad \"\\u{1b}[31m\\u{a}\"\na\\u{a}b.aud:1:4: note: n\n")
        renderer.format = .json
        #expect(
            renderer.render(diagnostic) == #"""
                {"severity":"error","code":"E0201","message":"bad \"\u001b[31m\n\"","file":"a\nb.aud","line":1,"column":4,"endLine":1,"endColumn":5,"label":null,"help":"fix","notes":["n"],"stack":[]}

                """#)
        let placeless = Diagnostic(.shadowedBuiltin, "m", at: nil, severity: .warning)
        #expect(
            renderer.render(placeless).hasPrefix(#"{"severity":"warning","code":"W9001","message":"m","file":null"#))
        renderer.format = .short
        #expect(renderer.render([placeless, placeless]) == "warning[W9001]: m\nwarning[W9001]: m\n")
    }

    @Test func coloursAreOnlyAddedWhenAskedFor() {
        let source = "x"
        let diagnostic = Diagnostic(.unexpectedToken, "m", at: span("x", in: source), label: "l", help: "h")
        let plain = DiagnosticRenderer(sources: sources("t", source)).render(diagnostic)
        let colored = DiagnosticRenderer(sources: sources("t", source), color: true).render(diagnostic)
        #expect(!plain.contains("\u{1B}") && colored.contains("\u{1B}[1;31merror[E0201]\u{1B}[0m: m"))
        #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    }
}
