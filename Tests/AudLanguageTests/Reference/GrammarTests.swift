import Testing

@testable import AudLanguage

/// The grammar of the reference and the parser say the same.
@Suite struct GrammarTests {
    static func grammar() throws -> EBNF {
        EBNF(try Article("Grammar").blocks("ebnf").map(\.text).joined(separator: "\n"))
    }

    /// Rules that the page has in words: what breaks them is a statement that was read.
    static let inWords: Set<Code> = [.droppedValue, .repeatedKey, .misplacedStatement, .columnNeedsName]

    @Test(arguments: 0..<40)
    func everySentenceIsRead(_ seed: UInt64) throws {
        var generator = SentenceGenerator(try Self.grammar(), seed: seed)
        for _ in 0..<50 {
            for (start, mode) in [("program", SourceMode.file), ("line", .prompt)] {
                let text = generator.sentence(start)
                let result = Parser.parse(SourceFile(name: "g", text: text), fileIndex: 0, mode: mode)
                let wrong = result.diagnostics.filter { !Self.inWords.contains($0.code) }
                #expect(wrong.isEmpty, "\(text)\n\(wrong.first?.message ?? "")")
            }
        }
    }

    /// Each rule has its part in the sentences, so that none of them is right only because it never comes up.
    @Test func everyRuleIsDefinedAndUsed() throws {
        let grammar = try Self.grammar()
        let inWords: Set = ["condition", "header-expr", "header-pipeline", "body-expr", "operand", "template"]
        let known = Set(grammar.productions.keys).union(SentenceGenerator.tokens.keys).union(inWords)
        #expect(grammar.uses.subtracting(known).isEmpty)
        #expect(known.subtracting(grammar.uses) == ["program", "line"])
    }

    @Test func theWordsAreTheParsers() throws {
        let terminals = try Self.grammar().terminals
        let places = ["by", "asc", "desc", "on", "error", "stop", "most", "param"]
        let words = Token.Kind.allCases.filter(\.isKeyword).compactMap(\.text) + StageWord.allCases.map(\.rawValue)
        let all = words + places
        #expect(terminals.filter { $0.first?.isLetter == true } == Set(all))
        let signs = Token.Kind.allCases.filter { !$0.isKeyword }.compactMap(\.text)
        #expect(terminals.filter { $0.first?.isLetter == false } == Set(signs))
    }
}
