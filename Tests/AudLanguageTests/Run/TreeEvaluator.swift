@testable import AudLanguage

/// A naive evaluator of the syntax tree: the oracle of compiler and machine. It shares the values and operators with
/// the machine, and nothing of names, registers, jumps, captures, laziness or frames: names are looked up in a chain of
/// dictionaries, every stage makes a whole list, control flow is Swift's.
///
/// It knows the part of the language that `ScriptGenerator` writes; anything else is `unsupported`.
final class TreeEvaluator {
    /// Names by block, innermost last. A closure keeps a copy: it captures by value.
    private final class Scope {
        var names: [String: Value] = [:]
        let outer: Scope?

        init(_ outer: Scope?) { self.outer = outer }

        func find(_ name: String) -> Scope? {
            var scope: Scope? = self
            while let current = scope {
                if current.names[name] != nil { return current }
                scope = current.outer
            }
            return nil
        }
    }

    /// What a statement did with the flow of control.
    private enum Flow {
        case next, breaking, continuing
        case returning(Value)
    }

    private struct Closure {
        var parameters: [(name: String, fallback: Expr?)]
        var body: LambdaBody
        var scope: Scope
    }

    private(set) var events: [String] = []
    private var closures: [Closure] = []
    private var depth = 0
    private let limits = Limits()
    private let context = NativeContext(now: 0, limits: Limits())
    private let unsupported = RuntimeError(.badArgument, .limit, "the oracle does not know this")

    func run(_ statements: [Statement]) {
        let scope = Scope(nil)
        do throws(RuntimeError) {
            hoist(statements, scope)
            for statement in statements {
                if case .expression(let value) = statement.kind {
                    let shown = try evaluate(value, scope, nil)
                    events.append("=> \(literal(shown))")
                } else {
                    _ = try execute(statement, scope, nil)
                }
            }
        } catch {
            events.append("!! \(error.code.rawValue)")
        }
    }

    private func literal(_ value: Value) -> String { (try? Printer.literal(value)) ?? "?" }

    // MARK: Statements

    private func hoist(_ statements: [Statement], _ scope: Scope) {
        for case .function(let declaration) in statements.map(\.kind) {
            let parameters = declaration.parameters.map { ($0.name.text, $0.fallback) }
            scope.names[declaration.name.text] = closure(
                Closure(parameters: parameters, body: .block(declaration.body), scope: scope))
        }
    }

    private func closure(_ closure: Closure) -> Value {
        closures.append(closure)
        return .function(FunctionValue(.script(closures.count - 1), name: "f"))
    }

    private func execute(_ block: Block, _ outer: Scope, _ item: Value?) throws(RuntimeError) -> Flow {
        let scope = Scope(outer)
        hoist(block.statements, scope)
        for statement in block.statements {
            switch try execute(statement, scope, item) {
            case .next: continue
            case let flow: return flow
            }
        }
        return .next
    }

    private func execute(_ statement: Statement, _ scope: Scope, _ item: Value?) throws(RuntimeError) -> Flow {
        switch statement.kind {
        case .function: return .next
        case .let(let pattern, let value): try bind(pattern, evaluate(value, scope, item), scope)
        case .var(let name, let value): scope.names[name.text] = try evaluate(value, scope, item)
        case .assign(let name, let op, let value):
            var result: Value
            if let op {
                let before = scope.find(name.text)?.names[name.text] ?? .null
                result = try Operators.binary(op, before, evaluate(value, scope, item), limits)
            } else {
                result = try evaluate(value, scope, item)
            }
            scope.find(name.text)?.names[name.text] = result
        case .for(let pattern, let source, let body):
            return try loop(pattern, list(evaluate(source, scope, item)), body, scope, item)
        case .while(let condition, let body):
            while try bool(evaluate(condition, scope, item)) {
                switch try execute(body, scope, item) {
                case .next, .continuing: continue
                case .breaking: return .next
                case .returning(let value): return .returning(value)
                }
            }
        case .if(let condition, let then, let otherwise):
            if try bool(evaluate(condition, scope, item)) { return try execute(then, scope, item) }
            if let otherwise { return try execute(otherwise, scope, item) }
        case .try(let body, let name, let handler):
            do throws(RuntimeError) {
                return try execute(body, scope, item)
            } catch {
                guard error.kind.canBeCaught else { throw error }
                let inner = Scope(scope)
                inner.names[name.text] = .record(
                    RecordValue([("message", .string(error.message)), ("code", .string(error.code.rawValue))]))
                return try execute(handler, inner, item)
            }
        case .return(let value):
            return .returning(try value.map { value throws(RuntimeError) in try evaluate(value, scope, item) } ?? .null)
        case .break: return .breaking
        case .continue: return .continuing
        case .fail(let value):
            guard case .string(let message) = try evaluate(value, scope, item) else { throw unsupported }
            throw RuntimeError(.failed, .fail, message)
        case .expression(let value): _ = try evaluate(value, scope, item)
        case .use, .param, .resume: throw unsupported
        }
        return .next
    }

