/// Expressions: the type of each, and what no value of that type can do.
extension TypeChecker {
    /// The type of an expression; `any` when it has an error.
    mutating func check(_ expr: Expr) -> Type {
        switch expr.kind {
        case .null: return .null
        case .bool: return .bool
        case .int: return .int
        case .float: return Type(.float)
        case .duration: return Type(.duration)
        case .date: return Type(.date)
        case .regex(let pattern, let flags):
            if case .failure(let error) = RegexValue.compile(pattern: pattern, flags: flags) {
                report(.badRegex, error.message, at: expr.span, label: nil, help: error.help)
            }
            return Type(.regex)
        case .string(let parts): return check(parts)
        case .it: return narrowed(items.last ?? .any, expr)
        case .name(let name): return checkName(Identifier(name, expr.span), expr)
        case .list(let listed): return check(listed)
        case .record(let fields): return check(fields)
        case .negate(let value): return checkNegation(value, expr)
        case .not(let value):
            check(condition: value, "the operand of `not`", rule: nil)
            return .bool
        case .binary(let op, let left, let right): return check(op, left, right, expr)
        case .and(let left, let right): return checkLogic(left, right, "and")
        case .or(let left, let right): return checkLogic(left, right, "or")
        case .coalesce(let left, let right): return checkCoalesce(left, right)
        case .range(let low, let high, let closed): return checkRange(low, high, closed ? ".." : "..<")
        case .field(let base, let name): return checkField(base, name, expr)
        case .optionalField(let base, let name): return checkOptionalField(base, name, expr)
        case .chain(let inner): return checkChain(inner, expr)
        case .index(let base, let key): return checkIndex(base, key, expr)
        case .call(let callee, let arguments):
            lintCall(callee, arguments)
            return checkCall(callee, arguments, piped: nil)
        case .pipeline(let source, let stages): return checkPipeline(source, stages)
        case .lambda(let parameters, let body): return checkLambda(parameters, body, expr)
        case .conditional(let condition, let then, let otherwise): return checkChoice(condition, then, otherwise)
        case .attempt(let value, let otherwise): return checkAttempt(value, otherwise)
        }
    }

    // MARK: Names and literals

    private mutating func checkName(_ name: Identifier, _ expr: Expr) -> Type {
        if lost.names.contains(name.text), !Library.isReserved(name.text) { return .error }
        switch resolution[name] {
        case .variable(let index):
            lints.used.insert(index)
            return environment.variables[index].isMutable ? .any : narrowed(known.variables[index] ?? .any, expr)
        case .function(let index): return .function(.function(index))
        case .builtin(let index): return .function(.builtin(index))
        case .module: return .any
        // What has no meaning was reported by the resolver.
        case nil: return .error
        }
    }

    /// The type less null when the way here has tested it.
    func narrowed(_ type: Type, _ expr: Expr) -> Type {
        guard type.kinds.contains(.null), !facts.isEmpty, let path = path(of: expr), path.isCovered(by: facts) else {
            return type
        }
        return type.withoutNull
    }

    private mutating func check(_ parts: [StringPart]) -> Type {
        lintDollars(parts)
        for part in parts {
            guard case .interpolation(let value) = part else { continue }
            let help = "say what a missing value means: `{\(value.written ?? "x") ?? \"none\"}`"
            _ = used(check(value), value, by: "a text", help: help)
        }
        return .string
    }

    private mutating func check(_ listed: [ListItem]) -> Type {
        var element: Type?
        for item in listed {
            let type: Type
            switch item {
            case .item(let value): type = check(value)
            case .spread(let value): type = itemType(of: check(value), value, user: "`...`")
            }
            element = element.map { $0.joined(with: type) } ?? type
        }
        return .list(of: element ?? .any)
    }

    private mutating func check(_ written: [RecordItem]) -> Type {
        var fields = Fields()
        for item in written {
            switch item {
            case .field(let name, let value):
                fields.set(name.text, check(value))
            case .spread(let value):
                guard let type = used(check(value), value, by: "`...`") else {
                    fields.isOpen = true
                    continue
                }
                guard !type.kinds.isDisjoint(with: .records) else {
                    report(
                        .wrongOperand, "`...` in a record needs a record, not \(type.kinds.described)", at: value.span,
                        label: type.kinds.described)
                    fields.isOpen = true
                    continue
                }
                spread(type, into: &fields)
            }
        }
        return .record(fields)
    }

    private func spread(_ type: Type, into fields: inout Fields) {
        guard let spread = type.fields else {
            // Whatever it brings comes later and may replace what is there.
            fields = Fields(fields.names.map { ($0, .any) }, isOpen: true)
            return
        }
        if spread.isOpen { fields = Fields(fields.names.map { ($0, .any) }, isOpen: true) }
        for name in spread.names { fields.set(name, spread[name] ?? .any) }
    }

    // MARK: Fields

