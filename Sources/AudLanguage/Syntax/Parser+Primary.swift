/// Operands: literals, names, lists, records, and the fields, calls and indexes behind them.
extension Parser {
    func postfix() throws(SyntaxFailure) -> Expr {
        let start = token
        var expr = try primary()
        var isOptional = false
        while !isAtLineEnd {
            switch token.kind {
            case .dot:
                advance()
                expr = Expr(.field(expr, try field()), span(from: start))
            case .optionalDot:
                advance()
                isOptional = true
                expr = Expr(.optionalField(expr, try field()), span(from: start))
            case .leftParen: expr = Expr(.call(expr, try arguments()), span(from: start))
            case .leftBracket:
                let index = try bracketed(.rightBracket) { () throws(SyntaxFailure) in try pipeline() }
                expr = Expr(.index(expr, index), span(from: start))
            default: return isOptional ? Expr(.chain(expr), span(from: start)) : expr
            }
            try link()
        }
        return isOptional ? Expr(.chain(expr), span(from: start)) : expr
    }

    private func field() throws(SyntaxFailure) -> Identifier {
        let isPoint = index > 1 && tokens[index - 2].kind == .int && tokens[index - 1].kind == .dot
        if isPoint, token.kind == .end || isClosing(token.kind) {
            throw unexpected("digits", help: "a float has digits on both sides of its point: `1.0`")
        }
        let isNumber = token.kind == .int || token.kind == .float
        if isNumber || token.kind == .string || token.kind == .leftBracket {
            throw unexpected(
                "the name of a field", help: "an item is `xs[0]`, a field with blanks `r[\"a b\"]`, a number `0.5`")
        }
        return try fieldName("the name of a field")
    }

    func arguments() throws(SyntaxFailure) -> [Argument] {
        try items(.rightParen) { () throws(SyntaxFailure) in
            let label = try label()
            let value = try pipeline()
            if token.kind == .assign {
                throw unexpected("`,` or `)`", help: "an argument is named by `name: value`; `==` compares")
            }
            if token.kind == .minus { throw unexpected("`,` or `)`", help: Self.minusBehindStage) }
            return Argument(label: label, value: value)
        }
    }

    /// `name:` in front of an argument or a column, if it is there.
    func label() throws(SyntaxFailure) -> Identifier? {
        guard isAtLabel else { return nil }
        let label = identifier(advance())
        try expect(.colon)
        return label
    }

    /// `"a name":` in front of a value, for names that are no identifiers.
    func textLabel() throws(SyntaxFailure) -> Identifier {
        let start = token
        let label = Identifier(try plainString("a key"), span(start))
        try expect(.colon)
        return label
    }

    private func primary() throws(SyntaxFailure) -> Expr {
        let start = token
        switch start.kind {
        case .name:
            advance()
            return Expr(.name(text(start)), span(start))
        case .int, .float, .duration, .date, .regex: return try literal()
        case .string: return try string()
        case .true, .false:
            advance()
            return Expr(.bool(start.kind == .true), span(start))
        case .null:
            advance()
            return Expr(.null, span(start))
        case .it:
            advance()
            return Expr(.it, span(start))
        case .dot:
            advance()
            let item = Expr(.it, Span(file: fileIndex, start: start.start, end: start.start))
            return Expr(.field(item, try field()), span(from: start))
        case .leftParen:
            return try bracketed(.rightParen) { () throws(SyntaxFailure) in try pipeline() }
        case .leftBracket: return try list()
        case .leftBrace where context.allowsRecord: return try record()
        case .bad:
            // The lexer has reported it; a value in its place lets the statement be read on.
            advance()
            return Expr(.null, span(start))
        default: throw missingOperand()
        }
    }

    private var isBehindLogic: Bool {
        index > 0 && (tokens[index - 1].kind == .and || tokens[index - 1].kind == .or)
    }

    private func missingOperand() -> SyntaxFailure {
        switch token.kind {
        case .leftBrace:
            unexpected(
                "an expression",
                help: index > 0 && tokens[index - 1].kind == .in
                    ? "a record here stands in parentheses, and a `for` goes through a list: `entries({name: 1})`"
                    : "a record in the header of a block stands in parentheses: `({name: 1})`")
        case .fn: unexpected("an expression", help: "a function without a name is `x => …`")
        case .if, .try:
            unexpected("an operand", help: "`if … then …` and `try … else …` as operands stand in parentheses")
        case .plus: unexpected("an expression", help: "there is no unary `+`")
        case let sign where sign.isComparison && isBehindLogic:
            unexpected(
                "an expression",
                help: "each side of `\(text(tokens[index - 1]))` is a whole condition: say again what is compared")
        case .matches: unexpected("an expression", help: "`~` searches a text: `.name ~ /test/`")
        case .less where index > 0 && tokens[index - 1].kind == .less,
            .greater where index > 0 && tokens[index - 1].kind == .greater:
            unexpected("an expression", help: "there are no operators on bits")
        case .pipe where next.kind == .name && next(behind: index + 1, is: .pipe):
            unexpected("an expression", help: "a lambda is written `\(text(next)) => …`")
        case .star where index > 0 && text(tokens[index - 1]) == "select":
            unexpected("an expression", help: "an item has all its fields until a `select`: leave the stage out")
        case .rightBracket where index > 0 && tokens[index - 1].kind == .leftBracket:
            unexpected("an expression", help: "an item is `xs[0]`; a field of each item is `xs | map .name`")
        default: unexpected("an expression")
        }
    }

