/// Puts the tokens and comments of a text in one row.
///
/// All of them are there and in their order, but for these: a `;` is left out, since statements end with their lines; a
/// comment behind a `|` comes to stand before it, since a `|` starts its line; and the `>=` of `list<int>= []` is two.
struct AtomList {
    private(set) var atoms: [Atom] = []
    private let source: [UInt8]
    private let shape: SourceShape
    /// The place of the last atom that is no comment.
    private var lastToken: Int?
    /// A `|` that waits for its stage.
    private var waitingPipe: Atom?
    /// Where the last token or comment ends, those left out included.
    private var end = 0
    private var newlines = 0
    private var hasSemicolon = false

    init(_ file: SourceFile, shape: SourceShape) {
        source = file.bytes
        self.shape = shape
        let lexer = Lexer.lex(file, fileIndex: 0)
        var comments = lexer.comments[...]
        for token in lexer.tokens {
            while let comment = comments.first, comment.start < token.start {
                comments.removeFirst()
                // What lies inside the token before is in an interpolation.
                if Int(comment.start) >= end { addComment(comment) }
            }
            switch token.kind {
            case .end: return
            case .semicolon:
                addSemicolon(token, isBeforeComment: comments.first.map { isNext($0, behind: token) } ?? false)
            default: addToken(token)
            }
        }
    }

    // MARK: Kinds

    private mutating func addComment(_ comment: Token) {
        passGap(to: comment)
        var bytes = comment.bytes
        while let last = source[bytes].last, last == 0x20 || last == 0x09 || last == 0x0D {
            bytes = bytes.lowerBound..<bytes.upperBound - 1
        }
        atoms.append(Atom(kind: comment.kind, role: .comment, bytes: bytes, newlines: newlines))
        newlines = 0
    }

    /// A `;` between a comment and what follows keeps the two apart, as a blank line does: a `##` comment explains what
    /// stands right below it. For the same reason the first token of a text stays what it is in front of a comment.
    private mutating func addSemicolon(_ token: Token, isBeforeComment: Bool) {
        passGap(to: token)
        hasSemicolon = true
        if lastToken == nil, isBeforeComment {
            var atom = Atom(kind: .semicolon, role: .plain, bytes: token.bytes, newlines: newlines)
            atom.startsStatement = true
            atoms.append(atom)
            lastToken = atoms.count - 1
            newlines = 0
        } else if atoms.last?.isComment == true {
            newlines = 2
        }
    }

    private mutating func addToken(_ token: Token) {
        passGap(to: token)
        var atom = Atom(kind: token.kind, role: .plain, bytes: token.bytes, newlines: newlines)
        atom.role = role(of: token)
        if token.kind == .pipe {
            waitingPipe = atom
            // What follows asks whether the `|` stood at the start or the end of a line.
            return
        }
        if var pipe = waitingPipe {
            pipe.role = .pipe(shape.pipelines[token.start] ?? 0)
            pipe.newlines = newlines
            waitingPipe = nil
            atoms.append(pipe)
            lastToken = atoms.count - 1
            atom.newlines = 0
        }
        let last = lastToken.map { atoms[$0] }
        atom.startsStatement = shape.statements.contains(token.start)
        atom.startsColumns = shape.columnStages.contains(token.start)
        atom.isType = shape.types.contains(token.start) || last?.isType == true && token.kind.continuesType
        atom.endsOperand = endsOperand(token)
        atom.isUnaryMinus = token.kind == .minus && (atom.startsStatement || last?.endsOperand != true)
        if hasSemicolon, token.kind == .regex, let lastToken, atoms[lastToken].endsOperand {
            atoms[lastToken].keepsSemicolon = true
        }
        hasSemicolon = false
        newlines = 0
        guard token.kind == .greaterOrEqual, atom.isType else {
            atoms.append(atom)
            lastToken = atoms.count - 1
            return
        }
        atom.kind = .greater
        atom.bytes = Int(token.start)..<Int(token.start) + 1
        atoms.append(atom)
        atoms.append(Atom(kind: .assign, role: .plain, bytes: Int(token.start) + 1..<Int(token.end), newlines: 0))
        lastToken = atoms.count - 1
    }

    private func role(of token: Token) -> Atom.Role {
        switch token.kind {
        case .leftBrace: shape.blocks[token.start].map { .blockStart(isHeaded: $0) } ?? .open
        case .rightBrace: shape.blockEnds.contains(token.start) ? .blockEnd : .close
        case .leftParen, .leftBracket: .open
        case .rightParen, .rightBracket: .close
        default: .plain
        }
    }

    /// Whether an operand may end with the token. A stage word asks for one, and behind a `.` any word is a field.
    private func endsOperand(_ token: Token) -> Bool {
        guard let lastToken else { return token.kind.endsOperand }
        let last = atoms[lastToken]
        if last.kind.isFieldDot { return true }
        guard token.kind == .name else { return token.kind.endsOperand }
        let word = String(decoding: source[token.bytes], as: UTF8.self)
        if case .pipe = last.role {
            guard let stage = StageWord(rawValue: word) else { return true }
            return stage == .enable || stage == .disable || stage == .remove
        }
        let isSecondWord = word == "by" || word == "most"
        return !(isSecondWord && last.kind == .name && !last.endsOperand)
    }

    // MARK: Gaps

    /// Counts the newlines up to a token or comment.
    private mutating func passGap(to token: Token) {
        for byte in source[end..<Int(token.start)] where byte == UInt8(ascii: "\n") { newlines = min(newlines + 1, 2) }
        end = Int(token.end)
    }

    private func isNext(_ comment: Token, behind token: Token) -> Bool {
        source[Int(token.end)..<Int(comment.start)].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
    }
}

extension Token.Kind {
    fileprivate var continuesType: Bool {
        switch self {
        case .less, .greater, .greaterOrEqual, .question: true
        default: false
        }
    }
}

extension Token {
    fileprivate var bytes: Range<Int> { Int(start)..<Int(end) }
}
