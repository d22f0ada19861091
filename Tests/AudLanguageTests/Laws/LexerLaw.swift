import AudLanguage

/// The tokens that colouring and the parser work with: nothing is lost, doubled or outside of the text.
enum LexerLaw {
    static func broken(by file: SourceFile) -> String? {
        if let problem = brokenWhileTyping(file) { return problem }
        let tokens = Lexer.tokens(in: file)
        guard tokens.last?.kind == .end else { return "the last token is no end" }
        var end: UInt32 = 0
        for token in tokens {
            guard token.start >= end, token.end >= token.start, Int(token.end) <= file.bytes.count else {
                return "\(token) does not follow \(end)"
            }
            let between = file.bytes[Int(end)..<Int(token.start)]
            guard between.allSatisfy(isBlank) || isLeftOut(between, at: end) else {
                return "\(String(decoding: between, as: UTF8.self)) before \(token) is in no token"
            }
            end = token.end
        }
        return nil
    }

    /// The text may end in the middle of anything: what its tokens cover is in it and in order.
    private static func brokenWhileTyping(_ file: SourceFile) -> String? {
        var end: UInt32 = 0
        for token in Lexer.lex(file, fileIndex: 0).tokensWhileTyping() {
            guard token.start >= end, token.end > token.start, Int(token.end) <= file.bytes.count else {
                return "while typing, \(token) does not follow \(end)"
            }
            end = token.end
        }
        return nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// A first line `#!…` is no token. What `/* … */` holds, and what is marked as UTF-16, is not read after the message
    /// about it.
    private static func isLeftOut(_ bytes: ArraySlice<UInt8>, at start: UInt32) -> Bool {
        let text = bytes.drop(while: isBlank)
        let isUTF16 = bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE])
        return start == 0 && (isUTF16 || text.starts(with: "#!".utf8)) || text.starts(with: "/*".utf8)
    }
}
