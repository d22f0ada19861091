@testable import AudLanguage

/// Expressions: each is what its parts are, worked out from left to right.
extension TreeEvaluator {
    func evaluate(_ expr: Expr, _ scope: Scope, _ item: Value?) throws(RuntimeError) -> Value {
        switch expr.kind {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .it: return item ?? .null
        case .name(let name):
            if let value = scope.find(name)?.names[name] { return value }
            guard let index = Library.standard.index(of: name) else { throw unsupported }
            return .function(FunctionValue(.builtin(index), name: name))
        case .string(let parts):
            var text = ""
            for part in parts {
                switch part {
                case .text(let piece): text += piece
                case .interpolation(let value):
                    let value = try evaluate(value, scope, item)
                    if case .null = value { throw RuntimeError(.nullOperand, .type, "null") }
                    text += try Printer.text(value, Meter(limits))
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
                    let record = try record(evaluate(value, scope, item))
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
        case .pipeline: return try pipeline(expr, scope, item)
        case .float(let value): return .float(value)
        case .duration(let value): return .duration(value)
        case .date(let value): return .date(value)
        case .regex(let pattern, let flags):
            guard case .success(let regex) = RegexValue.compile(pattern: pattern, flags: flags) else {
                throw unsupported
            }
            return .regex(regex)
        case .optionalField: throw unsupported
        }
    }

    /// A chain up to here; nil when a `?.` ended it.
    func chain(_ expr: Expr, _ scope: Scope, _ item: Value?) throws(RuntimeError) -> Value? {
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

    func copy(of scope: Scope) -> Scope {
        let copied = Scope(scope.outer.map(copy))
        copied.names = scope.names
        return copied
    }

    func field(_ value: Value, _ name: String) throws(RuntimeError) -> Value {
        if case .null = value { throw RuntimeError(.nullOperand, .type, "null") }
        guard case .record(let record) = value else {
            // A pattern takes only records apart; a field of anything else is missing.
            throw RuntimeError(.noSuchField, .name, "no field")
        }
        guard let field = record[name] else {
            // Fields of later versions of the API.
            let later = ["audienceType", "computeCadence", "size", "options", "schedules"]
            if record.kind == .audience, later.contains(name) { return .null }
            throw RuntimeError(.noSuchField, .name, "no field")
        }
        return field
    }

    var wrongType: RuntimeError { RuntimeError(.wrongType, .type, "wrong type") }

    func bool(_ value: Value) throws(RuntimeError) -> Bool {
        if case .bool(let bool) = value { return bool }
        if case .null = value { throw RuntimeError(.nullOperand, .type, "null") }
        throw RuntimeError(.notBool, .type, "no bool")
    }

    private func record(_ value: Value) throws(RuntimeError) -> RecordValue {
        if case .record(let record) = value { return record }
        if case .null = value { throw RuntimeError(.nullOperand, .type, "null") }
        throw wrongType
    }

    func list(_ value: Value) throws(RuntimeError) -> [Value] {
        if case .list(let list) = value { return list.items }
        if case .null = value { throw RuntimeError(.nullOperand, .type, "null") }
        throw wrongType
    }
}
