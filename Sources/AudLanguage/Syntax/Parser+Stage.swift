/// Stages: what stands behind a `|`.
extension Parser {
    func stage() throws(SyntaxFailure) -> Stage {
        let start = token
        guard start.kind == .name else { throw missingStage() }
        let word = text(start)
        if next.kind == .arrow, isNextOnLine {
            throw fail(
                .lambdaInStage, "a lambda is no stage", at: span(start),
                help: "to do something with each item write `each \(word) { … }`, to replace it `map …`")
        }
        guard let stageWord = StageWord(rawValue: word) else {
            try checkForeignStage(word)
            let kind = try callStage()
            return Stage(kind, span(from: start))
        }
        advance()
        let kind = try stageKind(stageWord)
        return Stage(kind, span(from: start))
    }

    private func stageKind(_ word: StageWord) throws(SyntaxFailure) -> Stage.Kind {
        switch word {
        case .where: return .where(try operand())
        case .map: return .map(try operand())
        case .select: return .select(try columns())
        case .with: return .with(try columns())
        case .sort:
            try by("sort")
            return .sort(try separated { () throws(SyntaxFailure) in try sortKey() })
        case .group:
            try by("group")
            return .group(try separated { () throws(SyntaxFailure) in try operand() })
        case .unique:
            if token.kind == .dot, !isAtLineEnd { throw unexpected("`by`", help: "for example `unique by .name`") }
            return .unique(accept(word: "by") ? try operand() : nil)
        case .take: return .take(try operand())
        case .skip: return .skip(try operand())
        case .first: return .first(try optionalOperand())
        case .last: return .last(try optionalOperand())
        case .at:
            guard token.kind == .name, text(token) == "most" else {
                throw unexpected("`most`", help: "a cap is written `at most 50`")
            }
            advance()
            if token.kind == .pipe { throw unexpected("a number", help: "for example `at most 50`") }
            return .atMost(try operand())
        case .count: return .count
        case .flatten: return .flatten
        case .reverse: return .reverse
        case .sum: return .reduce(.sum, try optionalOperand())
        case .avg: return .reduce(.avg, try optionalOperand())
        case .min: return .reduce(.min, try optionalOperand())
        case .max: return .reduce(.max, try optionalOperand())
        case .each: return try each()
        case .enable: return try action(.enable)
        case .disable: return try action(.disable)
        case .remove: return try action(.remove)
        case .update:
            let argument = Argument(label: nil, value: try operand())
            return .action(.update, [argument], try errorPolicy())
        case .create: return .action(.create, [], try errorPolicy())
        }
    }

    // MARK: Operands

    /// An expression whose `it` is the item. A lambda would be a value, not what it gives.
    private func operand() throws(SyntaxFailure) -> Expr {
        let expr = try expression()
        if case .lambda(let parameters, _) = expr.kind {
            let advice = parameters.count == 1 ? ": leave out `\(parameters[0].text) =>`" : ""
            report(
                .lambdaInStage, "a stage takes an expression, not a lambda", at: expr.span,
                help: "the item is `it` here, its fields are `.name` and so on\(advice)")
        }
        return expr
    }

    /// An operand may be missing, so a `-` would be read as "minus": it starts none.
    private func optionalOperand() throws(SyntaxFailure) -> Expr? {
        let startsRecord = token.kind == .leftBrace
        guard token.kind.startsOperand, token.kind != .minus, !isAtLineEnd, !startsRecord || context.allowsRecord else {
            return nil
        }
        return try operand()
    }

    private func by(_ word: String) throws(SyntaxFailure) {
        guard token.kind == .name, text(token) == "by" else {
            throw unexpected("`by`", help: "for example `\(word) by .name`")
        }
        advance()
    }

    private func separated<T>(
        _ item: () throws(SyntaxFailure) -> T
    ) throws(SyntaxFailure) -> [T] {
        var result = [try item()]
        while accept(.comma) { result.append(try item()) }
        return result
    }

    private func sortKey() throws(SyntaxFailure) -> SortKey {
        let value = try operand()
        let isDescending = accept(word: "desc")
        if !isDescending { _ = accept(word: "asc") }
        return SortKey(value: value, descending: isDescending)
    }

    private func columns() throws(SyntaxFailure) -> [Column] {
        var nameless: [Expr] = []
        let columns = try separated { () throws(SyntaxFailure) in
            let isTextLabel = token.kind == .string && next.kind == .colon && isNextOnLine
            let name = isTextLabel ? try textLabel() : try label()
            if name == nil, token.kind == .name, next.kind == .assign {
                let column = advance()
                throw unexpected("`:`", help: "a column is named with a colon: `\(text(column)): …`")
            }
            let value = try operand()
            if name == nil, value.lastField == nil { nameless.append(value) }
            return Column(name: name, value: value)
        }
        reportColumns(without: nameless)
        return columns
    }

