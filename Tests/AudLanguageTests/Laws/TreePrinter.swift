import AudLanguage

/// Syntax trees as S-expressions, so that a test can say in one line how a text was read.
enum TreePrinter {
    static func print(_ statements: [Statement]) -> String { statements.map(print).joined(separator: " ") }

    static func print(_ statement: Statement) -> String {
        switch statement.kind {
        case .use(let path, _, let name): "(use \(quoted(path)) \(name.text))"
        case .param(let param):
            list("param", [param.name.text, print(param.type), param.fallback.map(print), param.help.map(quoted)])
        case .function(let function):
            list(
                "fn",
                [function.name.text, "(" + function.parameters.map(print).joined(separator: " ") + ")"]
                    + [print(function.body)])
        case .let(let pattern, let value): "(let \(print(pattern)) \(print(value)))"
        case .var(let name, let value): "(var \(name.text) \(print(value)))"
        case .assign(let name, let operation, let value):
            "(\(operation?.rawValue ?? "")= \(name.text) \(print(value)))"
        case .for(let pattern, let source, let body): "(for \(print(pattern)) \(print(source)) \(print(body)))"
        case .while(let condition, let body): "(while \(print(condition)) \(print(body)))"
        case .if(let condition, let body, let other): list("if", [print(condition), print(body), other.map(print)])
        case .try(let body, let name, let handler): "(try \(print(body)) \(name.text) \(print(handler)))"
        case .return(let value): list("return", [value.map(print)])
        case .break: "(break)"
        case .continue: "(continue)"
        case .fail(let value): "(fail \(print(value)))"
        case .resume(let stages): "(resume \(stages.map(print).joined(separator: " ")))"
        case .expression(let expr): print(expr)
        }
    }

    static func print(_ block: Block) -> String { "{" + print(block.statements) + "}" }

    static func print(_ expr: Expr) -> String {
        switch expr.kind {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .float(let value): "\(value)"
        case .duration(let value): "\(value)us"
        case .date(let value): "@\(value)"
        case .string(let parts): parts.isEmpty ? "\"\"" : parts.map(print).joined(separator: "~")
        case .regex(let pattern, let flags): "/\(pattern)/\(flags)"
        case .it: expr.span.start == expr.span.end ? "." : "it"
        case .name(let name): name
        case .list(let items): list("list", items.map(print))
        case .record(let items): list("record", items.map(print))
        case .negate(let operand): "(- \(print(operand)))"
        case .not(let operand): "(not \(print(operand)))"
        case .binary(let operation, let left, let right): "(\(operation.rawValue) \(print(left)) \(print(right)))"
        case .and(let left, let right): "(and \(print(left)) \(print(right)))"
        case .or(let left, let right): "(or \(print(left)) \(print(right)))"
        case .coalesce(let left, let right): "(?? \(print(left)) \(print(right)))"
        case .range(let low, let high, let closed): "(\(closed ? ".." : "..<") \(print(low)) \(print(high)))"
        case .field(let base, let name): "(get \(print(base)) \(name.text))"
        case .optionalField(let base, let name): "(get? \(print(base)) \(name.text))"
        case .chain(let inner): "<\(print(inner))>"
        case .index(let base, let index): "(at \(print(base)) \(print(index)))"
        case .call(let callee, let arguments): list("call", [print(callee)] + arguments.map(print))
        case .pipeline(let source, let stages): list("|", [print(source)] + stages.map(print))
        case .lambda(let parameters, .expr(let body)):
            "(=> (\(parameters.map(\.text).joined(separator: " "))) \(print(body)))"
        case .lambda(let parameters, .block(let body)):
            "(=> (\(parameters.map(\.text).joined(separator: " "))) \(print(body)))"
        case .conditional(let condition, let first, let second):
            "(if \(print(condition)) \(print(first)) \(print(second)))"
        case .attempt(let value, let other): "(try \(print(value)) \(print(other)))"
        }
    }

    static func print(_ stage: Stage) -> String {
        switch stage.kind {
        case .where(let expr): "(where \(print(expr)))"
        case .map(let expr): "(map \(print(expr)))"
        case .select(let columns): list("select", columns.map(print))
        case .with(let columns): list("with", columns.map(print))
        case .sort(let keys): list("sort", keys.map { print($0.value) + ($0.descending ? ":desc" : "") })
        case .group(let keys): list("group", keys.map(print))
        case .unique(let key): list("unique", [key.map(print)])
        case .take(let count): "(take \(print(count)))"
        case .skip(let count): "(skip \(print(count)))"
        case .first(let count): list("first", [count.map(print)])
        case .last(let count): list("last", [count.map(print)])
        case .atMost(let count): "(at-most \(print(count)))"
        case .count: "(count)"
        case .flatten: "(flatten)"
        case .reverse: "(reverse)"
        case .reduce(let reduction, let expr): list(reduction.rawValue, [expr.map(print)])
        case .each(let pattern, let body): "(each \(print(pattern)) \(print(body)))"
        case .action(let verb, let arguments, let policy):
            list(verb.rawValue + (policy == .continue ? "!" : ""), arguments.map(print))
        case .call(let callee, let arguments): list("call", [print(callee)] + arguments.map(print))
        }
    }

    // MARK: Parts

    private static func list(_ head: String, _ parts: [String?]) -> String {
        "(" + ([head] + parts.compactMap { $0 }).joined(separator: " ") + ")"
    }

    private static func quoted(_ text: String) -> String { "\"\(text)\"" }

    private static func print(_ part: StringPart) -> String {
        switch part {
        case .text(let text): quoted(text)
        case .interpolation(let expr): print(expr)
        }
    }

    private static func print(_ item: ListItem) -> String {
        switch item {
        case .item(let expr): print(expr)
        case .spread(let expr): "...\(print(expr))"
        }
    }

    private static func print(_ item: RecordItem) -> String {
        switch item {
        case .field(let key, let value): "\(key.text):\(print(value))"
        case .spread(let expr): "...\(print(expr))"
        }
    }

    private static func print(_ argument: Argument) -> String {
        (argument.label.map { $0.text + ":" } ?? "") + print(argument.value)
    }

    private static func print(_ column: Column) -> String {
        (column.name.map { $0.text + ":" } ?? "") + print(column.value)
    }

    private static func print(_ pattern: Pattern) -> String {
        switch pattern {
        case .name(let name): name.text
        case .record(let names, _): "{" + names.map(\.text).joined(separator: " ") + "}"
        }
    }

    private static func print(_ type: TypeExpr) -> String {
        type.name.text + (type.element.first.map { "<\(print($0))>" } ?? "") + (type.nullable ? "?" : "")
    }

    private static func print(_ parameter: ParameterDeclaration) -> String {
        parameter.name.text + (parameter.type.map { ":" + print($0) } ?? "")
            + (parameter.fallback.map { "=" + print($0) } ?? "")
    }
}
