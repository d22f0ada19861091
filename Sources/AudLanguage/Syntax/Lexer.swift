/// The lexer: bytes to tokens, in one pass and without a look at the grammar.
///
/// It never fails. What it cannot read becomes a `.bad` token with a diagnostic beside it, and a string with its
/// interpolations is one token that holds the tokens of each interpolation. Newlines are not tokens: a token says
/// whether it starts a line, and the parser, which knows what is open, decides what that means.
///
/// The one choice that needs context is `/`: a regex starts only where an operand may start, which the tokens before
/// it tell. Everything else is decided by the next three bytes at most.
package struct Lexer {
    package let bytes: [UInt8]
    let file: UInt16
    var position = 0
    var tokens: [Token] = []
    var literals: [Literal] = []
    var comments: [Token] = []
    var diagnostics: [Diagnostic] = []
    /// The innermost string whose interpolation is being read.
    var hole: Hole?
    var holeDepth = 0
    var isTooDeep = false
    /// Whether a newline was skipped since the last token.
    var startsLine = true
    private let operators = Self.operatorTable

    /// An interpolation may hold newlines and comments only in a `"""` string.
    enum Hole { case oneLine, multiLine }

    init(_ file: SourceFile, fileIndex: UInt16) {
        bytes = file.bytes
        self.file = fileIndex
        tokens.reserveCapacity(bytes.count / 4)
    }

    /// Reads a whole text.
    package static func lex(_ file: SourceFile, fileIndex: UInt16) -> Lexer {
        var lexer = Lexer(file, fileIndex: fileIndex)
        lexer.checkUTF8()
        lexer.skipShebang()
        lexer.readTokens()
        lexer.diagnostics.sort { ($0.span?.start ?? 0) < ($1.span?.start ?? 0) }
        return lexer
    }

    /// The tokens of a text with its comments, in the order in which they stand, for colouring. A string that holds
    /// interpolations is given as its parts, with what stands in the interpolations between them.
    package static func tokens(in file: SourceFile) -> [Token] {
        lex(file, fileIndex: 0).tokensWithComments()
    }

    /// The same of a text that was read already.
    package func tokensWithComments() -> [Token] {
        var result: [Token] = comments
        for token in tokens { append(token, to: &result) }
        result.sort { $0.start < $1.start }
        // Comments may stand between the `{` of an interpolation and its first token, up to which the part reaches.
        for place in result.indices.dropFirst() {
            result[place - 1].end = min(result[place - 1].end, result[place].start)
        }
        return result
    }

    private func append(_ token: Token, to result: inout [Token]) {
        guard token.literal >= 0, case .string(let pieces) = literals[Int(token.literal)] else {
            return result.append(token)
        }
        var part = token
        for case .hole(let inner) in pieces {
            guard let first = inner.first, let last = inner.last else { continue }
            part.end = first.start
            if part.start < part.end { result.append(part) }
            for token in inner.dropLast() { append(token, to: &result) }
            part.start = last.start
        }
        part.end = token.end
        result.append(part)
    }

    /// Reads tokens up to the end of the text or of the interpolation, and says whether that end is there.
    @discardableResult
    mutating func readTokens() -> Bool {
        var braces = 0
        while true {
            let isOnOneLine = skipBlanks()
            if hole == .oneLine, !isOnOneLine { return false }
            guard position < bytes.count else {
                if hole == nil { add(.end, from: position) }
                return hole == nil
            }
            let byte = bytes[position]
            if hole != nil {
                if byte == UInt8(ascii: "{") {
                    braces += 1
                } else if byte == UInt8(ascii: "}") {
                    if braces == 0 {
                        position += 1
                        add(.endOfHole, from: position - 1)
                        return true
                    }
                    braces -= 1
                }
            }
            readToken(byte)
        }
    }

    private mutating func readToken(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            readWord()
        case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
        case UInt8(ascii: "\""): readString()
        case UInt8(ascii: "'"): readRawString()
        case UInt8(ascii: "@"): readDate()
        case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipForeignComment()
        case UInt8(ascii: "/") where peek(1) != UInt8(ascii: "/") && operandMayStart: readRegex()
        default: if !readOperator(byte) { readUnexpected() }
        }
    }

    // MARK: Blanks

    /// Skips blanks, newlines and comments. In a one-line interpolation it stops at a newline or comment and says so.
    private mutating func skipBlanks() -> Bool {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
            case UInt8(ascii: "\n"):
                if hole == .oneLine { return false }
                startsLine = true
                position += 1
            case UInt8(ascii: "#"):
                if hole == .oneLine { return false }
                let start = position
                let isDoc = peek(1) == UInt8(ascii: "#")
                skipLine()
                comments.append(token(isDoc ? .docComment : .comment, from: start))
            default: return true
            }
        }
        return true
    }

    mutating func skipLine() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    }

    private mutating func skipShebang() {
        guard starts(with: "#!") else { return }
        let start = position
        skipLine()
        comments.append(token(.comment, from: start))
    }

    /// `/* … */` is read as the comment that was meant, so that it costs one message.
    private mutating func skipForeignComment() {
        let start = position
        position += 2
        while position < bytes.count, !starts(with: "*/") {
            if bytes[position] == UInt8(ascii: "\n") {
                if hole == .oneLine { break }
                startsLine = true
            }
            position += 1
        }
        if starts(with: "*/") { position += 2 }
        report(
            .foreignOperator, "`/*` does not start a comment", from: start, to: start + 2,
            help: "a comment starts with `#` and ends with its line")
    }

    // MARK: Words and operators

    private mutating func readWord() {
        let start = position
        var packed: UInt64 = 0
        while position < bytes.count, bytes[position].isWordByte {
            packed = packed << 8 | UInt64(bytes[position])
            position += 1
        }
        let isShort = position - start <= 8
        add(isShort ? Self.keywordTable[packed] ?? .name : .name, from: start)
    }

    private mutating func readOperator(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        for candidate in operators[Int(byte)] where starts(with: candidate.text) {
            let start = position
            position += candidate.text.utf8.count
            add(candidate.kind, from: start)
            return true
        }
        return false
    }

    /// Whether an operand, and so a regex, may start here.
    private var operandMayStart: Bool {
        guard let last = tokens.last else { return true }
        if last.kind == .name { return isStageWord(tokens.count - 1) }
        if last.kind.isKeyword, tokens.count > 1, tokens[tokens.count - 2].kind.isFieldDot { return false }
        return !last.kind.endsOperand
    }

    /// Whether the name is a stage word in its place: behind a `|`, or the second word of `sort by` and the like.
    private func isStageWord(_ index: Int) -> Bool {
        guard index > 0, tokens[index].kind == .name else { return false }
        let token = tokens[index]
        let text = String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
        if text == "by" || text == "most" { return isStageWord(index - 1) }
        return tokens[index - 1].kind == .pipe && StageWord(rawValue: text) != nil
    }

    // MARK: Tokens

    func token(_ kind: Token.Kind, from start: Int) -> Token {
        Token(kind: kind, startsLine: startsLine, start: UInt32(start), end: UInt32(position))
    }

    mutating func add(_ kind: Token.Kind, from start: Int) {
        tokens.append(token(kind, from: start))
        startsLine = false
    }

    mutating func add(_ kind: Token.Kind, _ literal: Literal, from start: Int) {
        var token = token(kind, from: start)
        token.literal = Int32(literals.count)
        literals.append(literal)
        tokens.append(token)
        startsLine = false
    }

    mutating func addBad(_ code: Code, _ message: String, from start: Int, label: String? = nil, help: String? = nil) {
        report(code, message, from: start, to: position, label: label, help: help)
        add(.bad, from: start)
    }

    mutating func report(
        _ code: Code, _ message: String, from start: Int, to end: Int, label: String? = nil, help: String? = nil
    ) {
        let span = Span(file: file, start: UInt32(start), end: UInt32(end))
        diagnostics.append(Diagnostic(code, message, at: span, label: label, help: help))
    }

    // MARK: Bytes

    /// The byte some places ahead; 0 beyond the end.
    func peek(_ offset: Int = 0) -> UInt8 {
        position + offset < bytes.count ? bytes[position + offset] : 0
    }

    func starts(with text: String) -> Bool {
        var place = position
        for byte in text.utf8 {
            guard place < bytes.count, bytes[place] == byte else { return false }
            place += 1
        }
        return true
    }

    // MARK: Tables

    /// Keywords by their bytes, packed into one word: none is longer than eight.
    private static let keywordTable: [UInt64: Token.Kind] = {
        var table: [UInt64: Token.Kind] = [:]
        for (text, kind) in Token.Kind.keywords {
            table[text.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = kind
        }
        return table
    }()

    /// Operators by their first byte, the longest first.
    private static let operatorTable: [[(text: String, kind: Token.Kind)]] = {
        var table = [[(text: String, kind: Token.Kind)]](repeating: [], count: 128)
        let all = Token.Kind.punctuation + ForeignSyntax.operators.keys.map { ($0, .foreign) }
        for row in all.sorted(by: { $0.text.utf8.count > $1.text.utf8.count }) {
            if let first = row.text.utf8.first { table[Int(first)].append(row) }
        }
        return table
    }()
}

extension UInt8 {
    /// A letter, a digit or `_`: what a name may hold behind its first letter.
    var isWordByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        default: isDigit
        }
    }

    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
