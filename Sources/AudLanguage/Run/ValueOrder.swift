/// Equality and order of values.
///
/// Equality fails for no types: values of different types are unequal, but an int and a float are equal when they are the same
/// number. It takes a record as a set of fields, so their order does not count. Both recurse at most as deep as values
/// nest.
extension Operators {
    /// Whether two values are equal, deeply. O(size), where what is shared counts each time.
    package static func equal(_ left: Value, _ right: Value, _ meter: Meter) throws(RuntimeError) -> Bool {
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let x), .bool(let y)): return x == y
        case (.int(let x), .int(let y)): return x == y
        case (.float(let x), .float(let y)): return x == y
        case (.int(let x), .float(let y)): return compare(x, y) == 0
        case (.float(let x), .int(let y)): return compare(y, x) == 0
        case (.date(let x), .date(let y)): return x == y
        case (.duration(let x), .duration(let y)): return x == y
        case (.string(let x), .string(let y)):
            try meter.charge(bytes: x.utf8.count)
            return x.isExactly(y)
        case (.list(let x), .list(let y)): return x === y ? true : try equal(x, y, meter)
        case (.record(let x), .record(let y)): return x === y ? true : try equal(x, y, meter)
        case (.function(let x), .function(let y)): return x === y ? true : try equal(x, y, meter)
        case (.regex(let x), .regex(let y)): return x === y || x.pattern.isExactly(y.pattern) && x.flags == y.flags
        case (.null, _), (.bool, _), (.int, _), (.float, _), (.date, _), (.duration, _), (.string, _), (.list, _),
            (.record, _), (.function, _), (.regex, _):
            return false
        }
    }

    private static func equal(_ left: ListValue, _ right: ListValue, _ meter: Meter) throws(RuntimeError) -> Bool {
        guard left.count == right.count else { return false }
        if case .range(let x, _) = left.storage, case .range(let y, _) = right.storage {
            return left.count == 0 || x == y
        }
        for index in 0..<left.count {
            try meter.charge()
            guard try equal(left[index], right[index], meter) else { return false }
        }
        return true
    }

    private static func equal(_ left: RecordValue, _ right: RecordValue, _ meter: Meter) throws(RuntimeError) -> Bool {
        guard left.values.count == right.values.count, left.kind.typeName == right.kind.typeName else { return false }
        let isAlike = left.shape === right.shape
        for (index, value) in left.values.enumerated() {
            try meter.charge()
            guard let other = isAlike ? right.values[index] : right[left.shape.names[index]],
                try equal(value, other, meter)
            else { return false }
        }
        return true
    }

    private static func equal(
        _ left: FunctionValue, _ right: FunctionValue, _ meter: Meter
    ) throws(RuntimeError) -> Bool {
        switch (left.target, right.target) {
        case (.script(let x), .script(let y)), (.builtin(let x), .builtin(let y)): guard x == y else { return false }
        case (.script, .builtin), (.builtin, .script): return false
        }
        guard left.captures.count == right.captures.count else { return false }
        for index in left.captures.indices {
            try meter.charge()
            guard try equal(left.captures[index], right.captures[index], meter) else { return false }
        }
        return true
    }

    /// Less than, equal to or more than 0, as the left value comes before, with or after the right one. Numbers are
    /// ordered by what they are, strings by Unicode scalar, `false` before `true`; other values, and values of two
    /// kinds, have no order and are an error.
    package static func compare(
        _ left: Value, _ right: Value, _ op: BinaryOperator = .less
    ) throws(RuntimeError) -> Int {
        switch (left, right) {
        case (.int(let x), .int(let y)): x < y ? -1 : x == y ? 0 : 1
        case (.float(let x), .float(let y)): x < y ? -1 : x == y ? 0 : 1
        case (.int(let x), .float(let y)): compare(x, y)
        case (.float(let x), .int(let y)): -compare(y, x)
        case (.date(let x), .date(let y)), (.duration(let x), .duration(let y)): x < y ? -1 : x == y ? 0 : 1
        case (.string(let x), .string(let y)): x.compareScalars(y)
        case (.bool(let x), .bool(let y)): x == y ? 0 : x ? 1 : -1
        default: throw unordered(left, right, op)
        }
    }

    /// Compares as real numbers: a conversion of the int would round it beyond 2^53.
    private static func compare(_ int: Int64, _ float: Double) -> Int {
        // 2^63, the first float beyond every int.
        if float >= 0x1p63 { return -1 }
        if float < -0x1p63 { return 1 }
        let whole = float.rounded(.down)
        let floor = Int64(whole)
        if int != floor { return int < floor ? -1 : 1 }
        return whole < float ? -1 : 0
    }

    private static func unordered(_ left: Value, _ right: Value, _ op: BinaryOperator) -> RuntimeError {
        let sign = op.rawValue
        let message = "cannot compare \(Printer.summary(left)) with \(Printer.summary(right)) using `\(sign)`"
        if case .null = left {
            return RuntimeError(
                .nullOperand, .type, message,
                help: "say what a missing value means, for example `(x ?? \(neutral(right))) \(sign) \(sample(right))`",
                label: "null")
        }
        if case .null = right {
            return RuntimeError(
                .nullOperand, .type, message,
                help: "say what a missing value means, for example `\(sample(left)) \(sign) (x ?? \(neutral(left)))`",
                label: "null")
        }
        let help: String
        switch (left, right) {
        case (.date, .string), (.string, .date):
            help = "make a date of the text: `date(x)`, or write it as `@2026-01-31`"
        case (.int, .string), (.float, .string), (.string, .int), (.string, .float):
            help = "make a number of the text: `int(x)` or `float(x)`"
        case (.duration, .int), (.int, .duration), (.duration, .float), (.float, .duration):
            help = "a number has no unit: compare with a duration such as `90d`, or divide: `x / 1d`"
        case (.date, .duration), (.duration, .date):
            help = "a date is compared with a date, for example `ago(90d)`; `now() - x` is a duration"
        default: help = "numbers, strings, dates, durations and bools have an order, each kind among itself"
        }
        return RuntimeError(
            .wrongType, .type,
            "cannot compare \(described(left)) with \(described(right)) using `\(sign)`", help: help)
    }

    static func sample(_ value: Value) -> String {
        switch value {
        case .int, .float, .duration, .date, .bool: Printer.summary(value)
        case .string: "\"\""
        case .null, .list, .record, .function, .regex: "0"
        }
    }
}
