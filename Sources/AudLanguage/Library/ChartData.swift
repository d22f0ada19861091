/// What `chart` draws: a list of records with two fields, a label and a number. The host draws bars for it, or writes it as
/// the data that it is.
package enum ChartData {
    /// What the host is asked to show the rows as.
    package static let form = "chart"
    /// The field of the numbers that `chart` has counted.
    package static let countField = "count"

    /// The rows of the arguments of `chart`.
    static func rows(_ arguments: Arguments, _ meter: Meter) throws(RuntimeError) -> Value {
        let unit = try unit(arguments)
        let items: [Value]
        switch arguments[0] {
        case .list(let list): items = try list.items(meter)
        case .record(let record): return try entries(record, arguments)
        default: throw arguments.wrongType(0, "a list or a record")
        }
        var kinds: Kinds = []
        try meter.inPieces(items.indices) { (places) throws(RuntimeError) in
            for place in places { kinds.formUnion(Kinds(of: items[place])) }
        }
        kinds.subtract(.null)
        if kinds == .date { return try DateCounts(items, unit, arguments, meter).rows }
        if unit != nil {
            throw arguments.badArgument(1, "is for dates; pick them first, for example `| map .updatedAt | chart`")
        }
        if kinds.isEmpty || kinds.isSubset(of: [.bool, .int, .float, .string, .duration]) {
            return try counts(items, meter)
        }
        return try labelled(items, arguments, meter)
    }

    private static func unit(_ arguments: Arguments) throws(RuntimeError) -> CalendarUnit? {
        if arguments.isNull(1) { return nil }
        let text = try arguments.string(1)
        if let unit = CalendarUnit(rawValue: text) { return unit }
        let known = CalendarUnit.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        throw arguments.badArgument(1, "must be one of \(known), not \(Printer.summary(arguments[1]))")
    }

    /// How often each value comes, in first-seen order.
    private static func counts(_ items: [Value], _ meter: Meter) throws(RuntimeError) -> Value {
        var known = ValueTable()
        var values: [Value] = []
        var counts: [Int64] = []
        for item in items {
            let (place, isNew) = try known.insert(CollectionOfOne(item), meter)
            if isNew {
                values.append(item)
                counts.append(0)
            }
            counts[place] += 1
        }
        return rows("value", countField, zip(values, counts).map { ($0, .int($1)) })
    }

    /// The fields of one record, which are all numbers.
    private static func entries(_ record: RecordValue, _ arguments: Arguments) throws(RuntimeError) -> Value {
        guard record.kind == .plain, record.values.allSatisfy(isNumber) else {
            throw arguments.badArgument(0, "must be a record of numbers, or a list")
        }
        return rows("key", "value", zip(record.shape.names, record.values).map { (.string($0), $1) })
    }

    /// Records with a number, `count` if there is one, and a label, `key` if there is one.
    private static func labelled(
        _ items: [Value], _ arguments: Arguments, _ meter: Meter
    ) throws(RuntimeError) -> Value {
        guard case .record(let first)? = items.first, let number = numberField(of: first),
            let label = labelField(of: first, beside: number)
        else { throw refusal(arguments) }
        var pairs: [(Value, Value)] = []
        pairs.reserveCapacity(items.count)
        for (place, item) in items.enumerated() {
            try meter.charge()
            guard case .record(let record) = item, let value = record[number], isNumber(value),
                let name = record[label], name.depth == 0
            else {
                throw arguments.badArgument(
                    0,
                    "must have a number as `\(number)` and a label as `\(label)` in each item; item \(place + 1) "
                        + "has not"
                )
            }
            pairs.append((name, value))
        }
        return rows(label, number, pairs)
    }

    private static func numberField(of record: RecordValue) -> String? {
        if let count = record[countField], isNumber(count) { return countField }
        return zip(record.shape.names, record.values).first { isNumber($1) }?.0
    }

    private static func labelField(of record: RecordValue, beside number: String) -> String? {
        if let key = record["key"], key.depth == 0, number != "key" { return "key" }
        return zip(record.shape.names, record.values).first { $0 != number && $1.depth == 0 }?.0
    }

    private static func isNumber(_ value: Value) -> Bool {
        switch value {
        case .int, .float, .duration: true
        case .null, .bool, .date, .string, .list, .record, .function, .regex: false
        }
    }

    private static func refusal(_ arguments: Arguments) -> RuntimeError {
        RuntimeError(
            .badArgument, .value, "`chart` finds no label and number in these items",
            help: "count first: `| group by .status | chart`; or pick one field: `| map .updatedAt | chart`")
    }

    static func rows(_ label: String, _ number: String, _ pairs: [(Value, Value)]) -> Value {
        let shape = Shape([label, number])
        return .list(ListValue(pairs.map { .record(RecordValue(shape, [$0, $1])) }))
    }
}