    private func loop(
        _ pattern: Pattern, _ items: [Value], _ body: Block, _ outer: Scope, _ item: Value?
    ) throws(RuntimeError) -> Flow {
        for value in items {
            let scope = Scope(outer)
            try bind(pattern, value, scope)
            switch try execute(body, scope, item) {
            case .next, .continuing: continue
            case .breaking: return .next
            case .returning(let value): return .returning(value)
            }
        }
        return .next
    }

    private func bind(_ pattern: Pattern, _ value: Value, _ scope: Scope) throws(RuntimeError) {
        switch pattern {
        case .name(let name): scope.names[name.text] = value
        case .record(let names, _):
            for name in names { scope.names[name.text] = try field(value, name.text) }
        }
    }

    // MARK: Expressions

    private func evaluate(_ expr: Expr, _ scope: Scope, _ item: Value?) throws(RuntimeError) -> Value {
        switch expr.kind {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .it: return item ?? .null
        case .name(let name):
            if let value = scope.find(name)?.names[name] { return value }
            guard let index = Library.index(of: name) else { throw unsupported }
            return .function(FunctionValue(.builtin(index), name: name))
        case .string(let parts):
            var text = ""
            for part in parts {
                switch part {
                case .text(let piece): text += piece
                case .interpolation(let value):
                    let value = try evaluate(value, scope, item)
                    if case .null = value { throw RuntimeError(.nullOperand, .type, "null") }
                    text += try Printer.text(value, limits)
                }
            }
            return .string(text)
        case .list(let parts):
            var items: [Value] = []
            for part in parts {
                switch part {
                case .item(let value): items.append(try evaluate(value, scope, item))
                case .spread(let value): items += try list(evaluate(value, scope, item))
                }
            }
            return .list(ListValue(items))
        case .record(let parts):
            var builder = RecordBuilder()
            for part in parts {
                switch part {
                case .field(let name, let value): builder.set(name.text, try evaluate(value, scope, item))
                case .spread(let value):
                    guard case .record(let record) = try evaluate(value, scope, item) else { throw wrongType }
                    for (name, value) in zip(record.shape.names, record.values) { builder.set(name, value) }
                }
            }
            return .record(try builder.record(limits))
        case .negate(let value): return try Operators.negate(evaluate(value, scope, item))
        case .not(let value): return .bool(!(try bool(evaluate(value, scope, item))))
        case .binary(let op, let left, let right):
            let first = try evaluate(left, scope, item)
            return try Operators.binary(op, first, evaluate(right, scope, item), limits)
        case .and(let left, let right):
            guard try bool(evaluate(left, scope, item)) else { return .bool(false) }
            return .bool(try bool(evaluate(right, scope, item)))
        case .or(let left, let right):
            if try bool(evaluate(left, scope, item)) { return .bool(true) }
            return .bool(try bool(evaluate(right, scope, item)))
        case .coalesce(let left, let right):
            let value = try evaluate(left, scope, item)
            if case .null = value { return try evaluate(right, scope, item) }
            return value
        case .range(let low, let high, let closed):
            let first = try evaluate(low, scope, item)
            return try Operators.range(first, evaluate(high, scope, item), closed: closed, limits)
        case .field(let base, let name): return try field(evaluate(base, scope, item), name.text)
        case .chain(let inner): return try chain(inner, scope, item) ?? .null
        case .index(let base, let key):
            let first = try evaluate(base, scope, item)
            return try Operators.index(first, evaluate(key, scope, item))
        case .conditional(let condition, let then, let otherwise):
            return try evaluate(bool(evaluate(condition, scope, item)) ? then : otherwise, scope, item)
        case .attempt(let value, let otherwise):
            do throws(RuntimeError) {
                return try evaluate(value, scope, item)
            } catch {
                guard error.kind.canBeCaught else { throw error }
                return try evaluate(otherwise, scope, item)
            }
        case .lambda(let parameters, let body):
            return closure(
                Closure(parameters: parameters.map { ($0.text, nil) }, body: body, scope: copy(of: scope)))
        case .call(let callee, let arguments): return try call(callee, nil, arguments, scope, item)
        case .pipeline(let source, let stages):
            var value = try evaluate(source, scope, item)
            for stage in stages { value = try apply(stage, to: value, scope, item) }
            return value
        case .float, .duration, .date, .regex, .optionalField: throw unsupported
        }
    }

