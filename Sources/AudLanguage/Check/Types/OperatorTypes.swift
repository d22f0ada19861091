/// Which kinds the operators take, and which they give: the table of `Operators`, without values.
enum OperatorTypes {
    /// The kinds that `left op right` can have; empty when it is an error for every pair. Null is no operand here.
    static func result(_ op: BinaryOperator, _ left: Kinds, _ right: Kinds) -> Kinds {
        switch op {
        case .equal, .notEqual, .isIn, .notIn: return .bool
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .less, .lessOrEqual, .greater,
            .greaterOrEqual, .matches, .notMatches:
            break
        }
        var result: Kinds = []
        let rights = right.each
        for left in left.each {
            for right in rights { result.formUnion(single(op, left, right)) }
        }
        return result
    }

    /// Whether `left == right` can be true. It compares outermost kinds only.
    static func canBeEqual(_ left: Kinds, _ right: Kinds) -> Bool {
        // Testing for null is never refused.
        if left == .null || right == .null { return true }
        // Two nulls are equal.
        return !comparable(left).isDisjoint(with: comparable(right))
    }

    /// Int and float are one kind of number, an outcome is a record.
    private static func comparable(_ kinds: Kinds) -> Kinds {
        var kinds = kinds
        if kinds.remove(.float) != nil { kinds.insert(.int) }
        if kinds.remove(.outcome) != nil { kinds.insert(.record) }
        return kinds
    }

    private static func single(_ op: BinaryOperator, _ left: Kinds, _ right: Kinds) -> Kinds {
        let areNumbers = Kinds.numbers.contains(left) && Kinds.numbers.contains(right)
        let number: Kinds = left == .int && right == .int ? .int : .float
        switch op {
        case .add:
            if areNumbers { return number }
            if left == right, left == .string || left == .list || left == .duration { return left }
            return (left, right) == (.date, .duration) || (left, right) == (.duration, .date) ? .date : []
        case .subtract:
            if areNumbers { return number }
            if left == right, left == .date || left == .duration { return .duration }
            return (left, right) == (.date, .duration) ? .date : []
        case .multiply:
            if areNumbers { return number }
            let isScaled =
                left == .duration && Kinds.numbers.contains(right) || right == .duration && Kinds.numbers.contains(left)
            return isScaled ? .duration : []
        case .divide:
            if areNumbers || left == .duration && right == .duration { return .float }
            return left == .duration && Kinds.numbers.contains(right) ? .duration : []
        case .floorDivide:
            if areNumbers { return number }
            return left == .duration && right == .duration ? .int : []
        case .modulo:
            return areNumbers ? number : []
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            return areNumbers || left == right && ordered.contains(left) ? .bool : []
        case .matches, .notMatches:
            return left == .string && (right == .string || right == .regex) ? .bool : []
        case .equal, .notEqual, .isIn, .notIn:
            return .bool
        }
    }

    /// The kinds that have an order.
    static let ordered: Kinds = [.int, .float, .string, .date, .duration, .bool]

    static let dateHelp = "make a date of the text: `date(x)`, or write it as `@2026-01-31`"

    /// What an operator takes, for its message.
    static func help(_ op: BinaryOperator, _ left: Kinds, _ right: Kinds) -> String {
        let sign = op.rawValue
        if left == .function || right == .function { return "a function is called with parentheses, as in `now()`" }
        switch op {
        case .add where left == .string || right == .string:
            return "`+` does not convert: write `str(x)`, or put the value into the text: `\"{x} items\"`"
        case .add where left == .list: return "`+` joins two lists: write `xs + [x]` or `[...xs, x]`"
        case .add where left == .record && right == .record:
            return "records are joined by spreading them: `{...a, ...b}`"
        case .add where left == .date && right == .date:
            return "dates are subtracted, `b - a`; to a date a duration is added: `a + 1d`"
        case .multiply where left == .string || right == .string:
            return "`*` multiplies numbers; to repeat a text write `1..n | map \"ab\" | join(\"\")`"
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .less, .lessOrEqual, .greater,
            .greaterOrEqual:
            if left == .date || left == .duration, Kinds.numbers.isSuperset(of: right) {
                return "a number has no unit: write `\(sign) 1d`, or `n * 1d`"
            }
            if [left, right] == [.date, .string] || [left, right] == [.string, .date] { return dateHelp }
        case .equal, .notEqual, .matches, .notMatches, .isIn, .notIn: break
        }
        switch op {
        case .add: return "`+` adds numbers and durations, a duration to a date, and joins strings and lists"
        case .subtract: return "`-` takes numbers, durations, two dates, or a duration from a date"
        case .multiply: return "`*` takes numbers, or a duration and a number"
        case .divide: return "`/` takes numbers, two durations, or a duration and a number"
        case .floorDivide: return "`//` takes numbers or two durations"
        case .modulo: return "`%` takes numbers"
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            return "numbers, strings, dates, durations and bools have an order, each kind among itself"
        case .matches, .notMatches:
            return left == .string ? "the right side is a regex or a string: `name ~ /test/i`" : "it searches a string"
        case .equal, .notEqual, .isIn, .notIn: return "`\(sign)` takes any two values"
        }
    }
}
