/// A value that has a name: a variable or `it`, or a field of one. Values never change, so what was tested of it stays
/// true for as long as the name means it; a `var` is no path.
struct Path: Hashable {
    enum Root: Hashable {
        case variable(Int)
        /// By the number of stages around it.
        case item(Int)
    }

    var root: Root
    var fields: [String] = []
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
            path.fields.append(name.text)
            return path
        case .chain(let inner):
            return path(of: inner)
        default:
            return nil
        }
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
        default:
            return ConditionFacts()
        }
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
                guard op == .equal else { return ConditionFacts() }
                if right.isLiteral { return ConditionFacts(whenTrue: paths(guardedBy: left)) }
                return left.isLiteral ? ConditionFacts(whenTrue: paths(guardedBy: right)) : ConditionFacts()
            }
            let paths = paths(guardedBy: tested)
            return op == .equal ? ConditionFacts(whenFalse: paths) : ConditionFacts(whenTrue: paths)
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .less, .lessOrEqual, .greater,
            .greaterOrEqual, .matches, .notMatches, .isIn, .notIn:
            return ConditionFacts()
        }
    }

    /// The paths that are not null when an expression is not: itself, and every base of it.
    private func paths(guardedBy expr: Expr) -> Set<Path> {
        var found: Set<Path> = []
        var next: Expr? = expr
        while let expr = next {
            if let path = path(of: expr) { found.insert(path) }
            switch expr.kind {
            case .chain(let inner), .field(let inner, _), .optionalField(let inner, _): next = inner
            default: next = nil
            }
        }
        return found
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
