/// Tokens of a text that is still being typed.
extension Lexer {
    /// The tokens with comments, as `tokensWithComments` gives them, without the one for the end. A string that is open
    /// at the end of the text is read as if it ended there, so that what is typed in its interpolations has tokens too.
    package func tokensWhileTyping() -> [Token] {
        var result = tokensWithComments().filter { $0.kind != .end }
        guard let last = result.last, Int(last.end) == bytes.count, let string = stringAtEnd(last) else {
            return result
        }
        result.removeLast()
        return result + string
    }

    /// The parts of the open string that the text ends with; nil when it ends with something else.
    private func stringAtEnd(_ token: Token) -> [Token]? {
        guard token.kind == .bad || token.kind == .openString else { return nil }
        let text = bytes[Int(token.start)...]
        guard text.first == UInt8(ascii: "\"") else { return nil }
        let quote = token.kind == .openString ? "\"\"\"" : "\""
        // In the string itself, in an interpolation, and in a string in an interpolation.
        for end in [quote, "}" + quote, "\"}" + quote] {
            let lexer = Lexer.lex(SourceFile(name: "", bytes: text + Array(end.utf8)), fileIndex: 0)
            guard let first = lexer.tokens.first, first.kind == .string, Int(first.end) >= text.count else { continue }
            return lexer.tokensWithComments().compactMap { part in
                guard part.kind != .end, Int(part.start) < text.count else { return nil }
                var moved = part
                moved.start += token.start
                moved.end = min(part.end, UInt32(text.count)) + token.start
                moved.startsLine = part.start == 0 ? token.startsLine : part.startsLine
                return moved
            }
        }
        return nil
    }
}