    /// Reports columns without a name: those that lack a dot together, because they are one mistake.
    private func reportColumns(without nameless: [Expr]) {
        var undotted: [String] = []
        for value in nameless {
            if case .name(let field) = value.kind { undotted.append("`.\(field)`") }
        }
        for value in nameless {
            var help = "write `name: …` in front of it"
            if case .name = value.kind {
                guard !undotted.isEmpty else { continue }
                help =
                    undotted.count == 1
                    ? "a field of the item has a dot: \(undotted[0])"
                    : "fields of the item have a dot: \(undotted.joined(separator: ", "))"
                undotted = []
            }
            if case .record = value.kind { help = "columns stand without braces: `name: .name, key: .key`" }
            report(.columnNeedsName, "this column has no name", at: value.span, label: "not a field", help: help)
        }
    }

    // MARK: Each, actions, calls

    private func each() throws(SyntaxFailure) -> Stage.Kind {
        if token.kind == .leftBrace, !isPattern {
            throw unexpected("a name for the item", help: "for example `each a { print(a.name) }`")
        }
        if token.kind == .name, next(behind: index, is: .leftParen) {
            throw unexpected(
                "a name for the item",
                help: "the item has a name, and what is done a block: `each a { \(text(token))(…) }`")
        }
        let pattern = try pattern("a name for the item")
        if token.kind == .arrow {
            throw unexpected("a block in `{ }`", help: "`each` takes no lambda: `each a { … }`")
        }
        return .each(pattern, try block())
    }

    /// Whether the `{` here opens names between commas, as far as the text goes.
    private var isPattern: Bool {
        guard next.kind == .name else { return next.kind == .end }
        switch tokens[min(index + 2, tokens.count - 1)].kind {
        case .comma, .rightBrace, .end: return true
        default: return false
        }
    }

    private func action(_ verb: Verb) throws(SyntaxFailure) -> Stage.Kind {
        let arguments = token.kind == .leftParen && !isAtLineEnd ? try arguments() : []
        return .action(verb, arguments, try errorPolicy())
    }

    private func errorPolicy() throws(SyntaxFailure) -> ErrorPolicy {
        guard accept(word: "on") else { return .stop }
        guard token.kind == .name, text(token) == "error" else {
            throw unexpected("`error`", help: "`on error stop` or `on error continue`")
        }
        advance()
        if token.kind == .continue {
            advance()
            return .continue
        }
        guard token.kind == .name, text(token) == "stop" else { throw unexpected("`stop` or `continue`") }
        advance()
        return .stop
    }

    private func callStage() throws(SyntaxFailure) -> Stage.Kind {
        let start = advance()
        var callee = Expr(.name(text(start)), span(start))
        while token.kind == .dot, !isAtLineEnd {
            advance()
            callee = Expr(.field(callee, try fieldName("the name of a function")), span(from: start))
            try link()
        }
        let arguments = token.kind == .leftParen && !isAtLineEnd ? try arguments() : []
        return .call(callee, arguments)
    }

    // MARK: What is no stage

    private func missingStage() -> SyntaxFailure {
        switch token.kind {
        case .dot:
            unexpected(
                "a stage",
                help: isBehindSingle
                    ? "a field of the one value is read behind parentheses: `(xs | \(text(tokens[index - 2]))).\(text(next))`"
                    : "to take a field of each item write `map .name`")
        case .for: unexpected("a stage", help: "write `each a { … }`")
        case .if: unexpected("a stage", help: "write `where …` to keep items, `map if … then … else …` to replace them")
        case .leftBrace: unexpected("a stage", help: "write `select .name, .key`, or `map {…}`")
        case .pipe: unexpected("a stage", help: "stages are joined by one `|`")
        default: unexpected("a stage", help: "for example `where …`, `select …`, `sort by …` or a function")
        }
    }

    /// Whether the stage before this `|` gives one value, and no list.
    private var isBehindSingle: Bool {
        guard index > 2, tokens[index - 3].kind == .pipe else { return false }
        return text(tokens[index - 2]) == "first" || text(tokens[index - 2]) == "last"
    }

    /// `filter .enabled` would be read as the function `filter.enabled`.
    private func checkForeignStage(_ word: String) throws(SyntaxFailure) {
        guard var help = ForeignSyntax.helpForStage(word), isNextOnLine else { return }
        if word == "join", next.kind == .string {
            help = "what a function is given stands in parentheses: `join(\(text(next)))`"
        }
        let isApart = next.start > token.end
        let isOperand = next.kind.startsOperand && next.kind != .leftParen && (next.kind != .dot || isApart)
        guard isOperand || next.kind == .name else { return }
        throw fail(.unexpectedToken, "`\(word)` is not a stage", at: span(token), help: help)
    }
}

extension Expr {
    /// The field that an unnamed column is called after.
    package var lastField: String? {
        switch kind {
        case .field(_, let name), .optionalField(_, let name): name.text
        case .chain(let inner): inner.lastField
        default: nil
        }
    }
}
