import Testing

@testable import AudLanguage

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What the parser reads without a message is a sentence of the reference's grammar: nothing is left out there.
@Suite struct DerivationTests {
    /// The texts of the repository: test scripts cut in chunks, examples, fixtures, and those of the reference.
    static func texts() -> [String] {
        let tests = URL(fileURLWithPath: #filePath).appendingPathComponent("../..").standardized
        let folders = ["Run/Scripts", "Check/Scripts", "Diagnostics/Fixtures", "Hostile", "../../scripts/examples"]
        var texts = ExamplePrograms.all
        for folder in folders.map({ tests.appendingPathComponent($0).standardized }) {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            for name in names.sorted() where name.hasSuffix(".aud") {
                let text = (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
                texts += text.components(separatedBy: "\n---\n")
            }
        }
        for name in Article.names() { texts += ((try? Article(name).blocks("aud")) ?? []).map(\.text) }
        return texts
    }

    private static let parts = 8

    private func check(_ text: String, _ grammar: EBNF, _ count: inout Int) {
        guard Self.isRead(text) else { return }
        count += 1
        guard !Self.isDerived(text, grammar) else { return }
        // The shortest text with the same gap says best what is missing.
        var pieces = Self.pieces(text)
        var place = 0
        while place < pieces.count {
            var shorter = pieces
            shorter.remove(at: place)
            let text = shorter.joined(separator: " ")
            if Self.isRead(text), !Self.isDerived(text, grammar) {
                (pieces, place) = (shorter, 0)
            } else {
                place += 1
            }
        }
        Issue.record("the grammar has no `\(pieces.joined(separator: " "))`")
    }

    private static func isRead(_ text: String) -> Bool {
        let file = SourceFile(name: "d", text: text)
        return !file.isPlan && Parser.parse(file, fileIndex: 0, mode: .file).diagnostics.isEmpty
    }

    private static func isDerived(_ text: String, _ grammar: EBNF) -> Bool {
        Recognizer.derives(SourceFile(name: "d", text: text), from: grammar)
    }

    @Test(arguments: 0..<parts)
    func everyTextOfTheRepository(_ part: Int) throws {
        let grammar = try GrammarTests.grammar()
        var count = 0
        for (index, text) in Self.texts().enumerated() where index % Self.parts == part { check(text, grammar, &count) }
        #expect(count > 40)
    }

    /// Tokens are left out, put in, exchanged and moved: what still can be read may be a form that nobody thought of.
    @Test(arguments: [UInt64](0..<16))
    func everyMutationThatIsRead(_ seed: UInt64) throws {
        let grammar = try GrammarTests.grammar()
        var random = SeededRandom(seed: seed)
        let texts = Self.texts().filter { $0.utf8.count < 400 }
        var count = 0
        for round in 0..<400 {
            var generator = ProgramGenerator(seed: seed &* 1_000 &+ UInt64(round))
            let text = round % 2 == 0 ? generator.program() : texts.randomElement(using: &random) ?? ""
            check(Self.mutated(text, &random), grammar, &count)
        }
        #expect(count > 15)
    }

    private static let words: [String] =
        Token.Kind.keywords.map(\.text) + Token.Kind.punctuation.map(\.text) + StageWord.allCases.map(\.rawValue)
        + [
            "a", "by", "on", "error", "most", "asc", "desc", "param", "1", "2.5", "90d", "'s'", "\"{a}\"", "(/x/)",
            "\n",
        ]

    /// The tokens and newlines of a text.
    private static func pieces(_ text: String) -> [String] {
        let file = SourceFile(name: "m", text: text)
        return Lexer.lex(file, fileIndex: 0).tokens.filter { $0.kind != .end }.flatMap { token in
            (token.startsLine ? ["\n"] : []) + [file.text(Span(file: 0, start: token.start, end: token.end))]
        }
    }

    /// A text with one to three changes to its tokens.
    private static func mutated(_ text: String, _ random: inout SeededRandom) -> String {
        var pieces = pieces(text)
        for _ in 0..<Int.random(in: 1...3, using: &random) where !pieces.isEmpty {
            let place = Int.random(in: 0..<pieces.count, using: &random)
            let other = Int.random(in: 0..<pieces.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: pieces.remove(at: place)
            case 1: pieces.insert(words.randomElement(using: &random) ?? "", at: place)
            case 2: pieces[place] = words.randomElement(using: &random) ?? ""
            default: pieces.swapAt(place, other)
            }
        }
        return pieces.joined(separator: " ")
    }
}
