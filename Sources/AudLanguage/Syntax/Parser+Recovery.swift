/// Failures: how they are worded, and how the parser goes on behind one.
extension Parser {
    func fail(
        _ code: Code, _ message: String, at span: Span, label: String? = nil, help: String? = nil, notes: [String] = []
    ) -> SyntaxFailure {
        let diagnostic = Diagnostic(code, message, at: span, label: label, help: help, notes: notes)
        return SyntaxFailure(diagnostic, isAtEnd: token.kind == .end)
    }

    /// Notes a broken rule and goes on.
    func report(_ code: Code, _ message: String, at span: Span, label: String? = nil, help: String? = nil) {
        log.add(Diagnostic(code, message, at: span, label: label, help: help), isAtEnd: token.kind == .end)
    }

    /// The failure to find something at the current token.
    func unexpected(_ expected: String, help: String? = nil) -> SyntaxFailure {
        switch token.kind {
        case .bad: return SyntaxFailure(nil)
        case .foreign:
            let operation = text(token)
            return fail(
                .foreignOperator, "`\(operation)` is not an operator of aud", at: span(token),
                help: ForeignSyntax.operators[operation])
        case .openString: return openString()
        default: break
        }
        let endsLine = token.startsLine && context.newlineEnds && index > statementStart
        let place = endsLine || token.kind == .end ? emptySpan(at: previousEnd) : span(token)
        let found = endsLine && token.kind != .end ? "the end of the line" : describe(token)
        return fail(
            .unexpectedToken, "expected \(expected), found \(found)", at: place, help: help ?? helpForToken(),
            notes: openNotes())
    }

    func openString() -> SyntaxFailure {
        let diagnostic = Diagnostic(
            .unterminatedString, "this `\"\"\"` string is not closed",
            at: Span(file: fileIndex, start: token.start, end: token.start + 3), label: "it goes on to the end",
            help: "close it with `\"\"\"`; a brace as such is written `\\{`")
        return SyntaxFailure(diagnostic, isAtEnd: true)
    }

    private func emptySpan(at offset: UInt32) -> Span { Span(file: fileIndex, start: offset, end: offset) }

    private func describe(_ token: Token) -> String {
        switch token.kind {
        case .end: mode == .file ? "the end of the file" : "the end of the input"
        case .endOfHole: "the `}` of the interpolation"
        case .string, .openString: "a string"
        case .int, .float: "the number `\(text(token))`"
        case .duration: "the duration `\(text(token))`"
        case .date: "the date `\(text(token))`"
        case .regex: "a regex"
        case .name, .foreign: "`\(text(token))`"
        case .bad, .comment, .docComment: "something unreadable"
        default: "`\(token.kind.text ?? "")`"
        }
    }

    /// Where the innermost bracket was opened, if that is on another line.
    private func openNotes() -> [String] {
        guard let bracket = open.last, let text = bracket.kind.text else { return [] }
        let line = file.line(at: bracket.start)
        return line == file.line(at: token.start) && token.kind != .end
            ? [] : ["the `\(text)` that is open here stands in line \(line)"]
    }

