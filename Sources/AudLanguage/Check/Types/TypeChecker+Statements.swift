/// Statements: what they bind, and where control goes on.
extension TypeChecker {
    /// Checks the statements of a block or a text, in order.
    mutating func check(_ statements: [Statement], declaringForOthers: Bool = false) {
        hoist(statements)
        var hasEnded = false
        for statement in statements {
            if hasEnded, !statement.isFunction {
                hasEnded = false
                warn(
                    .unreachableCode, "this code can never run", at: statement.span, label: "unreachable",
                    help: "the statement before it leaves the block; delete one of the two")
            }
            check(statement, declaringForOthers)
            hasEnded = hasEnded || statement.leaves
        }
    }

    /// Checks a block; what was tested inside is forgotten behind it.
    mutating func check(_ block: Block) {
        let outer = facts
        check(block.statements)
        facts = outer
    }

    private mutating func check(_ statement: Statement, _ isForOthers: Bool) {
        switch statement.kind {
        case .break, .continue:
            break
        case .param(let declaration):
            checkDefault(declaration.fallback, declaration.type, declaration.name)
            bind(declaration.name, Type(declaration.type))
        case .function(let declaration):
            check(declaration)
        case .let(let pattern, let value):
            checkLet(pattern, value, isForOthers)
        case .use(_, _, let name):
            lintShadowing(name)
            // A module that was refused.
            bind(name, .error)
            if case .variable? = resolution[name] { break }
            if !isForOthers, !name.text.hasPrefix("_") { lints.modules.append(name) }
        case .var(let name, let value):
            let actsBefore = lints.acts
            _ = check(value)
            lintShadowing(name)
            if !isForOthers, lints.acts == actsBefore, case .variable(let index)? = resolution[name] {
                lints.declare(index, name)
            }
        case .assign(_, let op, let value):
            let type = check(value)
            if let op { _ = used(type, value, by: "`\(op.rawValue)=`") }
        case .fail(let value):
            checkFailure(check(value), value)
        case .for(let pattern, let source, let body):
            checkLoop(pattern, over: itemType(of: check(source), source, user: "`for`"), body)
            if case .pipeline(let first, let stages) = source.kind {
                lintLoop(pattern, over: first, stages[...], body)
            } else {
                lintLoop(pattern, over: source, [], body)
            }
        case .while(let condition, let body):
            check(condition: condition, "the condition of `while`")
            let outer = facts
            facts.formUnion(facts(of: condition).whenTrue)
            check(body)
            facts = outer
        case .if(let condition, let then, let otherwise):
            checkIf(condition, then, otherwise)
        case .try(let body, let name, let handler):
            attempts += 1
            check(body)
            attempts -= 1
            bind(name, .caughtError)
            check(handler)
        case .return(let value):
            let type = value.map { check($0) } ?? .null
            returned = returned.map { $0.joined(with: type) } ?? type
        case .resume(let stages):
            _ = check(stages, on: .any, source: Expr(.null, statement.span))
        case .expression(let value):
            if let word = value.strayStage, resolution[word] == nil { break }
            _ = check(value)
            if let condition = value.expectedCondition { facts.formUnion(facts(of: condition).whenTrue) }
        }
    }

    private mutating func checkLet(_ pattern: Pattern, _ value: Expr, _ isForOthers: Bool) {
        let actsBefore = lints.acts
        let type = check(value)
        bind(pattern, to: type)
        if case .name(let name) = pattern, case .variable(let index)? = resolution[name], isWhole(value, of: .listing) {
            lints.listings.insert(index)
        }
        if case .name(let name) = pattern, !isForOthers, lints.acts == actsBefore,
            case .variable(let index)? = resolution[name]
        {
            lints.declare(index, name)
        }
    }

    /// What `fail` raises: a text, or the record that a `catch` gave.
    private mutating func checkFailure(_ type: Type, _ value: Expr) {
        guard let type = used(type, value, by: "`fail`"), type.kinds.isDisjoint(with: [.string, .record]) else {
            return
        }
        report(
            .wrongOperand, "`fail` needs a message, not \(type.kinds.described)", at: value.span,
            label: type.kinds.described, help: "for example `fail \"no space for {a.name}\"`")
    }

    private mutating func checkIf(_ condition: Expr, _ then: Block, _ otherwise: Block?) {
        check(condition: condition, "the condition of `if`")
        let found = facts(of: condition)
        let outer = facts
        facts = outer.union(found.whenTrue)
        check(then)
        facts = outer.union(found.whenFalse)
        if let otherwise { check(otherwise) }
        facts = outer
        // Behind an `if` that leaves the block, its condition did not hold.
        if then.leaves { facts.formUnion(found.whenFalse) }
        if let otherwise, otherwise.leaves { facts.formUnion(found.whenTrue) }
    }

    /// The body of a `for` or `each`, for items of a type.
    mutating func checkLoop(_ pattern: Pattern, over item: Type, _ body: Block) {
        bind(pattern, to: item, help: nil)
        check(body)
    }

    // MARK: Names

    mutating func bind(_ name: Identifier, _ type: Type) {
        guard case .variable(let index)? = resolution[name] else { return }
        known.variables[index] = type
    }

