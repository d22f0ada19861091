/// Folds values to one for `sum`, `avg`, `min` and `max`, as stages and as built-ins, one item at a time.
package struct Reducer {
    private let reduction: Reduction
    private let meter: Meter
    private var total: Value?
    /// The values so far; the number of the last one, for messages.
    private var count = 0

    package init(_ reduction: Reduction, _ meter: Meter) {
        self.reduction = reduction
        self.meter = meter
    }

    /// Takes one more value. Null, and a value that the fold is not for, is an error.
    package mutating func add(_ value: Value) throws(RuntimeError) {
        count += 1
        try check(value)
        if case .string(let text) = value { try meter.charge(bytes: text.utf8.count) }
        guard let total else {
            self.total = value
            return
        }
        switch reduction {
        case .sum, .avg: self.total = try Operators.binary(.add, total, value, meter)
        case .min: if try Operators.compare(value, total) < 0 { self.total = value }
        case .max: if try Operators.compare(value, total, .greater) > 0 { self.total = value }
        }
    }

    /// The fold of the values so far: 0 for the sum of none, null for the others.
    package func result() throws(RuntimeError) -> Value {
        guard let total else { return reduction == .sum ? .int(0) : .null }
        guard reduction == .avg else { return total }
        return try Operators.binary(.divide, total, .int(Int64(count)), meter)
    }

    private func check(_ value: Value) throws(RuntimeError) {
        let name = reduction.rawValue
        switch (reduction, value) {
        case (_, .null):
            throw RuntimeError(
                .nullOperand, .type, "`\(name)` met null at item \(count)",
                help:
                    "leave such items out, for example `xs | where it != null | \(name)`, or say what they count: `it ?? 0`",
                label: "null")
        case (.sum, .int), (.sum, .float), (.sum, .duration), (.avg, .int), (.avg, .float), (.avg, .duration): return
        case (.min, .int), (.min, .float), (.min, .duration), (.min, .string), (.min, .date), (.min, .bool): return
        case (.max, .int), (.max, .float), (.max, .duration), (.max, .string), (.max, .date), (.max, .bool): return
        case (.sum, _), (.avg, _):
            throw RuntimeError(
                .wrongType, .type,
                "`\(name)` takes numbers or durations; item \(count) is \(Operators.described(value))",
                help: "say what to add up, for example `rows | \(name) .size`; strings are joined by `join`")
        case (.min, _), (.max, _):
            throw RuntimeError(
                .wrongType, .type,
                "`\(name)` takes values that have an order; item \(count) is \(Operators.described(value))",
                help: "say what to compare, for example `rows | \(name) .updatedAt`")
        }
    }
}
