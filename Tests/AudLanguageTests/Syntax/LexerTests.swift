import Testing

@testable import AudLanguage

/// Tokens as an editor colours them.
@Suite struct LexerTests {
    private func tokens(_ text: String) -> [String] {
        let file = SourceFile(name: "t", text: text)
        return Lexer.tokens(in: file).filter { $0.kind != .end }.map {
            "\($0.kind) \(String(decoding: file.bytes[Int($0.start)..<Int($0.end)], as: UTF8.self))"
        }
    }

    @Test func commentsAndKeywordsAreTokens() {
        #expect(
            tokens("#!aud\nlet x = 90d # why\n## Doc\nnot_a_keyword") == [
                "comment #!aud", "let let", "name x", "assign =", "duration 90d", "comment # why", "docComment ## Doc",
                "name not_a_keyword",
            ])
    }

    @Test func aStringIsGivenAsItsParts() {
        #expect(
            tokens(#""a {x + "b{y}"} c""#) == [
                #"string "a {"#, "name x", "plus +", #"string "b{"#, "name y", #"string }""#, #"string } c""#,
            ])
        #expect(tokens("'raw {x}'") == ["string 'raw {x}'"])
    }

    @Test func anUnfinishedTextHasTokensToo() {
        #expect(tokens("x ~ /ab") == ["name x", "matches ~", "bad /ab"])
        #expect(tokens("print(\"ab") == ["name print", "leftParen (", "bad \"ab"])
        #expect(tokens("\"\"\"ab\nc") == ["openString \"\"\"ab\nc"])
        #expect(tokens("a && é") == ["name a", "foreign &&", "bad é"])
    }

    @Test func everyKeywordAndOperatorIsReadAsItself() {
        for (text, kind) in Token.Kind.keywords + Token.Kind.punctuation {
            let lexer = Lexer.lex(SourceFile(name: "t", text: "x \(text)"), fileIndex: 0)
            #expect(lexer.tokens.map(\.kind) == [.name, kind, .end])
        }
    }
}
