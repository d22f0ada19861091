/// The built-ins for lists and records.
extension Library {
    static let lists: [Builtin] = [
        .native(
            "len", "lists", "How many items a list, characters a string or fields a record has.",
            [.init("x", "list | string | record")], result: "int", example: ("len([1, 2, 3])", "3"), len),
        .native(
            "contains", "lists", "Whether a list has an item, or a string a part.",
            [.init("x", "list | string"), .init("item", "any")], result: "bool",
            example: ("contains([1, 2], 2)", "true"), contains),
        .native(
            "indexOf", "lists",
            "The first place of an item in a list or of a part in a string, from 0; -1 when it is not there.",
            [.init("x", "list | string"), .init("item", "any")], result: "int",
            example: ("indexOf([\"a\", \"b\"], \"b\")", "1"), indexOf),
        Builtin(
            "any", family: "lists", "Whether a function gives true for some item; false for an empty list.",
            [.init("items", "list"), .init("test", "fn")], result: "bool",
            example: ("any([1, 2], x => x > 1)", "true"), body: .prelude),
        Builtin(
            "all", family: "lists", "Whether a function gives true for every item; true for an empty list.",
            [.init("items", "list"), .init("test", "fn")], result: "bool",
            example: ("all([1, 2], x => x > 1)", "false"), body: .prelude),
        Builtin(
            "find", family: "lists", "The first item for which a function gives true, or null.",
            [.init("items", "list"), .init("test", "fn")], result: "any",
            example: ("find([1, 2, 3], x => x > 1)", "2"), body: .prelude),
        .native(
            "zip", "lists",
            "Lists of the first items, of the second items and so on, as many as the shortest list has.",
            [.init("lists", "list")], variadic: true, result: "list<list>",
            example: ("zip([1, 2], [\"a\", \"b\"])", "[[1, \"a\"], [2, \"b\"]]"), zip),
        .native(
            "enumerate", "lists", "A record of index, from 0, and item for each item.", [.init("items", "list")],
            result: "list<record>", example: ("enumerate([\"a\"])", "[{index: 0, item: \"a\"}]"), enumerate),
        .native(
            "range", "lists",
            "The ints from 0 or from `first` up to, not including, the end; down to it by a negative step.",
            [.init("first", "int"), .init("end", "int?", default: .null), .init("step", "int", default: .int(1))],
            result: "list<int>", example: ("range(2, 10, 3)", "[2, 5, 8]"), range),
        .native(
            "chunk", "lists", "The items in lists of a given length; the last may be shorter.",
            [.init("items", "list"), .init("size", "int")], result: "list<list>",
            example: ("chunk([1, 2, 3], 2)", "[[1, 2], [3]]"), chunk),
        .native(
            "join", "lists", "One string of many, with a separator between them.",
            [.init("items", "list<string>"), .init("separator", "string", default: .string(""))], result: "string",
            example: ("join([\"a\", \"b\"], \", \")", "a, b"), join),
        .native(
            "concat", "lists", "One list of many.", [.init("lists", "list")], variadic: true, result: "list",
            example: ("concat([1], [2, 3])", "[1, 2, 3]"), concat),
        .native(
            "keys", "lists", "The names of a record's fields.", [.init("record", "record")], result: "list<string>",
            example: ("keys({a: 1, b: 2})", "[\"a\", \"b\"]")
        ) { (context, arguments) throws(RuntimeError) in
            let names = try arguments.record(0).shape.names
            return try build(names.count, itemBytes: 0, context.meter) { .string(names[$0]) }
        },
        .native(
            "values", "lists", "The values of a record's fields.", [.init("record", "record")], result: "list",
            example: ("values({a: 1, b: 2})", "[1, 2]")
        ) { (context, arguments) throws(RuntimeError) in
            .list(try ListValue.checked(try arguments.record(0).values, context.meter))
        },
        .native(
            "entries", "lists", "A record of key and value for each field of a record.", [.init("record", "record")],
            result: "list<record>", example: ("entries({a: 1})", "[{key: \"a\", value: 1}]"), entries),
        .native(
            "fromEntries", "lists", "A record of records with key and value; of equal keys the last counts.",
            [.init("entries", "list<record>")], result: "record",
            example: ("fromEntries([{key: \"a\", value: 1}])", "{a: 1}"), fromEntries),
        .native(
            "without", "lists", "A record less the named fields.",
            [.init("record", "record"), .init("keys", "string")], variadic: true, result: "record",
            example: ("without({a: 1, b: 2}, \"b\")", "{a: 1}"), without),
        .native(
            "has", "lists", "Whether a record has a field of this name, be it null.",
            [.init("record", "record"), .init("key", "string")], result: "bool",
            example: ("has({a: null}, \"a\")", "true")
        ) { (_, arguments) throws(RuntimeError) in
            .bool(try arguments.record(0).shape.place(of: try arguments.string(1)) != nil)
        },
    ]

