/// What the operators do with two finished values: arithmetic here, order in `ValueOrder`, `in`, `~` and `[ ]` in
/// `ValueAccess`.
///
/// Nothing converts by itself, nothing overflows in silence, and no float is ever infinite or not a number: whatever
/// breaks one of these is an error that says what to write instead.
package enum Operators {
    /// The value of `left op right`.
    package static func binary(
        _ op: BinaryOperator, _ left: Value, _ right: Value, _ meter: Meter
    ) throws(RuntimeError) -> Value {
        switch op {
        case .add: try add(left, right, meter)
        case .subtract: try subtract(left, right)
        case .multiply: try multiply(left, right)
        case .divide: try divide(left, right)
        case .floorDivide: try floorDivide(left, right)
        case .modulo: try modulo(left, right)
        case .equal: .bool(try equal(left, right, meter))
        case .notEqual: .bool(try !equal(left, right, meter))
        case .less: .bool(try compare(left, right, op) < 0)
        case .lessOrEqual: .bool(try compare(left, right, op) <= 0)
        case .greater: .bool(try compare(left, right, op) > 0)
        case .greaterOrEqual: .bool(try compare(left, right, op) >= 0)
        case .matches: .bool(try matches(left, right, .matches, meter))
        case .notMatches: .bool(try !matches(left, right, .notMatches, meter))
        case .isIn: .bool(try isIn(left, right, .isIn, meter))
        case .notIn: .bool(try !isIn(left, right, .notIn, meter))
        }
    }

    /// The value of `-x`.
    package static func negate(_ value: Value) throws(RuntimeError) -> Value {
        switch value {
        case .int(let x):
            guard x != .min else { throw overflow("-(\(Printer.summary(value))) does not fit an int") }
            return .int(-x)
        case .float(let x): return .float(-x)
        case .duration(let x):
            guard x != .min else { throw overflow("-(\(Printer.summary(value))) does not fit a duration") }
            return .duration(-x)
        case .null:
            throw RuntimeError(
                .nullOperand, .type, "cannot negate null",
                help: "say what a missing value means, for example `-(x ?? 0)`")
        case .bool:
            throw RuntimeError(
                .wrongType, .type, "`-` does not negate \(described(value))", help: "a condition is turned by `not`")
        case .date, .string, .list, .record, .function, .regex:
            throw RuntimeError(
                .wrongType, .type, "`-` does not negate \(described(value))", help: "`-` takes a number or a duration")
        }
    }

    /// The list of `low .. high`, or of `low ..< high` when it is not closed.
    package static func range(
        _ low: Value, _ high: Value, closed: Bool, _ limits: Limits
    ) throws(RuntimeError) -> Value {
        let sign = closed ? ".." : "..<"
        guard case .int(let low) = low, case .int(let high) = high else {
            if case .null = low { throw nullOperand(sign, low, high, example: "(x ?? 1)\(sign)10") }
            if case .null = high { throw nullOperand(sign, low, high, example: "1\(sign)(x ?? 10)") }
            throw RuntimeError(
                .wrongType, .type,
                "a range goes from an int to an int, not from \(described(low)) to \(described(high))",
                help: "for example `1\(sign)10`")
        }
        return .list(try ListValue.range(from: low, to: high, closed: closed, limits))
    }

    // MARK: Sums

    private static func add(_ left: Value, _ right: Value, _ meter: Meter) throws(RuntimeError) -> Value {
        switch (left, right) {
        case (.int(let x), .int(let y)):
            let (sum, overflows) = x.addingReportingOverflow(y)
            guard !overflows else { throw intOverflow(.add, left, right) }
            return .int(sum)
        case (.float(let x), .float(let y)): return try finite(x + y, .add, left, right)
        case (.int(let x), .float(let y)): return try finite(Double(x) + y, .add, left, right)
        case (.float(let x), .int(let y)): return try finite(x + Double(y), .add, left, right)
        case (.string(let x), .string(let y)):
            try meter.check(stringBytes: x.utf8.count + y.utf8.count)
            return .string(x + y)
        case (.list(let x), .list(let y)):
            try meter.check(listLength: x.count + y.count)
            if y.count == 0 { return left }
            if x.count == 0 { return right }
            return .list(try ListValue.joined([x, y], meter))
        case (.date(let x), .duration(let y)), (.duration(let y), .date(let x)):
            let (sum, overflows) = x.addingReportingOverflow(y)
            return try date(sum, overflows, .add, left, right)
        case (.duration(let x), .duration(let y)):
            let (sum, overflows) = x.addingReportingOverflow(y)
            return try duration(sum, overflows, .add, left, right)
        default: throw wrongOperands(.add, left, right)
        }
    }

    private static func subtract(_ left: Value, _ right: Value) throws(RuntimeError) -> Value {
        switch (left, right) {
        case (.int(let x), .int(let y)):
            let (difference, overflows) = x.subtractingReportingOverflow(y)
            guard !overflows else { throw intOverflow(.subtract, left, right) }
            return .int(difference)
        case (.float(let x), .float(let y)): return try finite(x - y, .subtract, left, right)
        case (.int(let x), .float(let y)): return try finite(Double(x) - y, .subtract, left, right)
        case (.float(let x), .int(let y)): return try finite(x - Double(y), .subtract, left, right)
        case (.date(let x), .date(let y)): return .duration(x - y)
        case (.date(let x), .duration(let y)):
            let (difference, overflows) = x.subtractingReportingOverflow(y)
            return try date(difference, overflows, .subtract, left, right)
        case (.duration(let x), .duration(let y)):
            let (difference, overflows) = x.subtractingReportingOverflow(y)
            return try duration(difference, overflows, .subtract, left, right)
        default: throw wrongOperands(.subtract, left, right)
        }
    }

    // MARK: Products

    private static func multiply(_ left: Value, _ right: Value) throws(RuntimeError) -> Value {
        switch (left, right) {
        case (.int(let x), .int(let y)):
            let (product, overflows) = x.multipliedReportingOverflow(by: y)
            guard !overflows else { throw intOverflow(.multiply, left, right) }
            return .int(product)
        case (.float(let x), .float(let y)): return try finite(x * y, .multiply, left, right)
        case (.int(let x), .float(let y)): return try finite(Double(x) * y, .multiply, left, right)
        case (.float(let x), .int(let y)): return try finite(x * Double(y), .multiply, left, right)
        case (.duration(let x), .int(let y)), (.int(let y), .duration(let x)):
            let (product, overflows) = x.multipliedReportingOverflow(by: y)
            return try duration(product, overflows, .multiply, left, right)
        case (.duration(let x), .float(let y)), (.float(let y), .duration(let x)):
            return try duration(Double(x) * y, .multiply, left, right)
        default: throw wrongOperands(.multiply, left, right)
        }
    }

    private static func divide(_ left: Value, _ right: Value) throws(RuntimeError) -> Value {
        switch (left, right) {
        case (.int(let x), .int(let y)):
            guard y != 0 else { throw divisionByZero(.divide, left) }
            return .float(Double(x) / Double(y))
        case (.float(let x), .float(let y)): return try quotient(x, y, .divide, left, right)
        case (.int(let x), .float(let y)): return try quotient(Double(x), y, .divide, left, right)
        case (.float(let x), .int(let y)): return try quotient(x, Double(y), .divide, left, right)
        case (.duration(let x), .duration(let y)): return try quotient(Double(x), Double(y), .divide, left, right)
        case (.duration(let x), .int(let y)):
            guard y != 0 else { throw divisionByZero(.divide, left) }
            let (whole, overflows) = x.dividedReportingOverflow(by: y)
            guard !overflows else { return try duration(whole, true, .divide, left, right) }
            // To the nearest microsecond, halves away from zero.
            let rest = (x % y).magnitude
            let half = rest >= y.magnitude - rest && rest != 0
            return .duration(half ? whole + ((x < 0) == (y < 0) ? 1 : -1) : whole)
        case (.duration(let x), .float(let y)):
            guard y != 0 else { throw divisionByZero(.divide, left) }
            return try duration(Double(x) / y, .divide, left, right)
        default: throw wrongOperands(.divide, left, right)
        }
    }

    private static func floorDivide(_ left: Value, _ right: Value) throws(RuntimeError) -> Value {
        switch (left, right) {
        case (.int(let x), .int(let y)), (.duration(let x), .duration(let y)):
            guard y != 0 else { throw divisionByZero(.floorDivide, left) }
            let (quotient, overflows) = x.dividedReportingOverflow(by: y)
            guard !overflows else { throw intOverflow(.floorDivide, left, right) }
            let rest = x % y
            return .int(rest != 0 && (rest < 0) != (y < 0) ? quotient - 1 : quotient)
        case (.float(let x), .float(let y)): return try floorQuotient(x, y, left, right)
        case (.int(let x), .float(let y)): return try floorQuotient(Double(x), y, left, right)
        case (.float(let x), .int(let y)): return try floorQuotient(x, Double(y), left, right)
        default: throw wrongOperands(.floorDivide, left, right)
        }
    }

    private static func modulo(_ left: Value, _ right: Value) throws(RuntimeError) -> Value {
        switch (left, right) {
        case (.int(let x), .int(let y)):
            guard y != 0 else { throw divisionByZero(.modulo, left) }
            // Int64.min % -1 is 0, but its quotient does not fit.
            let rest = x.remainderReportingOverflow(dividingBy: y).partialValue
            return .int(rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest)
        case (.float(let x), .float(let y)): return try remainder(x, y, left)
        case (.int(let x), .float(let y)): return try remainder(Double(x), y, left)
        case (.float(let x), .int(let y)): return try remainder(x, Double(y), left)
        default: throw wrongOperands(.modulo, left, right)
        }
    }

    private static func quotient(
        _ x: Double, _ y: Double, _ op: BinaryOperator, _ left: Value, _ right: Value
    ) throws(RuntimeError) -> Value {
        guard y != 0 else { throw divisionByZero(op, left) }
        return try finite(x / y, op, left, right)
    }

    /// The remainder with the sign of the divisor, exact as C's `fmod` is.
    private static func remainder(_ x: Double, _ y: Double, _ left: Value) throws(RuntimeError) -> Value {
        guard y != 0 else { throw divisionByZero(.modulo, left) }
        return .float(flooredRemainder(x, y))
    }

    private static func flooredRemainder(_ x: Double, _ y: Double) -> Double {
        let rest = x.truncatingRemainder(dividingBy: y)
        if rest == 0 { return y < 0 ? -0.0 : 0.0 }
        return (rest < 0) != (y < 0) ? rest + y : rest
    }

    /// From the exact remainder, not from `floor(x / y)`: 1.0 // 0.1 is 9.0 as 0.1 is a little more than a tenth.
    private static func floorQuotient(
        _ x: Double, _ y: Double, _ left: Value, _ right: Value
    ) throws(RuntimeError) -> Value {
        guard y != 0 else { throw divisionByZero(.floorDivide, left) }
        let quotient = ((x - flooredRemainder(x, y)) / y).rounded()
        // The difference may be a zero that has lost its sign.
        let signed = quotient == 0 ? Double(signOf: x / y, magnitudeOf: 0) : quotient
        return try finite(signed, .floorDivide, left, right)
    }

    // MARK: Results in range

    private static func finite(
        _ result: Double, _ op: BinaryOperator, _ left: Value, _ right: Value
    ) throws(RuntimeError) -> Value {
        guard result.isFinite else {
            throw overflow("\(Printer.summary(left)) \(op.rawValue) \(Printer.summary(right)) is not a finite number")
        }
        return .float(result)
    }

    private static func duration(
        _ result: Int64, _ overflows: Bool, _ op: BinaryOperator, _ left: Value, _ right: Value
    ) throws(RuntimeError) -> Value {
        guard !overflows else {
            throw overflow("\(Printer.summary(left)) \(op.rawValue) \(Printer.summary(right)) does not fit a duration")
        }
        return .duration(result)
    }

    private static func duration(
        _ result: Double, _ op: BinaryOperator, _ left: Value, _ right: Value
    ) throws(RuntimeError) -> Value {
        guard let whole = Int64(exactly: result.rounded()) else { return try duration(0, true, op, left, right) }
        return .duration(whole)
    }

    private static func date(
        _ result: Int64, _ overflows: Bool, _ op: BinaryOperator, _ left: Value, _ right: Value
    ) throws(RuntimeError) -> Value {
        guard !overflows, CivilTime.range.contains(result) else {
            throw overflow(
                "\(Printer.summary(left)) \(op.rawValue) \(Printer.summary(right)) is no date",
                help: "dates go from year 1 to year 9999")
        }
        return .date(result)
    }

    // MARK: Errors

    private static func overflow(_ message: String, help: String? = nil) -> RuntimeError {
        RuntimeError(.overflow, .value, message, help: help)
    }

    private static func intOverflow(_ op: BinaryOperator, _ left: Value, _ right: Value) -> RuntimeError {
        overflow(
            "\(Printer.summary(left)) \(op.rawValue) \(Printer.summary(right)) does not fit an int",
            help: "an int goes up to \(Int64.max); count in floats, for example `float(x) \(op.rawValue) y`")
    }

    private static func divisionByZero(_ op: BinaryOperator, _ left: Value) -> RuntimeError {
        RuntimeError(
            .divisionByZero, .value, "cannot divide \(Printer.summary(left)) by zero with `\(op.rawValue)`",
            help: "test the divisor first, for example `if n == 0 then 0 else x \(op.rawValue) n`")
    }

    /// A value with its type, for messages: `12 (int)`.
    package static func described(_ value: Value) -> String {
        if case .null = value { return "null" }
        return "\(Printer.summary(value)) (\(value.typeName))"
    }

    package static func nullOperand(_ sign: String, _ left: Value, _ right: Value, example: String) -> RuntimeError {
        RuntimeError(
            .nullOperand, .type, "cannot use `\(sign)` on \(Printer.summary(left)) and \(Printer.summary(right))",
            help: "say what a missing value means, for example `\(example)`")
    }

    /// The error of an arithmetic operator whose operands do not fit it.
    private static func wrongOperands(_ op: BinaryOperator, _ left: Value, _ right: Value) -> RuntimeError {
        let sign = op.rawValue
        if case .null = left {
            return nullOperand(sign, left, right, example: "(x ?? \(neutral(right))) \(sign) \(sample(right))")
        }
        if case .null = right {
            return nullOperand(sign, left, right, example: "\(sample(left)) \(sign) (y ?? \(neutral(left)))")
        }
        let help: String
        switch (op, left, right) {
        case (.add, .string, _), (.add, _, .string):
            help = "`+` does not convert: write `str(x)`, or put the value into the text: `\"{x} items\"`"
        case (.add, .list, _): help = "`+` joins two lists: write `xs + [x]` or `[...xs, x]`"
        case (.add, .record, .record): help = "records are joined by spreading them: `{...a, ...b}`"
        case (.add, .date, .date): help = "dates are subtracted, `b - a`; to a date a duration is added: `a + 1d`"
        case (.multiply, .string, .int), (.multiply, .int, .string):
            help = "`*` multiplies numbers; to repeat a text write `1..n | map \"ab\" | join(\"\")`"
        case (_, .date, .int), (_, .date, .float), (_, .duration, .int), (_, .duration, .float):
            help = "a number has no unit: write `\(sign) 1d`, or `n * 1d`"
        default: help = takes(op)
        }
        return RuntimeError(
            .wrongType, .type, "`\(sign)` does not take \(described(left)) and \(described(right))", help: help)
    }

    static func neutral(_ value: Value) -> String {
        switch value {
        case .string: "\"\""
        case .list: "[]"
        case .duration: "0s"
        case .date: "now()"
        case .null, .bool, .int, .float, .record, .function, .regex: "0"
        }
    }

    private static func takes(_ op: BinaryOperator) -> String {
        switch op {
        case .add: "`+` adds numbers and durations, a duration to a date, and joins strings and lists"
        case .subtract: "`-` takes numbers, durations, two dates, or a duration from a date"
        case .multiply: "`*` takes numbers, or a duration and a number"
        case .divide: "`/` takes numbers, two durations, or a duration and a number"
        case .floorDivide: "`//` takes numbers or two durations"
        case .modulo: "`%` takes numbers"
        case .equal, .notEqual: "`\(op.rawValue)` takes any two values"
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            "numbers, strings, dates, durations and bools have an order, each kind among itself"
        case .matches, .notMatches: "`\(op.rawValue)` takes a string, and a regex or a string"
        case .isIn, .notIn: "`\(op.rawValue)` takes a list, a string or a record on its right"
        }
    }
}
