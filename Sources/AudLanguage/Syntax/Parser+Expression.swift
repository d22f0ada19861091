/// Expressions down to the operators; what stands between operators is in `Parser+Primary`.
extension Parser {
    /// `expr | stage | stage`
    func pipeline() throws(SyntaxFailure) -> Expr {
        let start = token
        let source = try expression()
        guard token.kind == .pipe, !isAtLineEnd else { return source }
        if case .lambda = source.kind, source.span.start == start.start {
            throw fail(
                .lambdaInStage, "a lambda cannot be the source of a pipeline", at: source.span,
                help: "a pipeline as its body stands in parentheses: `x => (x | …)`")
        }
        return try stages(behind: source, from: start)
    }

    /// Reads the stages behind a source, if there are any.
    func stages(behind source: Expr, from start: Token) throws(SyntaxFailure) -> Expr {
        var stages: [Stage] = []
        while accept(.pipe) { stages.append(try stage()) }
        return stages.isEmpty ? source : Expr(.pipeline(source, stages), span(from: start))
    }

    func expression() throws(SyntaxFailure) -> Expr {
        try enter()
        let siblings = context.height
        context.height = 0
        let expr = try loosest()
        context.height = max(siblings, context.height + 1)
        leave()
        return expr
    }

    /// What may stand only where a whole expression may: `=>`, `if` and `try` reach as far as they can.
    private func loosest() throws(SyntaxFailure) -> Expr {
        let start = token
        switch start.kind {
        case .if:
            advance()
            let condition = try expression()
            guard token.kind == .then else {
                throw unexpected(
                    "`then`", help: token.kind == .leftBrace ? "as a value: `if condition then a else b`" : nil)
            }
            return try choice(condition, from: start)
        case .try:
            advance()
            if token.kind == .leftBrace, !startsRecord {
                throw unexpected("an expression", help: "as a value `try` has no block: `try f() else 0`")
            }
            let value = try expression()
            try expect(.else)
            return Expr(.attempt(value, else: try expression()), span(from: start))
        case .name where next.kind == .arrow && isNextOnLine:
            return try lambda([identifier(advance())], from: start)
        case .leftParen where startsLambda:
            let parameters = try items(.rightParen) { () throws(SyntaxFailure) in
                try name("the name of a parameter")
            }
            return try lambda(parameters, from: start)
        default: return try binary(.or)
        }
    }

    /// Reads `then a else b`.
    func choice(_ condition: Expr, from start: Token) throws(SyntaxFailure) -> Expr {
        advance()
        let first = try expression()
        guard token.kind == .else else {
            throw unexpected("`else`", help: "without an `else` write `if condition { … }`")
        }
        advance()
        return Expr(.conditional(condition, then: first, else: try expression()), span(from: start))
    }

    /// Whether the `{` here opens a record, by what is in it first.
    private var startsRecord: Bool {
        switch next.kind {
        case .rightBrace, .spread, .end: return true
        default:
            let behind = tokens[min(index + 2, tokens.count - 1)].kind
            return behind == .colon || behind == .comma || behind == .rightBrace || behind == .end
        }
    }

    // MARK: Lambdas

    private func lambda(_ parameters: [Identifier], from start: Token) throws(SyntaxFailure) -> Expr {
        guard token.kind == .arrow else {
            throw unexpected(
                "`=>`", help: "`()` starts a lambda, `() => …`; a stage such as `| sum` takes no `()`")
        }
        advance()
        let body: LambdaBody = token.kind == .leftBrace ? .block(try block()) : .expr(try expression())
        return Expr(.lambda(parameters, body), span(from: start))
    }

    /// Whether the `(` here opens the parameters of a lambda. `()` and `(a, b)` can be nothing else.
    private var startsLambda: Bool {
        var place = index + 1
        if tokens[place].kind == .rightParen { return true }
        var hasComma = false
        while tokens[place].kind == .name {
            switch tokens[place + 1].kind {
            case .comma:
                hasComma = true
                place += 2
            case .rightParen:
                let behind = tokens[place + 2]
                return hasComma || behind.kind == .arrow && !(behind.startsLine && context.newlineEnds)
            case .end: return hasComma
            default: return false
            }
        }
        return hasComma && tokens[place].kind == .end
    }

    // MARK: Operators

    /// Reads operands and the operators between them that bind at least as tightly as `minimum`.
    func binary(_ minimum: Precedence) throws(SyntaxFailure) -> Expr {
        let start = token
        var left = try prefix(minimum)
        while let row = infix, row.precedence >= minimum {
            let operation = advance()
            if operation.kind == .not { try expect(.in, "`in` behind `not`") }
            try link()
            let right: Expr
            if row.grouping == .right {
                try enter()
                right = try binary(row.precedence)
                leave()
            } else {
                right = try binary(row.precedence.tighter)
            }
            if row.grouping == .none, let second = infix, second.precedence == row.precedence {
                throw chained(left, operation, right)
            }
            left = Expr(row.make(left, right), span(from: start))
        }
        return left
    }

    private var infix: InfixOperator? { isAtLineEnd ? nil : InfixOperator.byToken[Int(token.kind.rawValue)] }

    private func chained(_ left: Expr, _ operation: Token, _ middle: Expr) -> SyntaxFailure {
        guard token.kind != .range, token.kind != .halfOpenRange else {
            return fail(
                .chainedComparison, "ranges do not chain", at: span(token), label: "a second range",
                help: "a range has two ends; steps are made by `range(first, end, step)`")
        }
        let texts = [file.text(left.span), text(operation), file.text(middle.span)]
        let isShort = texts.allSatisfy { $0.utf8.count <= 24 && !$0.contains("\n") } && operation.kind != .not
        let (first, middle) = isShort ? (texts.joined(separator: " "), texts[2]) : ("a < b", "b")
        return fail(
            .chainedComparison, "comparisons do not chain", at: span(token), label: "a second comparison",
            help: "compare twice: `\(first) and \(middle) \(isShort ? text(token) : "<") …`")
    }

    private func prefix(_ minimum: Precedence) throws(SyntaxFailure) -> Expr {
        guard token.kind == .not else { return try unary() }
        guard minimum <= .not else {
            throw unexpected("an operand", help: "`not` binds loosely: put `not …` in parentheses")
        }
        let start = advance()
        try enter()
        let operand = try binary(.not)
        leave()
        return Expr(.not(operand), span(from: start))
    }

    private func unary() throws(SyntaxFailure) -> Expr {
        guard token.kind == .minus else { return try postfix() }
        let start = advance()
        if token.kind == .int, !startsPostfix(next), case .int(let magnitude) = literals[Int(token.literal)] {
            advance()
            return Expr(.int(Int64(truncatingIfNeeded: 0 &- magnitude)), span(from: start))
        }
        try enter()
        let operand = try unary()
        leave()
        return Expr(.negate(operand), span(from: start))
    }

    private func startsPostfix(_ token: Token) -> Bool {
        guard !(token.startsLine && context.newlineEnds) else { return false }
        return token.kind.isFieldDot || token.kind == .leftParen || token.kind == .leftBracket
    }
}
