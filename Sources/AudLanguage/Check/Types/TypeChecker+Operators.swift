/// Operators: which kinds they take, and what they give.
extension TypeChecker {
    mutating func check(_ op: BinaryOperator, _ left: Expr, _ right: Expr, _ expr: Expr) -> Type {
        let first = check(left)
        let second = check(right)
        switch op {
        case .equal, .notEqual:
            checkEquality(op, first, second, expr)
            lintWords(first, second, expr)
            return .bool
        case .isIn, .notIn:
            lintWords(in: right, of: first)
            _ = used(first, left, by: "`\(op.rawValue)`")
            _ = used(second, right, by: "`\(op.rawValue)`", help: "say what a missing list means: `?? []`")
            return .bool
        case .matches, .notMatches:
            lintClasses(right, beside: left)
            lintPattern(right)
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .less, .lessOrEqual, .greater,
            .greaterOrEqual:
            break
        }
        if first.isError || second.isError { return .error }
        guard let first = used(first, left, by: "`\(op.rawValue)`"),
            let second = used(second, right, by: "`\(op.rawValue)`")
        else { return .error }
        let result = OperatorTypes.result(op, first.kinds, second.kinds)
        guard result.isEmpty else {
            return result == .list ? .list(of: first.element.joined(with: second.element)) : Type(result)
        }
        let known = [first.kinds, second.kinds].filter { !$0.isWide }.map(\.described)
        report(
            .wrongOperand, "`\(op.rawValue)` does not take \(known.joined(separator: " and "))", at: expr.span,
            label: known.count == 2 ? "\(known[0]) \(op.rawValue) \(known[1])" : known.first,
            help: OperatorTypes.help(op, first.kinds, second.kinds))
        return .error
    }

    private mutating func checkEquality(_ op: BinaryOperator, _ left: Type, _ right: Type, _ expr: Expr) {
        guard !OperatorTypes.canBeEqual(left.kinds, right.kinds) else {
            if case .null = expr.operands?.right.kind { lintNullTest(op, left, expr.operands?.left, at: expr.span) }
            if case .null = expr.operands?.left.kind { lintNullTest(op, right, expr.operands?.right, at: expr.span) }
            return
        }
        let (left, right) = (left.kinds.subtracting(.null), right.kinds.subtracting(.null))
        report(
            .neverEqual, "\(left.described) never equals \(right.described)", at: expr.span,
            label: op == .equal ? "always false" : "always true",
            help: Self.help(comparing: left, right))
    }

    private static func help(comparing left: Kinds, _ right: Kinds) -> String {
        if left == .bool || right == .bool { return "a bool needs no comparison: write `x`, or `not x`" }
        if left == .regex || right == .regex { return "a regex is searched by `~`: `.name ~ /test/`" }
        if left == .date || right == .date { return OperatorTypes.dateHelp }
        if !left.isDisjoint(with: .records) || !right.isDisjoint(with: .records) {
            return "a record is compared by one of its fields, for example `x.id` or `x.name`"
        }
        return "convert one side first, for example `str(x)` or `int(x)`"
    }

    /// A test for null of what cannot be null.
    private mutating func lintNullTest(_ op: BinaryOperator, _ type: Type, _ tested: Expr?, at span: Span) {
        guard !type.kinds.contains(.null), !type.mayBeMissing else { return }
        let name = tested?.written
        warn(
            .needlessNullTest, "\(name.map { "`\($0)`" } ?? "this value") is never null here", at: span,
            label: op == .equal ? "always false" : "always true",
            help: "it is \(type.kinds.described); delete the test, or test what it is made from")
    }

    mutating func checkNegation(_ value: Expr, _ expr: Expr) -> Type {
        guard let type = used(check(value), value, by: "`-`"), !type.isError else { return .error }
        let result = type.only([.int, .float, .duration])
        guard result.kinds.isEmpty else { return result }
        report(
            .wrongOperand, "`-` does not negate \(type.kinds.described)", at: expr.span, label: type.kinds.described,
            help: type.kinds == .bool
                ? "a condition is turned by `not`"
                : type.kinds == .date || type.kinds == .string
                    ? "`-` takes a number or a duration; the other way round is `sort by … desc`"
                    : "`-` takes a number or a duration")
        return .error
    }

    mutating func checkRange(_ low: Expr, _ high: Expr, _ sign: String) -> Type {
        var isRight = true
        for bound in [low, high] {
            guard let type = used(check(bound), bound, by: "`\(sign)`"), isRight, !type.kinds.contains(.int) else {
                continue
            }
            isRight = false
            report(
                .wrongOperand, "a range goes from an int to an int, not \(type.kinds.described)", at: bound.span,
                label: type.kinds.described, help: "for example `1\(sign)10`")
        }
        return .list(of: .int)
    }