    private mutating func checkField(_ base: Expr, _ name: Identifier, _ expr: Expr) -> Type {
        if case .name(let text) = base.kind, case .module? = resolution[Identifier(text, base.span)] {
            lints.usedModules.insert(text)
            return checkName(name, Expr(.name(name.text), name.span))
        }
        let type = check(base)
        probe.note(name, of: type)
        let sign = base.written.map { $0.isEmpty ? "it" : $0 } ?? "x"
        let help =
            "`\(sign)?.\(name.text)` gives null when there is nothing to read it from; where null will not do, test"
            + " `\(sign) != null` first"
        guard let type = used(type, base, by: "`.\(name.text)`", help: help) else { return .error }
        let place = base.isImplied ? expr.span : name.span
        return narrowed(fieldType(of: type, name, at: place, base: base.written), expr)
    }

    /// A postfix chain with `?.`, which a null base ends: what comes behind works on a value, and the whole is null.
    private mutating func checkChain(_ inner: Expr, _ expr: Expr) -> Type {
        let outer = chainNull
        chainNull = nil
        var type = check(inner)
        if let null = chainNull {
            let isNullable = type.isNullable || null.isNullable
            type = type.orNull
            type.isNullable = isNullable
        }
        chainNull = outer
        return narrowed(type, expr)
    }

    private mutating func checkOptionalField(_ base: Expr, _ name: Identifier, _ expr: Expr) -> Type {
        let type = check(base)
        probe.note(name, of: type)
        if type.kinds.contains(.null) {
            chainNull = Type(.null, isNullable: chainNull?.isNullable == true || type.isNullable)
        }
        if type.kinds == .null { return .any }
        return narrowed(fieldType(of: type.withoutNull, name, at: name.span), expr)
    }

    /// The type of a field of a value that is not null.
    mutating func fieldType(of type: Type, _ name: Identifier, at span: Span, base: String? = nil) -> Type {
        guard !type.kinds.isDisjoint(with: .records) else {
            let isList = type.kinds == .list
            report(
                .unknownField, "there is no field `.\(name.text)` on \(type.kinds.described)", at: span,
                label: "unknown field",
                help: environment.library.help(forMember: name.text, ofList: isList))
            return .error
        }
        guard let fields = type.fields else { return type.isError ? .error : .any }
        if let field = fields[name.text] { return field }
        guard !fields.isOpen else { return .any }
        reportUnknown(name, type.kinds.intersection(.records), fields, at: span, base: base)
        return .error
    }

    private mutating func reportUnknown(
        _ name: Identifier, _ kinds: Kinds, _ fields: Fields, at span: Span, base: String?
    ) {
        let isAudience = kinds == .audience
        let names = fields.names
        var help = environment.library.help(forVerb: name.text, of: base)
        if help == nil { help = Suggestions.closest(to: name.text, among: names).map { "did you mean `.\($0)`?" } }
        if help == nil, !isAudience { help = environment.library.help(forMember: name.text, ofList: false) }
        if help == nil, isAudience { help = "what the server sends beyond these is read with `a[\"\(name.text)\"]`" }
        let shown = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
        report(
            .unknownField,
            "there is no field `.\(name.text)` on \(kinds == .record ? "this record" : kinds.described)", at: span,
            label: "unknown field", help: help, notes: [names.isEmpty ? "it has no fields" : "fields: \(shown)"])
    }

    // MARK: Choices and functions

    private mutating func checkChoice(_ condition: Expr, _ then: Expr, _ otherwise: Expr) -> Type {
        check(condition: condition, "the condition of `if`")
        let found = facts(of: condition)
        let outer = facts
        facts = outer.union(found.whenTrue)
        let first = check(then)
        facts = outer.union(found.whenFalse)
        let second = check(otherwise)
        facts = outer
        return first.joined(with: second)
    }

    private mutating func checkAttempt(_ value: Expr, _ otherwise: Expr) -> Type {
        attempts += 1
        let first = check(value)
        attempts -= 1
        return first.joined(with: check(otherwise))
    }

    private mutating func checkLambda(_ parameters: [Identifier], _ body: LambdaBody, _ expr: Expr) -> Type {
        checkLambda(parameters, body, expr, arguments: [])
    }

    /// A function without a name; the types of its arguments are known when it is given to a built-in.
    mutating func checkLambda(
        _ parameters: [Identifier], _ body: LambdaBody, _ expr: Expr, arguments: [Type]
    ) -> Type {
        guard let index = resolution[function: expr.span] else { return Type(.function) }
        known.results[index] = inFunction(index, at: expr.span) { checker in
            for (place, parameter) in parameters.enumerated() {
                checker.lintShadowing(parameter)
                checker.bind(parameter, place < arguments.count ? arguments[place] : .any)
            }
            switch body {
            case .expr(let value):
                return checker.check(value)
            case .block(let block):
                checker.check(block)
                return block.leaves ? nil : .null
            }
        }
        return .function(.function(index))
    }
}

extension Expr {
    /// The `it` that `.field` leaves out.
    fileprivate var isImplied: Bool {
        if case .it = kind { span.start == span.end } else { false }
    }
}