    /// A chain up to here; nil when a `?.` ended it.
    private func chain(_ expr: Expr, _ scope: Scope, _ item: Value?) throws(RuntimeError) -> Value? {
        switch expr.kind {
        case .optionalField(let base, let name):
            guard let value = try chain(base, scope, item) else { return nil }
            if case .null = value { return nil }
            return try field(value, name.text)
        case .field(let base, let name):
            guard let value = try chain(base, scope, item) else { return nil }
            return try field(value, name.text)
        case .index(let base, let key):
            guard let value = try chain(base, scope, item) else { return nil }
            return try Operators.index(value, evaluate(key, scope, item))
        default: return try evaluate(expr, scope, item)
        }
    }

    private func copy(of scope: Scope) -> Scope {
        let copied = Scope(scope.outer.map(copy))
        copied.names = scope.names
        return copied
    }

    private func field(_ value: Value, _ name: String) throws(RuntimeError) -> Value {
        if case .null = value { throw RuntimeError(.nullOperand, .type, "null") }
        guard case .record(let record) = value else {
            // A pattern takes only records apart; a field of anything else is missing.
            throw RuntimeError(.noSuchField, .name, "no field")
        }
        guard let field = record[name] else { throw RuntimeError(.noSuchField, .name, "no field") }
        return field
    }

    private var wrongType: RuntimeError { RuntimeError(.wrongType, .type, "wrong type") }

    private func bool(_ value: Value) throws(RuntimeError) -> Bool {
        if case .bool(let bool) = value { return bool }
        if case .null = value { throw RuntimeError(.nullOperand, .type, "null") }
        throw RuntimeError(.notBool, .type, "no bool")
    }

    private func list(_ value: Value) throws(RuntimeError) -> [Value] {
        if case .list(let list) = value { return list.items }
        if case .null = value { throw RuntimeError(.nullOperand, .type, "null") }
        throw wrongType
    }

    // MARK: Calls

    private func call(
        _ callee: Expr, _ piped: Value?, _ arguments: [Argument], _ scope: Scope, _ item: Value?
    ) throws(RuntimeError) -> Value {
        let function = try evaluate(callee, scope, item)
        var values = piped.map { [$0] } ?? []
        for argument in arguments { values.append(try evaluate(argument.value, scope, item)) }
        let labels = (piped == nil ? [] : [nil]) + arguments.map { $0.label?.text }
        return try apply(function, values, labels)
    }

    private func apply(_ callee: Value, _ values: [Value], _ labels: [String?]) throws(RuntimeError) -> Value {
        if case .null = callee { throw RuntimeError(.nullOperand, .type, "null") }
        guard case .function(let function) = callee else { throw RuntimeError(.notCallable, .type, "not callable") }
        switch function.target {
        case .builtin(let index): return try apply(Library.builtins[index], values)
        case .script(let place):
            let closure = closures[place]
            let scope = Scope(closure.scope)
            guard values.count <= closure.parameters.count else { throw RuntimeError(.badArgument, .type, "too many") }
            depth += 1
            defer { depth -= 1 }
            if depth > 200 { throw unsupported }
            for (index, parameter) in closure.parameters.enumerated() {
                let labelled = labels.firstIndex { $0 == parameter.name }
                if let at = labelled ?? (index < labels.count && labels[index] == nil ? index : nil) {
                    scope.names[parameter.name] = values[at]
                } else if let fallback = parameter.fallback {
                    scope.names[parameter.name] = try evaluate(fallback, scope, nil)
                } else {
                    throw RuntimeError(.badArgument, .type, "missing")
                }
            }
            switch closure.body {
            case .expr(let value): return try evaluate(value, scope, nil)
            case .block(let block):
                if case .returning(let value) = try execute(block, scope, nil) { return value }
                return .null
            }
        }
    }

