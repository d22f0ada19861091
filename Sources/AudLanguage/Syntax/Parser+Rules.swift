/// Rules about statements as a whole, and what to say when one starts or ends in a wrong way.
extension Parser {
    /// The operand of a stage may be missing, so that a `-` begins none.
    static let minusBehindStage =
        "the value of a stage is used in parentheses: `(xs | count) - 1`; a negative operand too"

    /// The failure to find the end of a statement.
    func unexpectedEnd() -> SyntaxFailure {
        let first = tokens[statementStart]
        // Behind a character without a meaning, which was told, the bracket may stand.
        let isCall = index > statementStart && [.leftParen, .bad].contains(tokens[statementStart + 1].kind)
        if first.kind == .name, !isCall, let help = ForeignSyntax.statements[text(first)], token.kind != .foreign {
            let word = text(first)
            return fail(.unexpectedToken, "`\(word)` does not start a statement of aud", at: span(first), help: help)
        }
        if first.kind == .minus, next(behind: statementStart, is: .minus) {
            return unexpected("the end of the statement", help: "a comment starts with `#`")
        }
        let line = tokens[statementStart..<index]
        if line.contains(where: { $0.kind == .floorDivide }) {
            return unexpected("the end of the statement", help: "a comment starts with `#`; `//` divides")
        }
        if token.kind == .minus {
            return unexpected("the end of the statement", help: Self.minusBehindStage)
        }
        if token.kind == .pipe {
            return unexpected("the end of the statement", help: "only an expression has a value to pipe on")
        }
        if token.kind == .comma, tokens[index - 1].kind == .int, next.kind == .int || next.kind == .bad {
            return unexpected("the end of the statement", help: "the digits of a number are grouped by `_`: `1_000`")
        }
        if token.kind == .comma, first.kind == .let || first.kind == .var, next.kind == .name {
            return unexpected(
                "the end of the statement",
                help: "each name has a statement of its own: `\(text(first)) \(text(next)) = …` in the next line")
        }
        if token.kind == .leftBrace {
            if let help = helpForParameters { return unexpected("the end of the statement", help: help) }
            return unexpected(
                "the end of the statement",
                help: "a record here needs parentheses: `({name: 1})`; a block belongs to `if`, `for`, `while` or `try`"
            )
        }
        if token.kind == .rightBrace || token.kind == .rightParen || token.kind == .rightBracket {
            return unexpected("the end of the statement", help: "nothing is open that this could close")
        }
        return unexpected("the end of the statement")
    }

    /// The failure of a statement that starts with a token that only goes on with one.
    func misplacedStart() -> SyntaxFailure {
        let word = token.kind.text ?? ""
        let help: String
        switch token.kind {
        case .rightBrace, .rightParen, .rightBracket:
            return fail(
                .unexpectedToken, "this `\(word)` closes nothing", at: span(token), help: "delete it, or open it before"
            )
        case .else where mode == .file: help = "`else` belongs to an `if` right above it"
        case .catch where mode == .file: help = "`catch` belongs to a `try { … }` right above it"
        case _ where mode == .prompt: help = "at a prompt a complete line runs at once: write `\(word)` at its end"
        default: help = "put a value in front of it"
        }
        return fail(.unexpectedToken, "a statement cannot start with `\(word)`", at: span(token), help: help)
    }

    /// `param` comes first in a script; `use` and `param` stand in no block.
    func checkPlace(of statement: Statement) {
        switch statement.kind {
        case .param where context.isInBlock, .use where context.isInBlock:
            let word = text(tokens[statementStart])
            report(
                .misplacedStatement, "`\(word)` cannot stand in a block", at: statement.span,
                help: "move it to the top of the file")
        case .param where hasBegun:
            report(
                .misplacedStatement, "`param` comes before all other statements", at: statement.span,
                help: "move it to the top of the script; only `use` may stand before it")
        case .param, .use: break
        default: if !context.isInBlock { hasBegun = true }
        }
    }

    /// Reports an expression in a block that does nothing and whose value nobody gets.
    func checkIsUsed(_ statement: Statement) {
        guard case .expression(let expr) = statement.kind, token.kind != .end, !expr.mayAct else { return }
        var help = "write `print(…)` around it, or `return` in front of it in a function"
        if case .binary(.equal, let left, _) = expr.kind, case .name(let name) = left.kind {
            help = "to change a variable write `\(name) = …`"
        }
        if case .negate = expr.kind { help = "to go on with the line above, put its operator at the end of that line" }
        report(
            .droppedValue, "the value of this expression is dropped", at: expr.span, label: "nobody gets this",
            help: help)
    }
}

extension Expr {
    /// Whether the value may be dropped because getting it does something: it is a call, or ends in an action or call.
    fileprivate var mayAct: Bool {
        switch kind {
        case .call: true
        case .chain(let inner): inner.mayAct
        case .pipeline(_, let stages): stages.contains(where: \.mayAct)
        case .conditional(_, let first, let second), .attempt(let first, let second), .and(let first, let second),
            .or(let first, let second), .coalesce(let first, let second):
            first.mayAct || second.mayAct
        default: false
        }
    }
}

extension Stage {
    fileprivate var mayAct: Bool {
        switch kind {
        case .action, .each, .call: true
        default: false
        }
    }
}