    private static func len(_ context: borrowing NativeContext, _ arguments: Arguments) throws(RuntimeError) -> Value {
        switch arguments[0] {
        case .list(let list): return .int(Int64(list.count))
        case .string(let text):
            // A scalar is as many bytes as it has, less its continuation bytes.
            var count = 0
            try text.withBytes { (bytes) throws(RuntimeError) in
                try context.meter.inPieces(0..<bytes.count, unit: 64) { (piece) throws(RuntimeError) in
                    for byte in bytes[piece] where byte & 0xC0 != 0x80 { count += 1 }
                }
            }
            return .int(Int64(count))
        case .record(let record): return .int(Int64(record.values.count))
        case .null, .bool, .int, .float, .date, .duration, .function, .regex:
            throw arguments.wrongType(0, "a list, a string or a record")
        }
    }

    private static func contains(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        switch arguments[0] {
        case .list(let list): return .bool(try list.contains(arguments[1], context.meter))
        case .string(let text):
            return .bool(try text.firstByte(of: try part(arguments, 1), from: 0, context.meter) != nil)
        case .null, .bool, .int, .float, .date, .duration, .record, .function, .regex:
            throw arguments.wrongType(0, "a list or a string")
        }
    }

    private static func indexOf(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        switch arguments[0] {
        case .list(let list): return .int(Int64(try list.index(of: arguments[1], context.meter) ?? -1))
        case .string(let text):
            let part = try part(arguments, 1)
            guard let byte = try text.firstByte(of: part, from: 0, context.meter) else { return .int(-1) }
            return .int(Int64(text.bytes(0..<byte).scalarCount))
        case .null, .bool, .int, .float, .date, .duration, .record, .function, .regex:
            throw arguments.wrongType(0, "a list or a string")
        }
    }

    /// A string to be searched for, which is not empty.
    static func part(_ arguments: Arguments, _ place: Int) throws(RuntimeError) -> String {
        let text = try arguments.string(place)
        guard !text.isEmpty else { throw arguments.badArgument(place, "must not be empty") }
        return text
    }

    private static func zip(_ context: borrowing NativeContext, _ arguments: Arguments) throws(RuntimeError) -> Value {
        let lists = try lists(arguments, context.meter)
        let rowBytes = Meter.headBytes + lists.count * Meter.itemBytes
        return try build(lists.map(\.count).min() ?? 0, itemBytes: rowBytes, context.meter) { index in
            .list(ListValue(lists.map { $0[index] }))
        }
    }

    private static func concat(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        .list(try ListValue.joined(try lists(arguments, context.meter), context.meter))
    }

    /// A list of so many items, each of which takes so many bytes beside its place in the list.
    private static func build(
        _ count: Int, itemBytes: Int, _ meter: Meter, _ item: (Int) -> Value
    ) throws(RuntimeError) -> Value {
        try meter.check(listLength: count)
        let units = 1 + itemBytes / Meter.headBytes
        return try meter.building([]) { (items: inout [Value]) throws(RuntimeError) in
            items.reserveCapacity(count)
            try meter.allocate(count * Meter.itemBytes)
            for index in 0..<count {
                try meter.charge(units)
                try meter.allocate(itemBytes)
                items.append(item(index))
            }
            return .list(try ListValue.checked(items, meter))
        }
    }

    /// The lists of a variadic argument.
    private static func lists(_ arguments: Arguments, _ meter: Meter) throws(RuntimeError) -> [ListValue] {
        var lists: [ListValue] = []
        for (index, item) in try arguments.list(0).items(meter).enumerated() {
            guard case .list(let list) = item else { throw arguments.wrongItem(0, index, item, "a list") }
            lists.append(list)
        }
        return lists
    }

    private static let enumerated = Shape(["index", "item"])

