/// Values that take more than one step to build: fields, records, lists, texts.
extension Machine {
    mutating func operate(_ op: BinaryOperator, _ left: Value, _ right: Value) throws(RuntimeError) -> Value {
        let meter = beginWork()
        defer { endWork() }
        // Most operators walk along their texts.
        if case .string(let text) = left { try meter.charge(bytes: text.utf8.count) }
        if case .string(let text) = right { try meter.charge(bytes: text.utf8.count) }
        let value = try Operators.binary(op, left, right, meter)
        if op == .add { try charge(for: value) }
        return value
    }

    /// `x + 1` and `x - 1`: the sign of the number says which, for the message.
    func addImmediate(_ value: Value, _ number: Int64) throws(RuntimeError) -> Value {
        number < 0
            ? try Operators.binary(.subtract, value, .int(-number), meter)
            : try Operators.binary(.add, value, .int(number), meter)
    }

    /// `base.name`; remembers where the field is in records of this shape.
    mutating func field(_ base: Value, site: Int) throws(RuntimeError) -> Value {
        let name = program.fields[site]
        switch base {
        case .record(let record):
            guard let place = record.shape.place(of: name) else { return try missing(name, of: record) }
            caches[site] = FieldCache(shape: record.shape, place: place)
            // A site that reads records of one shape comes here once for all of them, which is enough to know of it.
            noteRead(name, of: record)
            return record.values[place]
        case .null:
            throw RuntimeError(
                .nullOperand, .type, "cannot read `.\(name)` of null",
                help: "`?.\(name)` gives null when there is nothing to read it from", label: "its base is null")
        case .list:
            throw RuntimeError(
                .noSuchField, .type, "a list has no field `.\(name)`", help: library.help(forMember: name, ofList: true)
            )
        case .bool, .int, .float, .date, .duration, .string, .function, .regex:
            throw RuntimeError(
                .noSuchField, .type, "\(Operators.described(base)) has no field `.\(name)`",
                help: library.help(forMember: name, ofList: false))
        }
    }

    mutating func index(_ base: Value, _ key: Value) throws(RuntimeError) -> Value {
        if case .record(let record) = base, case .string(let name) = key { noteRead(name, of: record) }
        let meter = beginWork()
        defer { endWork() }
        return try Operators.index(base, key, meter)
    }

    /// Notes a read of a field that only looks as it would be.
    private mutating func noteRead(_ name: String, of record: RecordValue) {
        guard !record.shape.marks.isEmpty, record.shape.marks.simulated.contains(name) else { return }
        noteSimulated(
            record.kind == .outcome ? .outcome(field: name) : .audience(field: name), at: program.spans[pc - 1])
    }

    mutating func noteSimulated(_ subject: SimulatedRead.Subject, at span: Span) {
        let read = SimulatedRead(subject: subject, span: span)
        if !simulatedReads.contains(read) { simulatedReads.append(read) }
    }

    /// What a field is that the record does not have: null where only later versions of the API send it.
    private func missing(_ name: String, of record: RecordValue) throws(RuntimeError) -> Value {
        if record.kind == .audience, Type.laterFieldNames.contains(name) { return .null }
        let what = record.kind == .plain ? "this record" : "an \(record.kind.typeName)"
        let names = record.shape.names
        var help = library.help(forVerb: name)
        if help == nil { help = Suggestions.closest(to: name, among: names).map { "did you mean `.\($0)`?" } }
        if help == nil {
            help = "its fields: \(names.prefix(12).joined(separator: ", "))\(names.count > 12 ? ", …" : "")"
        }
        throw RuntimeError(
            .noSuchField, .name, "there is no field `.\(name)` on \(what)", help: help, label: "unknown field")
    }

    mutating func interpolate(_ first: Int, _ count: Int) throws(RuntimeError) -> Value {
        let meter = beginWork()
        defer { endWork() }
        var text = ""
        for register in first..<first + count {
            let value = registers[register]
            switch value {
            case .string(let piece):
                try meter.check(stringBytes: text.utf8.count + piece.utf8.count)
                try meter.charge(bytes: piece.utf8.count)
                text += piece
            case .null:
                throw RuntimeError(
                    .nullOperand, .type, "cannot put null into a text",
                    help: "say what a missing value means: `{x ?? \"none\"}`", label: "a value in it is null")
            default:
                text += try Printer.text(value, meter)
            }
            try limits.check(stringBytes: text.utf8.count)
        }
        try meter.allocate(text: text.utf8.count)
        return .string(text)
    }

    // MARK: Lists

    mutating func append(_ value: Value, to accumulator: Accumulator) throws(RuntimeError) {
        accumulator.items.append(value)
        try limits.check(listLength: accumulator.items.count)
        try charge(Meter.grownBytes)
    }

