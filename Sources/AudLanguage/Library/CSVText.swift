/// CSV after RFC 4180: fields with a comma, a quote or a line end stand in quotes, and quotes in them are doubled.
package enum CSVText {
    // MARK: Writing

    /// A header of all fields, in the order in which they are first seen, then one line for each record, without a line
    /// end behind the last. Null and an absent field are empty; lists and records are JSON; other values are their text.
    /// With `guarded`, texts that a spreadsheet might take for a formula get a `'` before them.
    package static func write(
        _ records: [RecordValue], guarded: Bool = false, _ meter: Meter = Meter()
    ) throws(RuntimeError) -> String {
        var header = RecordBuilder()
        var seen: Shape?
        for record in records where record.shape !== seen {
            for name in record.shape.names {
                try meter.charge()
                header.set(name, .null)
            }
            seen = record.shape
        }
        guard !header.names.isEmpty else { return "" }
        let isSingle = header.names.count == 1
        var text = ""
        for (place, name) in header.names.enumerated() {
            if place > 0 { text += "," }
            text += try field(name, isSingle, guarded, meter)
            try meter.check(stringBytes: text.utf8.count)
        }
        for record in records {
            text += "\n"
            for (place, name) in header.names.enumerated() {
                try meter.charge()
                if place > 0 { text += "," }
                let value = record[name]
                text += try field(try cell(value ?? .null, meter), isSingle, guarded && isText(value), meter)
                try meter.check(stringBytes: text.utf8.count)
            }
        }
        return text
    }

    private static func isText(_ value: Value?) -> Bool {
        if case .string = value { return true }
        return false
    }

    private static func cell(_ value: Value, _ meter: Meter) throws(RuntimeError) -> String {
        switch value {
        case .null: ""
        case .list, .record, .function, .regex: try JSONText.write(value, meter)
        case .bool, .int, .float, .date, .duration, .string: try Printer.text(value, meter)
        }
    }

    private static func field(
        _ text: String, _ isSingle: Bool, _ guarded: Bool, _ meter: Meter
    ) throws(RuntimeError) -> String {
        var text = text
        if guarded, let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) { text = "'" + text }
        // An empty line would be no row, and a byte-order mark at the start no part of the name.
        if text.isEmpty { return isSingle ? "\"\"" : "" }
        var needsQuotes = text.unicodeScalars.first == "\u{FEFF}"
        var quoted = [UInt8(ascii: "\"")]
        try text.inPieces(meter) { (piece) throws(RuntimeError) in
            needsQuotes = needsQuotes || piece.utf8.contains { $0 == 0x22 || endsField($0) }
        }
        guard needsQuotes else { return text }
        try text.inPieces(meter) { (piece) throws(RuntimeError) in
            for byte in piece.utf8 {
                if byte == 0x22 { quoted.append(byte) }
                quoted.append(byte)
            }
            try meter.check(stringBytes: quoted.count)
        }
        quoted.append(0x22)
        return try String.decoding(quoted[...], meter)
    }

    /// A comma or a line end.
    private static func endsField(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x0A || byte == 0x0D }

    // MARK: Reading

    /// The rows as records of strings, named by the first row. Lines may end in LF, CRLF or CR; empty lines are left
    /// out; a byte-order mark is ignored.
    package static func parse(_ text: String, _ meter: Meter = Meter()) throws(RuntimeError) -> ListValue {
        var reader = Reader(bytes: Array(text.utf8), meter: meter)
        guard let header = try reader.row() else { return ListValue([]) }
        var names = RecordBuilder()
        for name in header {
            guard names.place(of: name) == nil else {
                throw error("two columns are called \(Printer.quoted(name))", line: reader.rowLine)
            }
            names.set(name, .null)
        }
        let shape = try names.record(meter.limits).shape
        return try meter.building(GrowingArray()) { (rows: inout GrowingArray<Value>) throws(RuntimeError) in
            while let row = try reader.row() {
                guard row.count == header.count else {
                    throw error(
                        "the row has \(row.count) field\(row.count == 1 ? "" : "s"), the header \(header.count)",
                        line: reader.rowLine, help: "a field with a comma in it stands in double quotes")
                }
                try meter.check(listLength: rows.count + 1)
                try meter.allocate(Meter.headBytes + Meter.grownBytes)
                rows.append(.record(try RecordValue.checked(shape, row.map { .string($0) }, meter.limits)))
            }
            return try ListValue.checked(try rows.take(meter), meter)
        }
    }

    private static func error(_ message: String, line: Int, help: String? = nil) -> RuntimeError {
        RuntimeError(.badText, .value, "this is not CSV: \(message) (line \(line))", help: help)
    }

    private struct Reader {
        let bytes: [UInt8]
        let meter: Meter
        var place: Int
        /// Up to where the text is charged.
        var charged = 0
        var line = 1
        /// Where the last row started.
        var rowLine = 1

        init(bytes: [UInt8], meter: Meter) {
            self.bytes = bytes
            self.meter = meter
            place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        }

        mutating func row() throws(RuntimeError) -> [String]? {
            while skipLineEnd() { try chargeText() }
            guard place < bytes.count else { return nil }
            rowLine = line
            var fields: [String] = []
            while true {
                try meter.charge()
                try meter.check(listLength: fields.count + 1)
                try meter.allocate(Meter.grownBytes)
                fields.append(try field())
                if place < bytes.count, bytes[place] == UInt8(ascii: ",") {
                    place += 1
                } else {
                    // What ends a field is a comma, a line end or the end of the text.
                    _ = skipLineEnd()
                    return fields
                }
            }
        }

        /// Counts the text that was read, a run at a time.
        @inline(__always)
        private mutating func chargeText() throws(RuntimeError) {
            guard place - charged >= 4_096 else { return }
            try meter.charge(bytes: place - charged)
            charged = place
        }

        private mutating func skipLineEnd() -> Bool {
            guard place < bytes.count, bytes[place] == 0x0A || bytes[place] == 0x0D else { return false }
            let isPair = bytes[place] == 0x0D && place + 1 < bytes.count && bytes[place + 1] == 0x0A
            place += isPair ? 2 : 1
            line += 1
            return true
        }

        private mutating func field() throws(RuntimeError) -> String {
            if place < bytes.count, bytes[place] == UInt8(ascii: "\"") { return try quotedField() }
            let start = place
            while place < bytes.count, !CSVText.endsField(bytes[place]) {
                guard bytes[place] != UInt8(ascii: "\"") else {
                    throw CSVText.error(
                        "a quote stands inside a field without quotes", line: line,
                        help: "write the field as \"a \"\"quoted\"\" word\"")
                }
                place += 1
                try chargeText()
            }
            try meter.allocate(text: place - start)
            return try String.decoding(bytes[start..<place], meter)
        }

        private mutating func quotedField() throws(RuntimeError) -> String {
            let openLine = line
            place += 1
            var text: [UInt8] = []
            while place < bytes.count {
                let byte = bytes[place]
                place += 1
                try chargeText()
                if byte != UInt8(ascii: "\"") {
                    if byte == 0x0A { line += 1 }
                    text.append(byte)
                } else if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
                    text.append(byte)
                    place += 1
                } else {
                    guard place == bytes.count || CSVText.endsField(bytes[place]) else {
                        throw CSVText.error(
                            "text follows a quoted field", line: line, help: "inside quotes a quote is written twice")
                    }
                    try meter.allocate(text: text.count)
                    return try String.decoding(text[...], meter)
                }
            }
            throw CSVText.error("the quoted field that starts here does not end", line: openLine)
        }
    }
}