    private static func enumerate(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        let list = try arguments.list(0)
        return try build(list.count, itemBytes: Meter.headBytes + 2 * Meter.itemBytes, context.meter) { index in
            .record(RecordValue(enumerated, [.int(Int64(index)), list[index]]))
        }
    }

    private static func range(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        let only = arguments.isNull(1)
        let first = only ? 0 : try arguments.int(0)
        let end = only ? try arguments.int(0) : try arguments.int(1)
        let step = try arguments.int(2)
        guard step != 0 else { throw arguments.badArgument(2, "must not be 0") }
        if step == 1 { return .list(try ListValue.range(from: first, to: end, closed: false, context.limits)) }
        guard step > 0 ? first < end : first > end else { return .list(ListValue([])) }
        // The distance of two ints may not fit one, but always fits an unsigned one.
        let distance = UInt64(bitPattern: step > 0 ? end &- first : first &- end)
        let count = (distance - 1) / step.magnitude + 1
        return try build(Int(clamping: count), itemBytes: 0, context.meter) { .int(first &+ Int64($0) &* step) }
    }

    private static func chunk(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        let list = try arguments.list(0)
        let size = try arguments.count(1, atLeast: 1)
        let meter = context.meter
        return try meter.building(GrowingArray()) { (chunks: inout GrowingArray<Value>) throws(RuntimeError) in
            var start = 0
            while start < list.count {
                let end = start + min(size, list.count - start)
                try meter.charge()
                try meter.allocate(Meter.headBytes + Meter.grownBytes + (end - start) * Meter.itemBytes)
                chunks.append(.list(try list.slice(start..<end, meter)))
                start = end
            }
            return .list(try ListValue.checked(try chunks.take(meter), meter))
        }
    }

    private static func join(_ context: borrowing NativeContext, _ arguments: Arguments) throws(RuntimeError) -> Value {
        let texts = try arguments.strings(0, context.meter)
        let separator = try arguments.string(1)
        var (bytes, isTooLong) = separator.utf8.count.multipliedReportingOverflow(by: max(0, texts.count - 1))
        try context.meter.inPieces(texts.indices) { (places) throws(RuntimeError) in
            for place in places where !isTooLong {
                (bytes, isTooLong) = bytes.addingReportingOverflow(texts[place].utf8.count)
            }
        }
        try context.meter.check(stringBytes: isTooLong ? .max : bytes)
        var joined = ""
        joined.reserveCapacity(bytes)
        for (index, text) in texts.enumerated() {
            try context.meter.charge()
            try context.meter.charge(bytes: text.utf8.count + separator.utf8.count)
            if index > 0 { joined += separator }
            joined += text
        }
        return .string(joined)
    }

    private static let entry = Shape(["key", "value"])

    private static func entries(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        let record = try arguments.record(0)
        return try build(
            record.values.count, itemBytes: Meter.headBytes + 2 * Meter.itemBytes, context.meter
        ) { index in
            .record(RecordValue(entry, [.string(record.shape.names[index]), record.values[index]]))
        }
    }

    private static func fromEntries(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        let (meter, items) = (context.meter, try arguments.list(0).items(context.meter))
        return try meter.building(RecordBuilder()) { (builder: inout RecordBuilder) throws(RuntimeError) in
            for (index, item) in items.enumerated() {
                try meter.charge()
                try meter.allocate(2 * Meter.headBytes)
                guard case .record(let record) = item, case .string(let key)? = record["key"],
                    let value = record["value"]
                else { throw arguments.wrongItem(0, index, item, "a record of a key, which is a string, and a value") }
                try meter.charge(bytes: key.utf8.count)
                builder.set(key, value)
            }
            return .record(try builder.record(meter.limits))
        }
    }

    private static func without(
        _ context: borrowing NativeContext, _ arguments: Arguments
    ) throws(RuntimeError) -> Value {
        let record = try arguments.record(0)
        var dropped: Set<TextKey> = []
        for name in try arguments.strings(1, context.meter) {
            try context.meter.charge(bytes: name.utf8.count)
            dropped.insert(TextKey(name))
        }
        try context.meter.allocate(record.values.count * Meter.headBytes)
        var builder = RecordBuilder()
        for (name, value) in Swift.zip(record.shape.names, record.values) where !dropped.contains(TextKey(name)) {
            try context.meter.charge()
            builder.set(name, value)
        }
        builder.mark(record.shape.marks.filter { !dropped.contains(TextKey($0)) })
        return .record(try builder.record(context.limits))
    }
}
