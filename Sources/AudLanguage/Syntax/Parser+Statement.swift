/// Statements and blocks.
extension Parser {
    /// Reads the statements of the text.
    func statements() -> [Statement] {
        var result: [Statement] = []
        while token.kind != .end {
            if let statement = nextStatement() { result.append(statement) }
            // What is in a block without an end is looked at as if it stood by itself: one brace hides nothing behind it.
            result += unfinished
            unfinished = []
        }
        return result
    }

    /// What to say where a block should begin: other languages take a `:` there, or one statement without braces.
    private var helpForBlock: String? {
        switch token.kind {
        case .colon: return "write `{ … }` and no `:`"
        case .return, .break, .continue, .fail: return "one statement needs braces too: `{ \(text(token)) … }`"
        case .name where next.kind == .leftParen:
            let word = text(token)
            let isCalled = Library.standard.index(of: text(tokens[index - 1])) != nil
            return isCalled || ForeignSyntax.infixes[word] != nil
                ? nil : "one statement needs braces too: `{ \(word)(…) }`"
        default: return nil
        }
    }

    /// Reads `{ … }`.
    func block() throws(SyntaxFailure) -> Block {
        guard token.kind == .leftBrace else {
            throw unexpected("a block in `{ }`", help: helpForBlock)
        }
        try enter()
        let outer = (context, statementStart)
        let start = advance()
        open.append(start)
        context.newlineEnds = true
        context.allowsRecord = true
        context.isInBlock = true
        context.height = 0
        var statements: [Statement] = []
        let errors = log.count
        while token.kind != .rightBrace {
            guard token.kind != .end, token.kind != .endOfHole else {
                if token.kind == .end, mode == .file {
                    unfinished = statements + unfinished
                    unfinishedBrace = start
                }
                if log.count > errors { throw SyntaxFailure(nil, isAtEnd: token.kind == .end) }
                guard token.kind == .end, mode == .file else { throw unexpected("`}`") }
                throw fail(
                    .unexpectedToken, "this `{` is not closed", at: span(start), notes: ["the text ends before its `}`"]
                )
            }
            if let statement = nextStatement() {
                checkIsUsed(statement)
                statements.append(statement)
            }
        }
        advance()
        open.removeLast()
        let height = context.height
        (context, statementStart) = outer
        context.height = max(context.height, height)
        leave()
        return Block(statements, span(from: start))
    }

    /// Reads one statement and its end; nil when there is none or it fails, which is then reported.
    private func nextStatement() -> Statement? {
        if token.kind == .semicolon {
            advance()
            return nil
        }
        let (start, outer, openBefore) = (index, context, open.count)
        statementStart = start
        if !context.isInBlock { logBefore = log }
        do throws(SyntaxFailure) {
            let statement = try statement()
            checkPlace(of: statement)
            try endStatement()
            return statement
        } catch {
            context = outer
            if error.isAtEnd, mode == .file, !context.isInBlock, let unclosed = unclosedBlock(from: start) {
                goOn(behind: unclosed, start: start, openBefore: openBefore)
            } else {
                recover(from: error, start: start, openBefore: openBefore)
            }
            return nil
        }
    }

    private func endStatement() throws(SyntaxFailure) {
        switch token.kind {
        case .end, .semicolon: return
        case .rightBrace where context.isInBlock: return
        case _ where token.startsLine: return
        default: throw unexpectedEnd()
        }
    }

    private func statement() throws(SyntaxFailure) -> Statement {
        let start = token
        let kind = try statementKind()
        return Statement(kind, span(from: start))
    }

    private func statementKind() throws(SyntaxFailure) -> Statement.Kind {
        switch token.kind {
        case .use: return try use()
        case .fn: return try function()
        case .let: return try letStatement()
        case .var: return try varStatement()
        case .for: return try forStatement()
        case .while: return try whileStatement()
        case .if: return try ifStatement()
        case .try where next.kind == .leftBrace: return try tryStatement()
        case .return:
            advance()
            return .return(isAtStatementEnd ? nil : try pipeline())
        case .break:
            advance()
            return .break
        case .continue:
            advance()
            return .continue
        case .fail:
            advance()
            return .fail(try expression())
        case .pipe: return try resume()
        case .name where isAssignment(next.kind) && isNextOnLine: return try assignment()
        case .name where next.kind == .name && isNextOnLine && text(token) == "param": return try param()
        case .else, .then, .catch, .and, .or, .coalesce, .optionalDot, .rightBrace, .rightParen, .rightBracket:
            throw misplacedStart()
        default: return .expression(try pipeline())
        }
    }

    /// Whether nothing more stands in this statement.
    private var isAtStatementEnd: Bool {
        token.kind == .end || token.kind == .semicolon || token.kind == .rightBrace || isAtLineEnd
    }