    /// `and` and `or`: the right side is looked at only when the left one allows it.
    mutating func checkLogic(_ left: Expr, _ right: Expr, _ word: String) -> Type {
        check(condition: left, "the operand of `\(word)`", rule: nil)
        let found = facts(of: left)
        let outer = facts
        facts.formUnion(word == "and" ? found.whenTrue : found.whenFalse)
        check(condition: right, "the operand of `\(word)`", rule: nil)
        facts = outer
        return .bool
    }

    mutating func checkCoalesce(_ left: Expr, _ right: Expr) -> Type {
        let first = check(left)
        let second = check(right)
        return first.kinds == .null ? second : first.withoutNull.joined(with: second)
    }

    mutating func checkIndex(_ base: Expr, _ key: Expr, _ expr: Expr) -> Type {
        let first = check(base)
        let second = check(key)
        guard let first = used(first, base, by: "`[ ]`"), let second = used(second, key, by: "`[ ]`") else {
            return .error
        }
        if first.isError { return .error }
        let indexed = first.kinds.intersection([.list, .string, .record, .audience, .space, .outcome])
        guard !indexed.isEmpty else {
            report(
                .wrongOperand, "\(first.kinds.described) has no items", at: expr.span, label: first.kinds.described,
                help: "lists, strings and records are indexed: `xs[0]`, `text[-1]`, `r[\"name\"]`")
            return .error
        }
        let takesInt = !indexed.isDisjoint(with: [.list, .string])
        let takesName = !indexed.isDisjoint(with: .records)
        let wanted: Kinds = [takesInt ? .int : [], takesName ? .string : []]
        guard second.kinds.isDisjoint(with: wanted) else {
            if indexed == .list { return narrowed(first.element, expr) }
            return indexed == .string ? .string : .any
        }
        report(
            .wrongOperand,
            takesInt
                ? "the index of \(indexed.described) is an int, not \(second.kinds.described)"
                : "the key of \(indexed.described) is a string, not \(second.kinds.described)",
            at: key.span, label: second.kinds.described,
            help: takesInt
                ? "items are counted from 0, and from the end with negative numbers: `x[0]`, `x[-1]`"
                : "for example `r[\"name\"]`, or `r[str(key)]`")
        return .error
    }

    // MARK: Conditions

    /// Checks that a condition can be a bool. With a rule, that it changes nothing either.
    mutating func check(condition: Expr, _ user: String, rule: EffectRules.Rule? = .noChange) {
        let type: Type
        let errorsBefore = errorCount
        if let rule {
            type = quietly(rule, user) { $0.check(condition) }
        } else {
            type = check(condition)
        }
        guard !type.kinds.contains(.bool) || type.isNullable && attempts == 0 else { return }
        // With a mistake inside, a bracket may stand in the wrong place. That a condition acts is told by its rule.
        guard errorsBefore == errorCount else { return }
        if rule != nil, case .call(let callee, _) = condition.kind, callee.written.flatMap(Verb.init) != nil { return }
        let name = condition.written
        if type.kinds == .null || type.isNullable {
            _ = used(type, condition, by: user, help: "say what a missing value means: `\(name ?? "x") ?? false`")
            return
        }
        let what = type.kinds.subtracting(.null)
        let isOperand = user.hasSuffix("`and`") || user.hasSuffix("`or`")
        report(
            .notACondition, "\(user) needs true or false, not \(what.described)", at: condition.span,
            label: what.described,
            help: !condition.isLiteral
                ? Self.comparison(what, name ?? "x")
                : isOperand ? Self.alternatives : "nothing counts as true by itself: write `true`, or compare")
    }

    /// `.status == "Failed" or "Error"`: a literal compared with anything would hold for all, or for none.
    private static let alternatives =
        "nothing counts as true by itself: each side of `or` and `and` is a whole condition; one of several values is "
        + "`x in [a, b]`"

    private static func comparison(_ kinds: Kinds, _ name: String) -> String {
        let start = "nothing counts as true by itself; compare it: "
        switch kinds {
        case .string: return start + "`\(name) != \"\"`"
        case .list: return start + "`len(\(name)) > 0`"
        case .int, .float, .numbers: return start + "`\(name) != 0`"
        case .function: return "a function is called with parentheses: `\(name)(…)`"
        default: return start + "`\(name) != null`"
        }
    }
}

extension Expr {
    var operands: (left: Expr, right: Expr)? {
        if case .binary(_, let left, let right) = kind { (left, right) } else { nil }
    }
}