    /// Gives the names of a pattern their types. A record is taken apart, so the names are fields of it.
    mutating func bind(_ pattern: Pattern, to type: Type, help: String? = "for a list of records: `for {a, b} in xs`") {
        switch pattern {
        case .name(let name):
            lintShadowing(name)
            bind(name, type)
        case .record(let names, let span):
            let isNull = type.kinds == .null || type.isNullable && attempts == 0
            guard !isNull, !type.kinds.isDisjoint(with: .records) else {
                let what = isNull ? type.kinds == .null ? "null" : "what may be null" : type.kinds.described
                report(
                    isNull ? .nullUse : .wrongOperand, "only a record can be taken apart, not \(what)", at: span,
                    label: "wants a record",
                    help: isNull ? "test it first, or say what a missing one means: `x ?? {…}`" : help)
                for name in names { bind(name, isNull ? .error : .any) }
                return
            }
            for name in names { bind(name, fieldType(of: type, name, at: name.span)) }
        }
    }

    // MARK: Functions

    /// Functions may be called before their lines, so what they take is known from the start of the block.
    private mutating func hoist(_ statements: [Statement]) {
        for statement in statements {
            guard case .function(let declaration) = statement.kind,
                let index = resolution[function: declaration.name.span]
            else { continue }
            lints.functions[index] = declaration
            known.parameters[index] = declaration.parameters.map { $0.type.map { Type($0) } ?? .any }
        }
    }

    private mutating func check(_ declaration: FunctionDeclaration) {
        lintShadowing(declaration.name)
        guard let index = resolution[function: declaration.name.span] else { return }
        let result = inFunction(index, at: declaration.body.span) { checker in
            for parameter in declaration.parameters {
                checker.checkDefault(parameter.fallback, parameter.type, parameter.name)
                checker.lintShadowing(parameter.name)
                checker.bind(parameter.name, parameter.type.map { Type($0) } ?? .any)
            }
            checker.check(declaration.body)
            return declaration.body.leaves ? nil : .null
        }
        known.results[index] = result
    }

    /// Checks the inside of a function. Returns what its calls give: what it returns, joined with what `body` gives.
    mutating func inFunction(_ index: Int, at span: Span? = nil, _ body: (inout TypeChecker) -> Type?) -> Type {
        let outer = (items, facts, returned, attempts, effects.place, effects.function)
        items = []
        // Captured names keep what was tested of them; the item of a stage is not visible here.
        facts = facts.filter { if case .variable = $0.root { true } else { false } }
        returned = nil
        attempts = 0
        effects.place = nil
        effects.function = index
        let last = body(&self)
        var result = [returned, last].compactMap { $0 }
        // A `return` may be missing.
        if let span, lost.touches(span) { result = [.error] }
        (items, facts, returned, attempts, effects.place, effects.function) = outer
        return result.dropFirst().reduce(result.first ?? .any) { $0.joined(with: $1) }
    }

    private mutating func checkDefault(_ fallback: Expr?, _ type: TypeExpr?, _ name: Identifier) {
        guard let fallback else { return }
        let actual = quietly(.noChange, "a default") { $0.check(fallback) }
        guard let type else { return }
        let wanted = Type(type)
        guard let (_, given) = mismatch(of: actual, with: wanted) else { return }
        report(
            actual.kinds == .null ? .nullUse : .wrongArgument,
            "the default of `\(name.text)` is \(given), and its type is \(type.text)",
            at: fallback.span, label: given,
            help: helpForDefault(fallback, actual, type, name))
    }

    private func helpForDefault(_ fallback: Expr, _ actual: Type, _ type: TypeExpr, _ name: Identifier) -> String {
        if actual.kinds == .null { return "a parameter that may be null has the type `\(type.text)?`" }
        if actual.kinds == .string, Type(type).withoutNull.kinds == .space {
            return "a space is found by its alias or id: `space(\(Printer.quoted(fallback.literalText ?? "prod")))`"
        }
        return "change the default, or the type of `\(name.text)`"
    }
}

extension Block {
    /// Whether control never comes to the end of the block.
    var leaves: Bool { statements.contains { $0.leaves } }
}

extension Statement {
    /// Whether control never goes on behind the statement.
    fileprivate var leaves: Bool {
        switch kind {
        case .return, .break, .continue, .fail: true
        case .if(_, let then, .some(let otherwise)): then.leaves && otherwise.leaves
        case .try(let body, _, let handler): body.leaves && handler.leaves
        case .while(let condition, let body): condition.isTrue && !body.statements.contains(where: \.breaks)
        case .use, .param, .function, .let, .var, .assign, .for, .if, .resume, .expression: false
        }
    }

    /// Whether the statement can end the loop around it.
    private var breaks: Bool {
        switch kind {
        case .break: true
        case .if(_, let then, let otherwise):
            then.statements.contains(where: \.breaks) || otherwise?.statements.contains(where: \.breaks) == true
        case .try(let body, _, let handler):
            body.statements.contains(where: \.breaks) || handler.statements.contains(where: \.breaks)
        case .use, .param, .function, .let, .var, .assign, .for, .while, .return, .continue, .fail, .resume,
            .expression:
            false
        }
    }

    fileprivate var isFunction: Bool { if case .function = kind { true } else { false } }
}

extension Expr {
    fileprivate var isTrue: Bool { if case .bool(true) = kind { true } else { false } }

    /// The condition of `expect(condition, …)`, which holds behind it.
    var expectedCondition: Expr? {
        guard case .call(let callee, let arguments) = kind, case .name("expect") = callee.kind else { return nil }
        return arguments.first?.value
    }
}
