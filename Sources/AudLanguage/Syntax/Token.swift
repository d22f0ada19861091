/// A token: what kind, and which bytes. It owns no text, so that reading tokens allocates nothing but literals.
package struct Token: Sendable {
    package var kind: Kind
    /// Whether a newline stands between it and the token before.
    package var startsLine: Bool
    package var start: UInt32
    package var end: UInt32
    /// The place of its value among the literals; -1 for tokens that are not literals.
    package var literal: Int32 = -1

    package enum Kind: UInt8, Sendable, CaseIterable {
        /// Only for colouring: the parser does not see them.
        case comment, docComment
        /// After the last token of a text.
        case end
        /// The `}` of an interpolation.
        case endOfHole
        /// Something that the lexer has reported.
        case bad
        /// A `"""` that is not closed: another line may close it.
        case openString
        /// An operator of other languages, such as `&&`.
        case foreign

        case name, int, float, duration, date, string, regex

        case `let`, `var`, fn, `if`, then, `else`, `for`, `while`, `in`, `break`, `continue`, `return`, `try`, `catch`
        case fail, and, or, not, `true`, `false`, null, use, `as`, it

        case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace
        case comma, semicolon, colon, question, dot, optionalDot, spread, arrow, pipe
        case assign, addAssign, subtractAssign, multiplyAssign, divideAssign
        case plus, minus, star, slash, floorDivide, percent
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, matches, notMatches
        case coalesce, range, halfOpenRange
    }
}

/// The value of a literal token.
package enum Literal: Sendable {
    /// The magnitude: at most 2^63, which is in range only behind a minus.
    case int(UInt64)
    case float(Double)
    /// Microseconds.
    case duration(Int64)
    /// Microseconds since 1970-01-01T00:00Z.
    case date(Int64)
    case string([Piece])
    case regex(pattern: String, flags: String)

    /// Text with its escapes decoded, or the tokens of an interpolation with an `.endOfHole` behind them.
    package enum Piece: Sendable {
        case text(String)
        case hole([Token])
    }
}

extension Token.Kind {
    static let keywords: [(text: String, kind: Token.Kind)] = [
        ("let", .let), ("var", .var), ("fn", .fn), ("if", .if), ("then", .then), ("else", .else), ("for", .for),
        ("while", .while), ("in", .in), ("break", .break), ("continue", .continue), ("return", .return), ("try", .try),
        ("catch", .catch), ("fail", .fail), ("and", .and), ("or", .or), ("not", .not), ("true", .true),
        ("false", .false), ("null", .null), ("use", .use), ("as", .as), ("it", .it),
    ]

    static let punctuation: [(text: String, kind: Token.Kind)] = [
        ("(", .leftParen), (")", .rightParen), ("[", .leftBracket), ("]", .rightBracket), ("{", .leftBrace),
        ("}", .rightBrace), (",", .comma), (";", .semicolon), (":", .colon), ("?", .question), (".", .dot),
        ("?.", .optionalDot), ("...", .spread), ("=>", .arrow), ("|", .pipe), ("=", .assign), ("+=", .addAssign),
        ("-=", .subtractAssign), ("*=", .multiplyAssign), ("/=", .divideAssign), ("+", .plus), ("-", .minus),
        ("*", .star), ("/", .slash), ("//", .floorDivide), ("%", .percent), ("==", .equal), ("!=", .notEqual),
        ("<", .less), ("<=", .lessOrEqual), (">", .greater), (">=", .greaterOrEqual), ("~", .matches),
        ("!~", .notMatches), ("??", .coalesce), ("..", .range), ("..<", .halfOpenRange),
    ]

    /// The text of a keyword or an operator; nil for tokens that differ in text.
    package var text: String? { Self.texts[Int(rawValue)] }

    private static let texts: [String?] = {
        var texts = [String?](repeating: nil, count: Token.Kind.allCases.count)
        for (text, kind) in keywords + punctuation { texts[Int(kind.rawValue)] = text }
        return texts
    }()

    package var isKeyword: Bool { rawValue >= Token.Kind.let.rawValue && rawValue <= Token.Kind.it.rawValue }

    var isNumber: Bool { self == .int || self == .float || self == .duration || self == .date }

    /// Whether a token of this kind may be the last of an operand, so that a `/` behind it divides.
    package var endsOperand: Bool {
        switch self {
        case .name, .int, .float, .duration, .date, .string, .openString, .regex, .bad, .true, .false, .null, .it,
            .rightParen, .rightBracket, .rightBrace:
            true
        default: false
        }
    }

    /// Whether it compares what stands on both its sides.
    var isComparison: Bool {
        switch self {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .matches, .notMatches, .in: true
        default: false
        }
    }

    /// Whether a token of this kind may be the first of an operand.
    var startsOperand: Bool {
        switch self {
        case .name, .int, .float, .duration, .date, .string, .openString, .regex, .bad, .true, .false, .null, .it,
            .leftParen, .leftBracket, .leftBrace, .dot, .minus, .not, .if, .try:
            true
        default: false
        }
    }
}