    // MARK: Literals

    private func literal() throws(SyntaxFailure) -> Expr {
        let start = advance()
        let kind: Expr.Kind
        switch literals[Int(start.literal)] {
        case .int(let magnitude):
            guard let value = Int64(exactly: magnitude) else {
                throw fail(
                    .badNumber, "this number does not fit into 64 bits", at: span(start),
                    help: "the largest integer is 9223372036854775807; a float is written `1e19`")
            }
            kind = .int(value)
        case .float(let value): kind = .float(value)
        case .duration(let value): kind = .duration(value)
        case .date(let value): kind = .date(value)
        case .regex(let pattern, let flags): kind = .regex(pattern: pattern, flags: flags)
        case .string: kind = .null
        }
        return Expr(kind, span(start))
    }

    private func string() throws(SyntaxFailure) -> Expr {
        let start = token
        guard case .string(let pieces) = literals[Int(start.literal)] else { throw unexpected("a string") }
        var parts: [StringPart] = []
        for piece in pieces {
            switch piece {
            case .text(let text): parts.append(.text(text))
            case .hole(let tokens): parts.append(.interpolation(try interpolation(tokens)))
            }
        }
        advance()
        return Expr(.string(parts), span(start))
    }

    /// Reads the tokens of `{…}` in a string as a text of its own.
    private func interpolation(_ inner: [Token]) throws(SyntaxFailure) -> Expr {
        let outer = (tokens, index, context, statementStart)
        let openBefore = open.count
        (tokens, index, statementStart) = (inner, 0, 0)
        defer {
            let height = context.height
            open.removeLast(open.count - openBefore)
            (tokens, index, context, statementStart) = outer
            context.height = max(context.height, height)
        }
        context.newlineEnds = false
        context.allowsRecord = true
        guard token.kind != .endOfHole else {
            throw fail(
                .unexpectedToken, "this interpolation is empty",
                at: Span(file: fileIndex, start: token.start, end: token.end),
                help: "braces as such are written `\\{\\}`")
        }
        let expr = try pipeline()
        guard token.kind == .endOfHole else { throw unexpected("`}`") }
        return expr
    }

    /// A string without interpolations.
    func plainString(_ expected: String) throws(SyntaxFailure) -> String {
        guard token.kind == .string, case .string(let pieces) = literals[Int(token.literal)] else {
            throw unexpected(expected)
        }
        var result = ""
        for piece in pieces {
            guard case .text(let text) = piece else {
                throw fail(
                    .unexpectedToken, "this string takes no interpolation", at: span(token),
                    help: "it is read before the script runs; a brace as such is written `\\{`")
            }
            result += text
        }
        advance()
        return result
    }

    // MARK: Lists and records

    private func list() throws(SyntaxFailure) -> Expr {
        let start = token
        let items = try items(.rightBracket) { () throws(SyntaxFailure) -> ListItem in
            accept(.spread) ? .spread(try expression()) : .item(try expression())
        }
        return Expr(.list(items), span(from: start))
    }

    private func record() throws(SyntaxFailure) -> Expr {
        let start = token
        // Bytes, because two texts that Swift calls equal may differ in their scalars, and then are two keys.
        var keys: Set<[UInt8]> = []
        let items = try items(.rightBrace) { () throws(SyntaxFailure) -> RecordItem in
            if accept(.spread) {
                keys.removeAll()
                return .spread(try expression())
            }
            let item = try recordField()
            if case .field(let key, _) = item, !keys.insert(Array(key.text.utf8)).inserted {
                report(
                    .repeatedKey, "the key `\(key.text)` is given twice in this record", at: key.span,
                    label: "again", help: "delete one of the two")
            }
            return item
        }
        return Expr(.record(items), span(from: start))
    }

    /// `name: value`, `"a key": value`, or `name` for `name: name`.
    private func recordField() throws(SyntaxFailure) -> RecordItem {
        let start = token
        if start.kind == .string { return .field(try textLabel(), try expression()) }
        if start.kind == .int || start.kind == .float, next.kind == .colon {
            throw unexpected("the name of a field", help: "keys are texts: `\"\(text(start))\": …`")
        }
        let key = try fieldName("the name of a field")
        if accept(.colon) { return .field(key, try expression()) }
        guard start.kind == .name, token.kind == .comma || token.kind == .rightBrace || token.kind == .end else {
            let help: String? =
                switch token.kind {
                case .assign: "a field is written `name: value`"
                case .leftParen: "there is no bare block; a record is `{name: value}`"
                default: nil
                }
            throw unexpected("`:` and a value", help: help)
        }
        return .field(key, Expr(.name(key.text), key.span))
    }
}