    mutating func appendAll(_ value: Value, to accumulator: Accumulator) throws(RuntimeError) {
        let items = try list(value, "`...`")
        let meter = beginWork()
        defer { endWork() }
        try limits.check(listLength: accumulator.items.count + items.count)
        try charge(items.count * Meter.grownBytes)
        try meter.inPieces(0..<items.count) { (places) throws(RuntimeError) in
            for place in places { accumulator.items.append(items[place]) }
        }
    }

    mutating func finishedList(_ slot: Int) throws(RuntimeError) -> Value {
        let meter = beginWork()
        defer { endWork() }
        let items = try accumulators[slot].items.take(meter)
        return .list(try ListValue.checked(consume items, meter))
    }

    /// The list that a value is.
    func list(_ value: Value, _ user: String) throws(RuntimeError) -> ListValue {
        if case .list(let list) = value { return list }
        throw notAList(value, user)
    }

    func notAList(_ value: Value, _ user: String) -> RuntimeError {
        switch value {
        case .null:
            return RuntimeError(
                .nullOperand, .type, "\(user) needs a list, and this is null",
                help: "say what a missing list means: `(x ?? [])`", label: "null")
        case .record(let record):
            let help =
                record.kind == .plain
                ? "its pairs are a list: `entries(r)`; one record alone is a list in brackets: `[r]`"
                : "one item alone is a list in brackets: `[x]`"
            return RuntimeError(.wrongType, .type, "\(user) needs a list, not a \(record.kind.typeName)", help: help)
        default:
            return RuntimeError(
                .wrongType, .type, "\(user) needs a list, not \(Operators.described(value))",
                help: "one item alone is a list in brackets: `[x]`")
        }
    }

    // MARK: Records

    mutating func record(_ shape: Shape, _ first: Int) throws(RuntimeError) -> RecordValue {
        let count = shape.names.count
        try charge(count * Meter.itemBytes + Meter.headBytes)
        return try RecordValue.checked(shape, (0..<count).map { registers[first + $0] }, limits)
    }

    /// The record that a value is.
    private func record(_ value: Value, _ user: String, help: String) throws(RuntimeError) -> RecordValue {
        if case .record(let record) = value { return record }
        if case .null = value {
            throw RuntimeError(
                .nullOperand, .type, "\(user) needs a record, and this is null",
                help: "say what a missing record means: `(x ?? {})`", label: "null")
        }
        throw RuntimeError(
            .wrongType, .type, "\(user) needs a record, not \(Operators.described(value))", help: help)
    }

    mutating func putAll(_ value: Value, in accumulator: Accumulator) throws(RuntimeError) {
        let record = try record(value, "`...` in a record", help: "for example `{...a, b: 1}`")
        let meter = beginWork()
        defer { endWork() }
        try charge(record.values.count * Meter.itemBytes)
        try accumulator.record.set(record, meter)
    }

    /// `select`: a record of the columns. A column that is called as a marked field of the item is marked as well.
    mutating func select(_ columns: Shape, of item: Value, from first: Int) throws(RuntimeError) -> Value {
        guard case .record(let record) = item, !record.shape.marks.isEmpty else {
            return .record(try self.record(columns, first))
        }
        let marks = record.shape.marks.filter { columns.place(of: $0) != nil }
        if let shape = lastSelected, shape.marks == marks, shape.hasNames(columns.names) {
            return .record(try self.record(shape, first))
        }
        let shape = marks.isEmpty ? columns : Shape(columns.names, marks: marks)
        lastSelected = shape
        return .record(try self.record(shape, first))
    }

    /// `with`: the record with columns replaced or added. It stays what it was, an audience for example.
    mutating func extend(_ value: Value, _ columns: Shape, from first: Int) throws(RuntimeError) -> Value {
        let record = try record(value, "`with`", help: "build a record first: `| map {value: it}`")
        try charge((record.values.count + columns.names.count) * Meter.itemBytes + Meter.headBytes)
        let meter = beginWork()
        defer { endWork() }
        var builder = RecordBuilder()
        try builder.set(record, meter)
        for (offset, name) in columns.names.enumerated() { builder.set(name, registers[first + offset]) }
        let extended = try builder.record(kind: record.kind, like: lastExtended, limits)
        lastExtended = extended.shape
        return .record(extended)
    }

    mutating func destructure(_ value: Value, _ names: Shape, into first: Int) throws(RuntimeError) {
        let record = try record(value, "a pattern", help: "for a list of records: `for {a, b} in xs`")
        for (offset, name) in names.names.enumerated() {
            registers[first + offset] = if let field = record[name] { field } else { try missing(name, of: record) }
            noteRead(name, of: record)
        }
    }
}
