@testable import AudLanguage

/// A naive evaluator of the syntax tree: the oracle of compiler and machine. It shares the values and operators with
/// the machine, and nothing of names, registers, jumps, captures, laziness or frames: names are looked up in a chain of
/// dictionaries, control flow is Swift's, and a pipeline is a chain of closures that pull one item from the next.
///
/// It knows the part of the language that `ScriptGenerator` writes; anything else is `unsupported`.
final class TreeEvaluator {
    /// Names by block, innermost last. A closure keeps a copy: it captures by value.
    final class Scope {
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
    enum Flow {
        case next, breaking, continuing
        case returning(Value)
    }

    struct Closure {
        var parameters: [(name: String, fallback: Expr?)]
        var body: LambdaBody
        var scope: Scope
    }

    var workspace = SmallWorkspace()
    private(set) var closures: [Closure] = []
    var depth = 0
    let limits = Limits()
    let context = NativeContext(now: 1_763_899_200_000_000, limits: Limits())
    private let modules: [String: String]
    let unsupported = RuntimeError(.badArgument, .limit, "the oracle does not know this")

    /// `modules` are their texts by their paths.
    init(modules: [String: String] = [:]) { self.modules = modules }

    func run(_ statements: [Statement]) {
        let scope = Scope(nil)
        do throws(RuntimeError) {
            hoist(statements, scope)
            for statement in statements {
                if case .expression(let value) = statement.kind {
                    _ = try ask(.show(evaluate(value, scope, nil), as: nil, statement: true))
                } else {
                    _ = try execute(statement, scope, nil)
                }
            }
        } catch {
            workspace.events.append("!! \(error.code.rawValue)")
        }
    }

    // MARK: Statements

    func hoist(_ statements: [Statement], _ scope: Scope) {
        for case .function(let declaration) in statements.map(\.kind) {
            let parameters = declaration.parameters.map { ($0.name.text, $0.fallback) }
            scope.names[declaration.name.text] = closure(
                Closure(parameters: parameters, body: .block(declaration.body), scope: scope))
        }
    }

    func closure(_ closure: Closure) -> Value {
        closures.append(closure)
        return .function(FunctionValue(.script(closures.count - 1), name: "f"))
    }

    func execute(_ block: Block, _ outer: Scope, _ item: Value?) throws(RuntimeError) -> Flow {
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

    func execute(_ statement: Statement, _ scope: Scope, _ item: Value?) throws(RuntimeError) -> Flow {
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
            return try loop(pattern, items(of: source, scope, item), body, scope, item)
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
                inner.names[name.text] = .record(error.record(line: 0))
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
        case .use(let path, _, let name): scope.names[name.text] = try module(path)
        case .param, .resume: throw unsupported
        }
        return .next
    }

    func loop(
        _ pattern: Pattern, _ items: @escaping Items, _ body: Block, _ outer: Scope, _ item: Value?
    ) throws(RuntimeError) -> Flow {
        let next = changes(body) ? Self.items(in: try drain(items)) : items
        while let value = try next() {
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

    func bind(_ pattern: Pattern, _ value: Value, _ scope: Scope) throws(RuntimeError) {
        switch pattern {
        case .name(let name): scope.names[name.text] = value
        case .record(let names, _):
            for name in names { scope.names[name.text] = try field(value, name.text) }
        }
    }

    /// A module is a record of its functions and values.
    private func module(_ path: String) throws(RuntimeError) -> Value {
        guard let text = modules[path] else { throw unsupported }
        let parsed = Parser.parse(SourceFile(name: path, text: text), fileIndex: 0, mode: .file)
        let scope = Scope(nil)
        hoist(parsed.statements, scope)
        for statement in parsed.statements { _ = try execute(statement, scope, nil) }
        return .record(RecordValue(scope.names.map { ($0.key, $0.value) }))
    }
}
