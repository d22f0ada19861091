import AudLanguage
import Testing

/// What people read when a script has a mistake: every message of the lexer and the parser, at three widths.
@Suite struct ErrorGoldenTests {
    static let fixtures = ["lexical", "syntax"]

    @Test(arguments: fixtures, [40, 80, 200])
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

    @Test func everyCodeOfLexerAndParserIsReached() throws {
        let sources = try Self.fixtures.flatMap { try GoldenFile.chunks("\($0).aud") }
        var reached = Set(
            sources.flatMap {
                Parser.parse(SourceFile(name: "test.aud", text: $0), fileIndex: 0, mode: .file).diagnostics.map(\.code)
            })
        // Bytes that are not UTF-8 cannot stand in a fixture.
        let bytes = Array("let x = 1\nprint(\"".utf8) + [0xC3, 0x28] + Array("\")\n".utf8)
        let broken = Parser.parse(SourceFile(name: "test.aud", bytes: bytes), fileIndex: 0, mode: .file)
        #expect(broken.diagnostics.map(\.message) == ["the byte 0xC3 is not UTF-8 text here"])
        reached.formUnion(broken.diagnostics.map(\.code))
        let wanted = Code.allCases.filter { $0.rawValue.hasPrefix("E01") || $0.rawValue.hasPrefix("E02") }
            .filter { $0 != .tooLarge }  // the compiler's
        #expect(wanted.filter { !reached.contains($0) } == [])
    }
}