    private func apply(_ builtin: Builtin, _ values: [Value]) throws(RuntimeError) -> Value {
        switch (builtin.name, builtin.body) {
        case ("print", _):
            guard values.count == 1 else { throw unsupported }
            events.append(">> \(try Printer.text(values[0], limits))")
            return .null
        case ("any", _):
            for value in try list(values[0]) {
                if try bool(apply(values[1], [value], [nil])) { return .bool(true) }
            }
            return .bool(false)
        case (_, .native(let body)): return try body(context, values)
        default: throw unsupported
        }
    }

    // MARK: Stages

    private func apply(_ stage: Stage, to value: Value, _ scope: Scope, _ outer: Value?) throws(RuntimeError) -> Value {
        if case .call(let callee, let arguments) = stage.kind {
            return try call(callee, value, arguments, scope, outer)
        }
        let items = try list(value)
        var result: [Value] = []
        switch stage.kind {
        case .where(let condition):
            for item in items where try bool(evaluate(condition, scope, item)) { result.append(item) }
        case .map(let value):
            for item in items { result.append(try evaluate(value, scope, item)) }
        case .select(let columns):
            for item in items {
                var builder = RecordBuilder()
                for column in columns {
                    builder.set(
                        column.name?.text ?? column.value.lastField ?? "?", try evaluate(column.value, scope, item))
                }
                result.append(.record(try builder.record(limits)))
            }
        case .sort(let keys):
            var pairs: [(item: Value, key: Value)] = []
            guard keys.count == 1 else { throw unsupported }
            for item in items { pairs.append((item, try evaluate(keys[0].value, scope, item))) }
            // By insertion, which is stable.
            for pair in pairs {
                var place = result.count
                while place > 0 {
                    let before = try evaluate(keys[0].value, scope, result[place - 1])
                    guard try comesBefore(pair.key, before, keys[0].descending) else { break }
                    place -= 1
                }
                result.insert(pair.item, at: place)
            }
        case .unique(let key):
            var seen: [Value] = []
            for item in items {
                let value = try key.map { key throws(RuntimeError) in try evaluate(key, scope, item) } ?? item
                if seen.contains(where: { Operators.equal($0, value) }) { continue }
                seen.append(value)
                result.append(item)
            }
        case .take(let most): result = Array(items.prefix(try count(most, scope, outer)))
        case .skip(let most): result = Array(items.dropFirst(try count(most, scope, outer)))
        case .first(nil): return items.first ?? .null
        case .last(nil): return items.last ?? .null
        case .first(let most?): result = Array(items.prefix(try count(most, scope, outer)))
        case .last(let most?): result = Array(items.suffix(try count(most, scope, outer)))
        case .count: return .int(Int64(items.count))
        case .flatten:
            for item in items { if case .list(let inner) = item { result += inner.items } else { result.append(item) } }
        case .reverse: result = items.reversed()
        case .reduce(let reduction, let key):
            var reducer = Reducer(reduction, limits)
            for item in items {
                try reducer.add(key.map { key throws(RuntimeError) in try evaluate(key, scope, item) } ?? item)
            }
            return try reducer.result()
        case .group(let keys):
            guard keys.count == 1 else { throw unsupported }
            var groups: [(key: Value, items: [Value])] = []
            for item in items {
                let key = try evaluate(keys[0], scope, item)
                if let place = groups.firstIndex(where: { Operators.equal($0.key, key) }) {
                    groups[place].items.append(item)
                } else {
                    groups.append((key, [item]))
                }
            }
            result = groups.map { group in
                let list = Value.list(ListValue(group.items))
                return .record(
                    RecordValue([("key", group.key), ("count", .int(Int64(group.items.count))), ("items", list)]))
            }
        case .each(let pattern, let body):
            if case .returning = try loop(pattern, items, body, scope, outer) { throw unsupported }
            return .null
        case .with, .atMost, .action, .call: throw unsupported
        }
        return .list(ListValue(result))
    }

    private func count(_ expr: Expr, _ scope: Scope, _ item: Value?) throws(RuntimeError) -> Int {
        switch try evaluate(expr, scope, item) {
        case .int(let count) where count >= 0: return Int(count)
        case .null: throw RuntimeError(.nullOperand, .type, "null")
        default: throw RuntimeError(.badArgument, .value, "no count")
        }
    }

    private func comesBefore(_ left: Value, _ right: Value, _ descending: Bool) throws(RuntimeError) -> Bool {
        switch (left, right) {
        case (.null, _): return false
        case (_, .null): return true
        default:
            let order = try Operators.compare(left, right)
            return descending ? order > 0 : order < 0
        }
    }
}
