// The tokens of the text in the editor without its comments, with what one asks of them.
//
// Invariant: any place may be asked for; beyond the ends there is nothing (`nil`).

internal import AudLanguage

struct InputTokens: Sendable {
    let tokens: [Token]
    private let bytes: [UInt8]
    private let pairs: BracketPairs

    /// - Parameter tokens: those of `Lexer.tokensWhileTyping`, without comments.
    init(_ tokens: [Token], in bytes: [UInt8]) {
        self.tokens = tokens
        self.bytes = bytes
        pairs = BracketPairs(tokens, in: bytes)
    }

    var count: Int { tokens.count }

    func kind(_ place: Int) -> Token.Kind? { tokens.indices.contains(place) ? tokens[place].kind : nil }

    func word(_ place: Int) -> String {
        guard tokens.indices.contains(place) else { return "" }
        return String(decoding: bytes[Int(tokens[place].start)..<Int(tokens[place].end)], as: UTF8.self)
    }

    func firstByte(_ place: Int) -> UInt8 { bytes[Int(tokens[place].start)] }

    func startsLine(_ place: Int) -> Bool { tokens.indices.contains(place) && tokens[place].startsLine }

    func partner(of place: Int) -> Int? { pairs.partner(of: place) }

    /// Whether a closing bracket closes nothing.
    func isLone(_ place: Int) -> Bool { pairs.lone.contains(place) }

    /// Whether the token begins the code of an interpolation.
    func startsHole(_ place: Int) -> Bool { place > 0 && pairs.isHole(behind: place - 1) }

    /// Whether a `.` makes the token the name of a field.
    func isField(_ place: Int) -> Bool { kind(place - 1) == .dot || kind(place - 1) == .optionalDot }

    func startsStatement(_ place: Int) -> Bool {
        switch kind(place - 1) {
        case nil, .semicolon, .leftBrace: true
        default: startsLine(place)
        }
    }

    /// Whether `param` stands here as the word that declares one.
    func isParam(_ place: Int) -> Bool {
        kind(place + 1) == .name && !startsLine(place + 1) && startsStatement(place) && word(place) == "param"
    }

    /// The bracket that a cursor is on or right behind, as a person sees it.
    func bracket(at cursor: Int) -> Int? {
        // The first token that reaches behind the cursor.
        var low = 0
        var high = tokens.count
        while low < high {
            let middle = (low + high) / 2
            if Int(tokens[middle].end) <= cursor { low = middle + 1 } else { high = middle }
        }
        if low < tokens.count, Int(tokens[low].start) == cursor, tokens[low].kind.isBracket { return low }
        if low > 0, Int(tokens[low - 1].end) == cursor, tokens[low - 1].kind.isBracket { return low - 1 }
        return nil
    }
}
