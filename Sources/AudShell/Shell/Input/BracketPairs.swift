// Which bracket belongs to which. Pure, one pass.
//
// Invariant: brackets in strings, regexes and comments are no tokens and so take no part; the code in an interpolation is
// paired by itself, so that what is open in it does not reach over its end.

internal import AudLanguage

struct BracketPairs: Sendable {
    /// For each token the place of the bracket that closes or opens it; -1 for others.
    private var partners: [Int32]
    /// Whether the token is the part of a string that ends with the `{` of an interpolation.
    private var opensHole: [Bool]
    /// Closing brackets that close nothing.
    private(set) var lone: Set<Int> = []

    init(_ tokens: [Token], in bytes: [UInt8]) {
        partners = Array(repeating: -1, count: tokens.count)
        opensHole = Array(repeating: false, count: tokens.count)
        /// Places of open brackets; nil where an interpolation begins.
        var open: [Int?] = []
        for (place, token) in tokens.enumerated() {
            switch token.kind {
            case .leftParen, .leftBracket, .leftBrace: open.append(place)
            case .rightParen, .rightBracket, .rightBrace: close(place, tokens, &open)
            case .string:
                if bytes[Int(token.start)] == UInt8(ascii: "}") {
                    while let last = open.popLast(), last != nil {}
                }
                if Self.endsWithHole(token, in: bytes) {
                    opensHole[place] = true
                    open.append(nil)
                }
            default: break
            }
        }
    }

    func partner(of place: Int) -> Int? { partners[place] < 0 ? nil : Int(partners[place]) }

    /// Whether what follows the token is the first of an interpolation.
    func isHole(behind place: Int) -> Bool { opensHole[place] }

    private mutating func close(_ place: Int, _ tokens: [Token], _ open: inout [Int?]) {
        guard let top = open.last, let opener = top, tokens[opener].kind.closer == tokens[place].kind else {
            lone.insert(place)
            return
        }
        open.removeLast()
        partners[place] = Int32(opener)
        partners[opener] = Int32(place)
    }

    /// A whole string ends with its quote; a part before an interpolation with a `{` and the blanks behind it.
    private static func endsWithHole(_ token: Token, in bytes: [UInt8]) -> Bool {
        let text = bytes[Int(token.start)..<Int(token.end)]
        guard text.count > 1 else { return false }
        return text.last { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } == UInt8(ascii: "{")
    }
}

extension Token.Kind {
    /// The bracket that closes this one; nil for what is no opening bracket.
    var closer: Token.Kind? {
        switch self {
        case .leftParen: .rightParen
        case .leftBracket: .rightBracket
        case .leftBrace: .rightBrace
        default: nil
        }
    }

    var isBracket: Bool {
        switch self {
        case .leftParen, .leftBracket, .leftBrace, .rightParen, .rightBracket, .rightBrace: true
        default: false
        }
    }
}
