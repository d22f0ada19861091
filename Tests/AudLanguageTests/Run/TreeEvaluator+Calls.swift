@testable import AudLanguage

/// Calls of functions, of the script and built in, and what built-ins ask of the workspace.
extension TreeEvaluator {
    func call(
        _ callee: Expr, _ piped: Value?, _ arguments: [Argument], _ scope: Scope, _ item: Value?
    ) throws(RuntimeError) -> Value {
        let function = try evaluate(callee, scope, item)
        var values = piped.map { [$0] } ?? []
        for argument in arguments { values.append(try evaluate(argument.value, scope, item)) }
        let labels = (piped == nil ? [] : [nil]) + arguments.map { $0.label?.text }
        return try apply(function, values, labels)
    }

    func apply(_ callee: Value, _ values: [Value], _ labels: [String?]) throws(RuntimeError) -> Value {
        if case .null = callee { throw RuntimeError(.nullOperand, .type, "null") }
        guard case .function(let function) = callee else { throw RuntimeError(.notCallable, .type, "not callable") }
        switch function.target {
        case .builtin(let index): return try apply(Library.standard[index], values, labels)
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

    func apply(_ builtin: Builtin, _ given: [Value], _ labels: [String?]) throws(RuntimeError) -> Value {
        let values = try arguments(builtin, given, labels)
        switch builtin.body {
        case .native(let body): return try body(context, values)
        case .request(let body): return try ask(body(context, values))
        case .action(let verb): return try act(verb, on: values[0], space: values[1], .stop)
        case .prelude:
            guard builtin.name == "any" else { throw unsupported }
            for value in try list(values[0]) {
                if try bool(apply(values[1], [value], [nil])) { return .bool(true) }
            }
            return .bool(false)
        case .host: throw unsupported
        }
    }

    /// One value for each parameter: those given by place, by name, and the defaults.
    private func arguments(
        _ builtin: Builtin, _ given: [Value], _ labels: [String?]
    ) throws(RuntimeError) -> [Value] {
        if builtin.isVariadic {
            let fixed = builtin.parameters.count - 1
            return Array(given.prefix(fixed)) + [.list(ListValue(Array(given.dropFirst(fixed))))]
        }
        var values: [Value] = []
        for (place, parameter) in builtin.parameters.enumerated() {
            if let at = labels.firstIndex(where: { $0 == parameter.name }) {
                values.append(given[at])
            } else if place < given.count, labels[place] == nil {
                values.append(given[place])
            } else {
                guard let fallback = parameter.fallback else { throw unsupported }
                values.append(fallback)
            }
        }
        return values
    }
}