    /// What the found token suggests, whatever was expected.
    private func helpForToken() -> String? {
        if let help = helpForPrefix() { return help }
        let previous = index > 0 ? tokens[index - 1].kind : .end
        let isStage = index > 1 && tokens[index - 2].kind == .pipe
        if isStage, previous == .name,
            let stage = Suggestions.closest(to: text(tokens[index - 1]), among: StageWord.names)
        {
            return "did you mean `\(stage)`?"
        }
        return switch token.kind {
        case _ where isAssignment(token.kind) && (previous == .rightBracket || isFieldOfName):
            "values do not change: build another, for example `[...xs, x]` or `{...r, key: x}`"
        case .assign where previous == .percent || previous == .floorDivide:
            "only `+= -= *= /=` assign; write `x = x % y` or `x = x // y`"
        case .assign where previous.endsOperand: "`==` compares; `=` binds a name: `x = 1`"
        case .colon where next.kind == .assign && next.start == token.end:
            "`=` binds and changes: `let x = 1`, and `x = 2` for a `var`"
        case .colon where open.last?.kind == .leftBracket: "a part is had by `slice(xs, 1, 3)`"
        case .comma where open.last?.kind == .leftParen: "a list stands in brackets: `[a, b]`"
        case .as: "a column is named in front of it: `select idle: now() - .updatedAt`"
        case .for where open.last?.kind == .leftBracket:
            "a list is made of another by stages: `xs | where it > 1 | map it * 2`"
        case .if where previous.endsOperand: "a choice is written `if condition then a else b`"
        case .leftParen where isStage: "a stage such as `count` takes no `( )`"
        case .floorDivide: "a comment starts with `#`; `//` divides and rounds down"
        case .question: "a choice is written `if condition then a else b`"
        case .pipe: "a pipeline here stands in parentheses: `(xs | count)`"
        case .arrow: "the parameters of a lambda are a name or `(a, b)`"
        case .name where isBehindQuote: "an apostrophe in `'…'` is written `''`; in `\"…\"` it stands for itself"
        case .name where previous.isNumber && ForeignSyntax.units.contains(text(token)):
            "a duration is one word: `90d`, `1h30min`"
        case .name: ForeignSyntax.infixes[text(token)]
        // A stage without operands, so that the operator would take the value of the whole pipeline.
        case _ where isStage && InfixOperator.byToken[Int(token.kind.rawValue)] != nil:
            "the value of a pipeline is used in parentheses: `(xs | \(text(tokens[index - 1]))) \(text(token)) …`"
        default: nil
        }
    }

    /// A word of other languages, or a function of this one, that stands in front of a value.
    private func helpForPrefix() -> String? {
        guard index > 0, tokens[index - 1].kind == .name, token.kind.startsOperand, !isAtLineEnd else { return nil }
        guard index < 2 || !tokens[index - 2].kind.isFieldDot else { return nil }
        let word = text(tokens[index - 1])
        let isLetter = word.utf8.count == 1
        if let help = ForeignSyntax.prefixes[word], !isLetter || isPrefixOfString { return help }
        guard let function = Library.standard.index(of: word), token.kind != .leftBrace,
            token.kind != .name || ForeignSyntax.infixes[text(token)] == nil
        else { return nil }
        if case .action = Library.standard[function].body {
            return "write `\(word)(x)`, or as a stage `… | \(word)`"
        }
        return "what a function is given stands in parentheses: `\(word)(…)`"
    }

    /// Whether a string follows the token before without a blank, as in `f"a {x}"`.
    private var isPrefixOfString: Bool { token.kind == .string && tokens[index - 1].end == token.start }

    /// What to say behind `function(…)`, in front of its block.
    var helpForParameters: String? {
        guard index > 0, tokens[index - 1].kind == .rightParen,
            let start = tokens[statementStart..<index].lastIndex(where: { $0.kind == .leftParen }), start > 0
        else { return nil }
        return ForeignSyntax.prefixes[text(tokens[start - 1])]
    }

    /// Whether the statement so far is `name.name`, as if the field could be assigned to.
    private var isFieldOfName: Bool {
        let read = tokens[statementStart..<index]
        return read.count > 2 && read.allSatisfy { $0.kind == .name || $0.kind == .dot }
    }

    /// Whether the token at a place has one of a kind right behind it.
    func next(behind place: Int, is kind: Token.Kind) -> Bool {
        place + 1 < tokens.count && tokens[place + 1].kind == kind && tokens[place + 1].start == tokens[place].end
    }

    /// Whether the token follows a raw string without a blank, as in `'it's'`.
    private var isBehindQuote: Bool {
        guard index > 0, tokens[index - 1].end == token.start else { return false }
        return file.bytes[Int(token.start) - 1] == UInt8(ascii: "'")
    }

    // MARK: Going on

