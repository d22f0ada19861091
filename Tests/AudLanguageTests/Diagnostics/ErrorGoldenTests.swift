import AudLanguage
import Testing

/// What people read when something is wrong with a script: every code, at three widths.
@Suite struct ErrorGoldenTests {
    static let syntax = ["lexical", "syntax"]
    static let others = ["names", "types", "effects", "modules", "run", "api", "limits", "lints"]
    static let widths = [40, 80, 200]

    @Test(arguments: syntax, widths)
    func messages(_ fixture: String, _ width: Int) throws {
        let rendered = try GoldenFile.chunks("\(fixture).aud").map { source in
            var sources = SourceMap()
            sources.add(SourceFile(name: "test.aud", text: source))
            let result = Parser.parse(sources.files[0], fileIndex: 0, mode: .file)
            #expect(!result.diagnostics.isEmpty, "\(source)")
            return DiagnosticRenderer(sources: sources, width: width).render(result.diagnostics)
        }
        try GoldenFile.check(rendered.joined(separator: "---\n"), against: "\(fixture).\(width).golden")
    }

    @Test(arguments: others, widths)
    func messagesOfLaterPasses(_ fixture: String, _ width: Int) throws {
        let rendered = try GoldenFile.chunks("\(fixture).aud").map { source in
            let run = GoldenRun(source)
            #expect(!run.diagnostics.isEmpty, "\(source)")
            return DiagnosticRenderer(sources: run.sources, width: width).render(run.diagnostics)
        }
        try GoldenFile.check(rendered.joined(separator: "---\n"), against: "\(fixture).\(width).golden")
    }

    @Test(arguments: widths)
    func everyCodeHasAGolden(_ width: Int) throws {
        let text = try (Self.syntax + Self.others).map { try GoldenFile.text("\($0).\(width).golden") }.joined()
        let absent = Code.allCases.filter { code in
            !text.contains("error[\(code.rawValue)]") && !text.contains("warning[\(code.rawValue)]")
        }
        #expect(absent == [])
    }

    /// Nothing but code, which is not broken so that it can be copied, and single words goes beyond the width.
    @Test(arguments: widths)
    func linesFitTheWidth(_ width: Int) throws {
        for fixture in Self.syntax + Self.others {
            for line in try GoldenFile.text("\(fixture).\(width).golden").split(separator: "\n") {
                let isExcerpt = line.contains(" | ")
                let isExcused = line.contains("`") || line.contains("-->") || !line.dropFirst(8).contains(" ")
                #expect(DisplayWidth.of(line) <= width || (!isExcerpt && isExcused) || line.hasPrefix("  "), "\(line)")
            }
        }
    }
}
