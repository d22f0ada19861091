/// The parser: tokens to statements, by recursive descent, with one table for the infix operators.
///
/// A statement that cannot be read costs one message and is left out; the next one is read as if nothing had happened
/// (`Parser+Recovery`). Three rules hold everywhere:
/// - A newline ends a statement only where one may end. Where the grammar asks for more it is skipped, so a prompt may
///   go on with another line whenever a text is incomplete.
/// - Whether a text is complete depends on the first failure alone: at the end of the text, more may come. A rule that
///   is broken in a statement that can be read (`report`) never makes a text incomplete.
/// - Nothing nests deeper than `maximumNesting`, and no tree is higher than that and `maximumChain` together, so that
///   neither this parser nor a later pass runs out of stack.
///
/// It is a class for that reason too: 200 nested parentheses take 0.4 MB of stack (2 MB in a debug build); as a struct,
/// copied in parts by each of the nested calls, it took 0.7 and 5.
package final class Parser {
    /// The deepest nesting of brackets, blocks, prefix operators and interpolations.
    static let maximumNesting = 200
    /// The most operators in a row in one expression: `a + b + …` is a tree as high as it is long.
    static let maximumChain = 500
    /// The most errors reported of one text.
    static let maximumErrors = 20

    let file: SourceFile
    let fileIndex: UInt16
    let mode: SourceMode
    let literals: [Literal]
    let comments: [Token]
    var tokens: [Token]
    var index = 0
    var context = Context()
    /// The brackets that are open, outermost first.
    var open: [Token] = []
    /// The first token of the statement being read.
    var statementStart = 0
    /// Whether a statement other than `use` and `param` has been read at the top level.
    var hasBegun = false
    var log: SyntaxLog
    /// As it was before the current statement of the top level.
    var logBefore: SyntaxLog
    /// The texts of the statements that could not be read.
    var lost: [Range<UInt32>] = []
    /// The statements of blocks that are not closed, and the brace of the block that failed last.
    var unfinished: [Statement] = []
    var unfinishedBrace: Token?

    /// What an inner construct changes and a failure must put back.
    struct Context {
        /// Whether a newline ends a statement here: not inside brackets.
        var newlineEnds = true
        /// Whether a `{` may start a record here: not in the header of a block.
        var allowsRecord = true
        var isInBlock = false
        var depth = 0
        /// How high the tree of the expression being read is, at most.
        var height = 0
    }

    /// Reads a whole text. It always ends, and needs time and memory in proportion to the text.
    ///
    /// A saved plan is refused here, where every text passes: its lines are sent as they stand, and never evaluated.
    package static func parse(_ file: SourceFile, fileIndex: UInt16, mode: SourceMode) -> ParseResult {
        parse(Lexer.lex(file, fileIndex: fileIndex), of: file, fileIndex: fileIndex, mode: mode)
    }

    /// The same of a text whose tokens were read already.
    package static func parse(
        _ lexer: Lexer, of file: SourceFile, fileIndex: UInt16, mode: SourceMode
    ) -> ParseResult {
        if file.isPlan { return .plan(file, fileIndex: fileIndex) }
        let parser = Parser(lexer, of: file, fileIndex: fileIndex, mode: mode)
        let statements = parser.statements()
        return ParseResult(
            statements: statements, diagnostics: parser.log.sorted(limit: maximumErrors),
            completeness: parser.log.completeness, help: parser.headComment(), lost: parser.lostText())
    }

    private init(_ lexer: Lexer, of file: SourceFile, fileIndex: UInt16, mode: SourceMode) {
        self.file = file
        self.fileIndex = fileIndex
        self.mode = mode
        literals = lexer.literals
        comments = lexer.comments
        tokens = lexer.tokens
        log = SyntaxLog(lexical: lexer.diagnostics, file: file)
        logBefore = log
    }

    // MARK: Tokens

    var token: Token { tokens[index] }

    /// The token behind the current one; the last token has itself.
    var next: Token { tokens[min(index + 1, tokens.count - 1)] }

    /// Whether the token behind the current one goes on with this line, where lines count.
    var isNextOnLine: Bool { !(next.startsLine && context.newlineEnds) }

    @discardableResult
    func advance() -> Token {
        let current = tokens[index]
        if index + 1 < tokens.count { index += 1 }
        return current
    }

    /// Whether the statement may end before the current token, because that starts a line and does not go on with the
    /// one above.
    var isAtLineEnd: Bool {
        token.startsLine && context.newlineEnds && index > statementStart && !continuesLine(token.kind)
    }

    /// Whether a line that starts like this goes on with the line above. At a prompt that line has been run already,
    /// unless a block is open; there only `|` goes on, with its value.
    private func continuesLine(_ kind: Token.Kind) -> Bool {
        switch kind {
        case .pipe: true
        case .and, .or, .then, .else, .catch, .coalesce, .optionalDot: mode == .file || context.isInBlock
        default: false
        }
    }

    /// Takes the token if it is there, on this line.
    func accept(_ kind: Token.Kind) -> Bool {
        guard token.kind == kind, !isAtLineEnd else { return false }
        advance()
        return true
    }

    /// Takes a word that is reserved only in its place.
    func accept(word: String) -> Bool {
        guard token.kind == .name, !isAtLineEnd, text(token) == word else { return false }
        advance()
        return true
    }

    /// Takes a token that must be there, on this line or the next.
    @discardableResult
    func expect(_ kind: Token.Kind, _ expected: String? = nil) throws(SyntaxFailure) -> Token {
        guard token.kind == kind else { throw unexpected(expected ?? "`\(kind.text ?? "")`") }
        return advance()
    }

    func name(_ expected: String) throws(SyntaxFailure) -> Identifier {
        guard token.kind == .name else { throw unexpected(expected) }
        return identifier(advance())
    }

    /// A name, or any keyword: behind a `.` and before a `:` nothing is reserved.
    func fieldName(_ expected: String) throws(SyntaxFailure) -> Identifier {
        guard token.kind == .name || token.kind.isKeyword else { throw unexpected(expected) }
        return identifier(advance())
    }

    /// Whether `label:` starts here. At the end of a text a keyword that starts no operand can only be a label.
    var isAtLabel: Bool {
        guard token.kind == .name || token.kind.isKeyword else { return false }
        if next.kind == .colon { return isNextOnLine || !token.kind.endsOperand }
        return next.kind == .end && token.kind.isKeyword && !token.kind.startsOperand
    }

    func text(_ token: Token) -> String {
        String(decoding: file.bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
    }

    func identifier(_ token: Token) -> Identifier { Identifier(text(token), span(token)) }

    // MARK: Spans

    func span(_ token: Token) -> Span { Span(file: fileIndex, start: token.start, end: token.end) }

    /// From a token's start to the end of the token before the current one.
    func span(from start: Token) -> Span {
        Span(file: fileIndex, start: start.start, end: max(start.start, previousEnd))
    }

    var previousEnd: UInt32 { index > 0 ? tokens[index - 1].end : token.start }

    // MARK: Nesting

    func enter() throws(SyntaxFailure) {
        guard context.depth <= Self.maximumNesting else {
            throw fail(
                .nestingTooDeep, "the program nests more than \(Self.maximumNesting) levels deep", at: span(token),
                help: "name the inner parts with `let`, or move them to functions")
        }
        context.depth += 1
    }

    func leave() { context.depth -= 1 }

    /// Counts an operator that makes the tree of the current expression higher.
    func link() throws(SyntaxFailure) {
        context.height += 1
        guard context.height <= Self.maximumChain else {
            throw fail(
                .nestingTooDeep, "this expression has more than \(Self.maximumChain) operators", at: span(token),
                help: "name its parts with `let`; many `or` on one value are a list: `x in [1, 2, 3]`")
        }
    }

    /// Reads what stands in brackets: newlines mean nothing there, and a `{` may start a record.
    func bracketed<T>(
        _ closing: Token.Kind, _ body: () throws(SyntaxFailure) -> T
    ) throws(SyntaxFailure) -> T {
        let outer = (context.newlineEnds, context.allowsRecord)
        open.append(advance())
        (context.newlineEnds, context.allowsRecord) = (false, true)
        let result = try body()
        try expect(closing)
        (context.newlineEnds, context.allowsRecord) = outer
        open.removeLast()
        return result
    }

    /// Reads items between commas up to the closing bracket; a comma may stand behind the last.
    func items<T>(
        _ closing: Token.Kind, _ item: () throws(SyntaxFailure) -> T
    ) throws(SyntaxFailure) -> [T] {
        try bracketed(closing) { () throws(SyntaxFailure) in
            var result: [T] = []
            while token.kind != closing {
                result.append(try item())
                if token.kind == closing { break }
                try expect(.comma, "`,` or `\(closing.text ?? "")`")
            }
            return result
        }
    }
}
