/// What looks into a value: `x[i]`, `in` and `~`.
extension Operators {
    /// The value of `base[key]`: an item of a list or a scalar of a string, from the end when negative, or a field of a
    /// record, null when it has none of that name.
    package static func index(_ base: Value, _ key: Value, _ meter: Meter) throws(RuntimeError) -> Value {
        switch (base, key) {
        case (.list(let list), .int(let place)):
            return list[try position(place, count: list.count, of: base)]
        case (.string(let text), .int(let place)):
            try meter.charge(bytes: text.utf8.count)
            let at = try position(place, count: text.scalarCount, of: base)
            return .string(try text.scalars(at..<at + 1, meter))
        case (.record(let record), .string(let name)):
            return record[name] ?? .null
        case (.null, _):
            throw RuntimeError(
                .nullOperand, .type, "cannot look up \(Printer.summary(key)) in null",
                help: "say what a missing value means, for example `(x ?? {})[\(Printer.summary(key))]`")
        case (_, .null):
            throw RuntimeError(
                .nullOperand, .type, "null cannot be an index of \(described(base))",
                help: "say what a missing index means, for example `x[key ?? \"none\"]`")
        case (.list, _), (.string, _):
            throw RuntimeError(
                .wrongType, .type, "the index of a \(base.typeName) is an int, not \(described(key))",
                help: "items are counted from 0, and from the end with negative numbers: `x[0]`, `x[-1]`")
        case (.record, _):
            throw RuntimeError(
                .wrongType, .type, "the key of a record is a string, not \(described(key))",
                help: "for example `r[\"name\"]`, or `r[str(key)]`")
        default:
            throw RuntimeError(
                .wrongType, .type, "\(described(base)) has no items",
                help: "lists, strings and records are indexed: `xs[0]`, `text[-1]`, `r[\"name\"]`")
        }
    }

    private static func position(_ place: Int64, count: Int, of base: Value) throws(RuntimeError) -> Int {
        let at = place < 0 ? place + Int64(count) : place
        guard at >= 0, at < count else {
            let has =
                count == 0
                ? "it is empty"
                : "it has \(count) \(base.typeName == "list" ? "item" : "character")\(count == 1 ? "" : "s")"
            throw RuntimeError(
                .indexOutOfRange, .value, "there is no index \(place) in \(Printer.summary(base)): \(has)",
                help: "the first is 0 and the last -1; `x | first` gives null when there is none")
        }
        return Int(at)
    }

    /// The value of `x in container`: an item of a list, a part of a string, or a key of a record.
    package static func isIn(
        _ value: Value, _ container: Value, _ op: BinaryOperator = .isIn, _ meter: Meter
    ) throws(RuntimeError) -> Bool {
        let sign = op.rawValue
        switch (value, container) {
        case (_, .null): throw nullOperand(sign, value, container, example: "x \(sign) (xs ?? [])")
        case (.null, _): throw nullOperand(sign, value, container, example: "(x ?? \"\") \(sign) xs")
        case (_, .list(let list)): return try list.contains(value, meter)
        case (.string(let part), .string(let text)): return try text.firstByte(of: part, from: 0, meter) != nil
        case (.string(let name), .record(let record)): return record.shape.place(of: name) != nil
        case (_, .string):
            throw RuntimeError(
                .wrongType, .type, "only a string can be `\(sign)` a string, not \(described(value))",
                help: "for example `\"test\" \(sign) name`, or `str(x) \(sign) name`")
        case (_, .record):
            throw RuntimeError(
                .wrongType, .type, "`\(sign)` asks a record for a key, which is a string, not \(described(value))",
                help: "for example `\"name\" \(sign) r`; for its values write `x \(sign) values(r)`")
        default:
            throw RuntimeError(
                .wrongType, .type, "`\(sign)` looks into a list, a string or a record, not \(described(container))",
                help: "for example `x \(sign) [1, 2, 3]`")
        }
    }

    /// The value of `text ~ pattern`: whether a regex matches anywhere, or a string occurs.
    package static func matches(
        _ value: Value, _ pattern: Value, _ op: BinaryOperator = .matches, _ meter: Meter
    ) throws(RuntimeError) -> Bool {
        let sign = op.rawValue
        switch (value, pattern) {
        case (.string(let text), .regex(let regex)): return try regex.contains(text, meter)
        case (.string(let text), .string(let part)):
            guard !part.isEmpty else {
                throw RuntimeError(
                    .badArgument, .value, "`\(sign)` was given an empty string, which every text contains",
                    help: "test for an empty pattern before, for example `part == \"\" or name ~ part`")
            }
            return try text.firstByte(of: part, from: 0, meter) != nil
        case (.null, _):
            throw nullOperand(sign, value, pattern, example: "(x ?? \"\") \(sign) \(Printer.summary(pattern))")
        case (_, .null): throw nullOperand(sign, value, pattern, example: "x \(sign) (pattern ?? \"none\")")
        case (.string, _):
            throw RuntimeError(
                .wrongType, .type, "`\(sign)` wants a regex or a string on its right, not \(described(pattern))",
                help: "for example `name \(sign) /test/i` or `name \(sign) \"test\"`")
        default:
            throw RuntimeError(
                .wrongType, .type, "`\(sign)` searches a string, not \(described(value))",
                help: "for example `str(x) \(sign) \(Printer.summary(pattern))`")
        }
    }
}
