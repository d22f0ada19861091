import Testing

@testable import AudLanguage

/// Every stage and every keyword has a row, and the examples of the rows do what the rows say.
@Suite struct LanguageWordTests {
    @Test func aRowForEachStageAndNoOther() {
        #expect(LanguageWord.stages.map(\.word).sorted() == StageWord.allCases.map(\.rawValue).sorted())
        #expect(LanguageWord.stages.filter { !$0.isStage }.isEmpty)
    }

    @Test func aRowForEachKeyword() {
        let words = LanguageWord.keywords.map(\.word)
        #expect(Set(words).count == words.count)
        #expect(Set(words).isSuperset(of: Token.Kind.keywords.map(\.text)))
        #expect(Set(words).subtracting(Token.Kind.keywords.map(\.text)) == ["param", "asc", "desc", "on"])
    }

    @Test func aRowForEachOperatorAndType() {
        let words = Set((LanguageWord.operators + LanguageWord.keywords).map(\.word))
        #expect(words.isSuperset(of: InfixOperator.table.compactMap(\.token.text)))
        let types = Resolver.types.filter { Library.standard.index(of: $0) == nil && !words.contains($0) }
        #expect(Set(LanguageWord.types.map(\.word)).isSuperset(of: types))
    }

    @Test func aUsageBeginsWithOrHasItsWord() {
        for row in LanguageWord.stages { #expect(row.usage.hasPrefix(row.word)) }
        for row in LanguageWord.keywords {
            #expect(row.usage.split { !$0.isLetter }.contains { $0 == row.word }, "\(row.usage)")
        }
    }

    /// Verbs of later API versions are refused, as their rows say; everything else runs.
    @Test(arguments: LanguageWord.stages + LanguageWord.keywords + LanguageWord.types + LanguageWord.operators)
    func examplesAreRight(_ row: LanguageWord) {
        var runner = ScriptRunner(modules: Trial.module)
        runner.run(row.example.source)
        let errors = Trial.errors(in: runner.events)
        if row.summary.hasSuffix("(later API versions)") {
            #expect(errors == ["E0502"])
        } else {
            #expect(errors.isEmpty, "\(runner.events)")
        }
        #expect(row.example.source.contains(row.word))
        let shown = runner.events.filter { $0.hasPrefix("=> ") && $0 != "=> null" }
        if let result = row.example.result {
            #expect(shown == ["=> \(result)"])
        } else {
            #expect(runner.events.contains { $0.hasPrefix(">> ") || $0.hasPrefix("?? ") } || !errors.isEmpty)
        }
    }
}
