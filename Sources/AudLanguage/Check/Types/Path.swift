/// A value that has a name: a variable or `it`, or a field or item of one. Values never change, so what was tested of it stays
/// true for as long as the name means it; a `var` is no path.
struct Path: Hashable {
    enum Root: Hashable {
        case variable(Int)
        /// By the number of stages around it.
        case item(Int)
    }

    enum Part: Hashable {
        case field(String)
        case item(Int64)
        /// The item or field that a name stands for.
        case variable(Int)
        /// All that is in a value: a function of the script may have tested any of it.
        case everything
    }

    var root: Root
    var parts: [Part] = []

    /// Whether it, or all of a value that it lies in, is among paths.
    func isCovered(by paths: Set<Path>) -> Bool {
        if paths.contains(self) { return true }
        return (0...parts.count).contains { paths.contains(Path(root: root, parts: parts[..<$0] + [.everything])) }
    }
}

/// What a condition says of paths: those that are not null where it holds, and those where it does not.
struct ConditionFacts {
    var whenTrue: Set<Path> = []
    var whenFalse: Set<Path> = []
}

extension TypeChecker {
    func path(of expr: Expr) -> Path? {
        switch expr.kind {
        case .it:
            return Path(root: .item(items.count))
        case .name(let name):
            guard case .variable(let index)? = resolution[Identifier(name, expr.span)],
                !environment.variables[index].isMutable
            else { return nil }
            return Path(root: .variable(index))
        case .field(let base, let name), .optionalField(let base, let name):
            guard var path = path(of: base) else { return nil }
            path.parts.append(.field(name.text))
            return path
        case .index(let base, let key):
            guard var path = path(of: base), let part = part(key) else { return nil }
            path.parts.append(part)
            return path
        case .chain(let inner):
            return path(of: inner)
        default:
            return nil
        }
    }

    /// What a key of `[ ]` adds to a path: `r["name"]` is the field; nil for a key that is worked out.
    private func part(_ key: Expr) -> Path.Part? {
        if let text = key.literalText { return .field(text) }
        switch key.kind {
        case .int(let number): return .item(number)
        case .negate(let inner): if case .int(let number) = inner.kind { return .item(0 &- number) }
        default: break
        }
        guard let path = path(of: key), case .variable(let index) = path.root, path.parts.isEmpty else { return nil }
        return .variable(index)
    }

    /// What holds behind a condition. It must have been checked before.
    func facts(of condition: Expr) -> ConditionFacts {
        switch condition.kind {
        case .not(let inner):
            let facts = facts(of: inner)
            return ConditionFacts(whenTrue: facts.whenFalse, whenFalse: facts.whenTrue)
        case .and(let left, let right):
            let (left, right) = (facts(of: left), facts(of: right))
            return ConditionFacts(
                whenTrue: left.whenTrue.union(right.whenTrue), whenFalse: left.whenFalse.intersection(right.whenFalse))
        case .or(let left, let right):
            let (left, right) = (facts(of: left), facts(of: right))
            return ConditionFacts(
                whenTrue: left.whenTrue.intersection(right.whenTrue), whenFalse: left.whenFalse.union(right.whenFalse))
        case .binary(let op, let left, let right):
            return comparisonFacts(op, left, right)
        case .coalesce(let tested, let fallback):
            if case .bool(false) = fallback.kind { return ConditionFacts(whenTrue: paths(guardedBy: tested)) }
            return ConditionFacts()
        case .call(let callee, let arguments):
            let tested = pathsTested(by: callee, arguments)
            return ConditionFacts(whenTrue: tested, whenFalse: tested)
        default:
            return ConditionFacts()
        }
    }

    /// A function of the script may have tested anything of what it was given, and say so by true or by false.
    private func pathsTested(by callee: Expr, _ arguments: [Argument]) -> Set<Path> {
        switch callee.kind {
        case .name(let name): if case .builtin? = resolution[Identifier(name, callee.span)] { return [] }
        case .field(_, let name): guard case .function? = resolution[name] else { return [] }
        default: return []
        }
        return Set(
            arguments.compactMap { argument in
                path(of: argument.value).map { Path(root: $0.root, parts: $0.parts + [.everything]) }
            })
    }

    private func comparisonFacts(_ op: BinaryOperator, _ left: Expr, _ right: Expr) -> ConditionFacts {
        switch op {
        case .equal, .notEqual:
            let tested: Expr
            if case .null = right.kind {
                tested = left
            } else if case .null = left.kind {
                tested = right
            } else {
                // Equal to a value that is not null.
                if let facts = typeFacts(op, left, right) ?? typeFacts(op, right, left) { return facts }
                guard op == .equal, left.isLiteral || right.isLiteral else { return ConditionFacts() }
                let tested = right.isLiteral ? left : right
                return ConditionFacts(whenTrue: paths(guardedBy: tested).union(pathsWithDefault(tested)))
            }
            let paths = paths(guardedBy: tested)
            return op == .equal ? ConditionFacts(whenFalse: paths) : ConditionFacts(whenTrue: paths)
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .matches, .notMatches, .isIn, .notIn:
            // Null would have ended the run here. A default that passes the test is not held against a program.
            let paths = paths(guardedBy: left).union(paths(guardedBy: right))
            return ConditionFacts(
                whenTrue: paths.union(pathsWithDefault(left)).union(pathsWithDefault(right)), whenFalse: paths)
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo:
            return ConditionFacts()
        }
    }

    /// `type(x) == "int"`, and what is not of the type null.
    private func typeFacts(_ op: BinaryOperator, _ left: Expr, _ right: Expr) -> ConditionFacts? {
        guard case .call(let callee, let arguments) = left.kind, case .name("type") = callee.kind, arguments.count == 1,
            let name = right.literalText
        else { return nil }
        let paths = paths(guardedBy: arguments[0].value)
        if name == "null" { return op == .equal ? ConditionFacts(whenFalse: paths) : ConditionFacts(whenTrue: paths) }
        return op == .equal ? ConditionFacts(whenTrue: paths) : ConditionFacts(whenFalse: paths)
    }

    /// The paths that are not null when an expression is not: itself, and every base of it.
    private func paths(guardedBy expr: Expr) -> Set<Path> {
        var found: Set<Path> = []
        var next: Expr? = expr
        while let expr = next {
            if let path = path(of: expr) { found.insert(path) }
            switch expr.kind {
            case .chain(let inner), .field(let inner, _), .optionalField(let inner, _), .index(let inner, _):
                next = inner
            default: next = nil
            }
        }
        return found
    }

    /// `x` of `x ?? 0`.
    private func pathsWithDefault(_ expr: Expr) -> Set<Path> {
        if case .coalesce(let tested, _) = expr.kind { paths(guardedBy: tested) } else { [] }
    }
}

extension Expr {
    /// Whether it is a value that is written as it is.
    var isLiteral: Bool {
        switch kind {
        case .bool, .int, .float, .duration, .date, .string: true
        default: false
        }
    }
}