    /// Notes a failure of the statement that began at `start` and moves to where the next one begins.
    ///
    /// That is the next line or `;` outside of all brackets. When the brackets never match again, it is the next line
    /// that is indented no deeper than the statement: so an open bracket hides at most its own statement.
    func recover(from failure: SyntaxFailure, start: Int, openBefore: Int) {
        let openTexts = failure.isAtEnd ? describeOpen(from: start) : []
        let depth = max(0, open.count - openBefore)
        open.removeLast(depth)
        if index == start { advance() }
        let isAlreadyThere = token.startsLine && depth == 0 && !goesOn(token.kind)
        if token.kind != .end, !isAlreadyThere { index = boundary(depth: depth, start: start) }
        // At the end of the text the lexer may have found more than it could make tokens of.
        let skipped = tokens[start].start..<max(tokens[start].end, token.kind == .end ? token.start : previousEnd)
        log.add(failure, skipped: skipped, open: openTexts)
        lose(skipped)
        if max(log.count, log.failureCount) >= Self.maximumErrors { index = tokens.count - 1 }
    }

    /// Notes what is missing from the tree: all that was skipped, or of a block that is not closed its header.
    func lose(_ skipped: Range<UInt32>) {
        let end = unfinishedBrace.map { max($0.end, skipped.lowerBound) } ?? skipped.upperBound
        lost.append(skipped.lowerBound..<end)
        unfinishedBrace = nil
    }

    func lostText() -> LostText {
        let reported = log.sorted(limit: Self.maximumErrors).compactMap(\.span)
        return LostText(lost + reported.map { $0.start..<max($0.start, $0.end) }, in: file)
    }

    private func boundary(depth: Int, start: Int) -> Int {
        let indentation = indentation(of: tokens[start])
        var depth = depth
        var firstOutdent: Int?
        var place = index
        while place < tokens.count - 1 {
            let token = tokens[place]
            if token.startsLine, place > start {
                if depth == 0, !goesOn(token.kind) { return place }
                if startsStatementOnly(token.kind), self.indentation(of: token) <= indentation { return place }
                if firstOutdent == nil, !isClosing(token.kind), self.indentation(of: token) <= indentation {
                    firstOutdent = place
                }
            }
            switch token.kind {
            case .leftParen, .leftBracket, .leftBrace: depth += 1
            case .rightParen, .rightBracket: depth = max(0, depth - 1)
            case .rightBrace:
                if depth == 0, context.isInBlock { return place }
                depth = max(0, depth - 1)
            case .semicolon where depth == 0: return place
            default: break
            }
            place += 1
        }
        return depth > 0 ? firstOutdent ?? place : place
    }

    func indentation(of token: Token) -> Int {
        var start = Int(token.start)
        while start > 0, file.bytes[start - 1] != UInt8(ascii: "\n") {
            start -= 1
            if Int(token.start) - start > 200 { return .max }
        }
        var end = start
        while file.bytes[end] == UInt8(ascii: " ") || file.bytes[end] == UInt8(ascii: "\t") { end += 1 }
        return end - start
    }

    func isClosing(_ kind: Token.Kind) -> Bool {
        kind == .rightParen || kind == .rightBracket || kind == .rightBrace
    }

    /// Whether a line that starts with it goes on with the statement above.
    private func goesOn(_ kind: Token.Kind) -> Bool {
        kind == .pipe || kind == .and || kind == .or || kind == .coalesce
    }

    /// Whether a keyword starts statements and stands nowhere else.
    private func startsStatementOnly(_ kind: Token.Kind) -> Bool {
        switch kind {
        case .let, .var, .fn, .for, .while, .return, .use: true
        default: false
        }
    }

    /// What is open at the end of the text: brackets, and what the last token or the statement's keyword asks for.
    func describeOpen(from start: Int) -> [String] {
        var result = open.compactMap(\.kind.text)
        if token.kind == .openString { return result + ["\"\"\""] }
        guard index > 0 else { return result }
        let last = tokens[index - 1]
        if open.last?.start == last.start { return result }
        if !last.kind.endsOperand || isStageWord(index - 1) {
            result.append(text(last))
        } else if result.isEmpty {
            result.append(text(tokens[start].kind.isKeyword ? tokens[start] : last))
        }
        return result
    }

    private func isStageWord(_ index: Int) -> Bool {
        index > 0 && tokens[index - 1].kind == .pipe && StageWord(rawValue: text(tokens[index])) != nil
    }
}