    // MARK: Bindings

    private func letStatement() throws(SyntaxFailure) -> Statement.Kind {
        advance()
        let pattern = try pattern("a name or `{name, …}`")
        guard token.kind == .assign else {
            let isTyped = token.kind == .colon && next.kind != .assign
            throw unexpected("`=`", help: isTyped ? "types are written only on parameters" : nil)
        }
        advance()
        return .let(pattern, try pipeline())
    }

    private func varStatement() throws(SyntaxFailure) -> Statement.Kind {
        advance()
        let name = try name("a name")
        try expect(.assign)
        return .var(name, try pipeline())
    }

    func isAssignment(_ kind: Token.Kind) -> Bool {
        kind == .assign || Self.assignments[kind] != nil
    }

    private static let assignments: [Token.Kind: BinaryOperator] = [
        .addAssign: .add, .subtractAssign: .subtract, .multiplyAssign: .multiply, .divideAssign: .divide,
    ]

    private func assignment() throws(SyntaxFailure) -> Statement.Kind {
        let name = identifier(advance())
        let operation = Self.assignments[advance().kind]
        return .assign(name, operation, try pipeline())
    }

    /// `name`, or `{name, name}`.
    func pattern(_ expected: String) throws(SyntaxFailure) -> Pattern {
        guard token.kind == .leftBrace else {
            guard token.kind != .leftBracket else {
                throw unexpected(expected, help: "items of a list are taken one by one: `let a = xs[0]`")
            }
            return .name(try name(expected))
        }
        let start = token
        let names = try bracketed(.rightBrace) { () throws(SyntaxFailure) in
            var names = [try name("the name of a field")]
            while accept(.comma) { names.append(try name("the name of a field")) }
            return names
        }
        return .record(names, span(from: start))
    }

    // MARK: Control

    private func forStatement() throws(SyntaxFailure) -> Statement.Kind {
        advance()
        guard token.kind != .leftParen else {
            throw unexpected(
                "a name or `{name, …}`", help: "a loop is written `for x in xs { … }`, without parentheses")
        }
        let pattern = try pattern("a name or `{name, …}`")
        guard token.kind != .comma else {
            throw unexpected(
                "`in`",
                help: "two names are taken out of one item: `for {key, value} in entries(r) { … }`, "
                    + "`for {index, item} in enumerate(xs) { … }`")
        }
        try expect(.in)
        let source = try header { () throws(SyntaxFailure) in try pipeline() }
        return .for(pattern, source, try block())
    }

    private func whileStatement() throws(SyntaxFailure) -> Statement.Kind {
        advance()
        let condition = try header { () throws(SyntaxFailure) in try expression() }
        return .while(condition, try block())
    }

    /// `if c { … }`, or the expression `if c then a else b`, which starts the same way.
    private func ifStatement() throws(SyntaxFailure) -> Statement.Kind {
        let start = advance()
        let condition = try header { () throws(SyntaxFailure) in try expression() }
        if token.kind == .then {
            let expr = try choice(condition, from: start)
            return .expression(try stages(behind: expr, from: start))
        }
        let body = try block()
        return .if(condition, body, else: try elseBlock())
    }

    private func elseBlock() throws(SyntaxFailure) -> Block? {
        guard accept(.else) else { return nil }
        guard token.kind == .if else { return try block() }
        try enter()
        let start = token
        let kind = try ifStatement()
        leave()
        return Block([Statement(kind, span(from: start))], span(from: start))
    }

    private func tryStatement() throws(SyntaxFailure) -> Statement.Kind {
        advance()
        let body = try block()
        guard token.kind == .catch else {
            throw unexpected("`catch name { … }`", help: "to give a value instead: `try … else …`")
        }
        advance()
        guard token.kind == .name else {
            throw unexpected("a name for the error", help: "write `catch e { … }`, without parentheses")
        }
        let name = identifier(advance())
        return .try(body, name, try block())
    }

    /// Reads the header of a block, where `{` is the block.
    private func header(
        _ body: () throws(SyntaxFailure) -> Expr
    ) throws(SyntaxFailure) -> Expr {
        let outer = context.allowsRecord
        context.allowsRecord = false
        let expr = try body()
        context.allowsRecord = outer
        return expr
    }

    private func resume() throws(SyntaxFailure) -> Statement.Kind {
        let bar = token
        guard mode == .prompt, !context.isInBlock else {
            throw fail(
                .nothingToContinue, "there is no value in front of this `|`", at: span(bar),
                help: "write the source first, as in `list(\"…\") | where .enabled`")
        }
        var stages: [Stage] = []
        while accept(.pipe) { stages.append(try stage()) }
        return .resume(stages)
    }
}
