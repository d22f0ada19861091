/// CSV after RFC 4180: fields with a comma, a quote or a line end stand in quotes, and quotes in them are doubled.
package enum CSVText {
    // MARK: Writing

    /// A header of all fields, in the order in which they are first seen, then one line for each record, without a line
    /// end behind the last. Null and an absent field are empty; lists and records are JSON; other values are their text.
    /// With `guarded`, texts that a spreadsheet might take for a formula get a `'` before them.
    package static func write(
        _ records: [RecordValue], guarded: Bool = false, _ limits: Limits = Limits()
    ) throws(RuntimeError) -> String {
        var header = RecordBuilder()
        var seen: Shape?
        for record in records where record.shape !== seen {
            for name in record.shape.names { header.set(name, .null) }
            seen = record.shape
        }
        guard !header.names.isEmpty else { return "" }
        let isSingle = header.names.count == 1
        var text = header.names.map { field($0, isSingle, guarded) }.joined(separator: ",")
        for record in records {
            text += "\n"
            for (place, name) in header.names.enumerated() {
                if place > 0 { text += "," }
                text += field(try cell(record[name] ?? .null, limits), isSingle, guarded && isText(record[name]))
            }
            try limits.check(stringBytes: text.utf8.count)
        }
        return text
    }

    private static func isText(_ value: Value?) -> Bool {
        if case .string = value { return true }
        return false
    }

    private static func cell(_ value: Value, _ limits: Limits) throws(RuntimeError) -> String {
        switch value {
        case .null: ""
        case .list, .record, .function, .regex: try JSONText.write(value, limits)
        case .bool, .int, .float, .date, .duration, .string: try Printer.text(value, limits)
        }
    }

    private static func field(_ text: String, _ isSingle: Bool, _ guarded: Bool) -> String {
        var text = text
        if guarded, let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) { text = "'" + text }
        // An empty line would be no row, and a byte-order mark at the start no part of the name.
        if text.isEmpty { return isSingle ? "\"\"" : "" }
        let needsQuotes =
            text.utf8.contains { $0 == 0x22 || endsField($0) }
            || text.unicodeScalars.first == "\u{FEFF}"
        guard needsQuotes else { return text }
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        quoted.append("\"")
        return String(quoted)
    }

    /// A comma or a line end.
    private static func endsField(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x0A || byte == 0x0D }

    // MARK: Reading

    /// The rows as records of strings, named by the first row. Lines may end in LF, CRLF or CR; empty lines are left
    /// out; a byte-order mark is ignored.
    package static func parse(_ text: String, _ limits: Limits = Limits()) throws(RuntimeError) -> ListValue {
        var reader = Reader(bytes: Array(text.utf8))
        guard let header = try reader.row() else { return ListValue([]) }
        var names = RecordBuilder()
        for name in header {
            guard names.place(of: name) == nil else {
                throw error("two columns are called \(Printer.quoted(name))", line: reader.rowLine)
            }
            names.set(name, .null)
        }
        let shape = Shape(header)
        var rows: [Value] = []
        while let row = try reader.row() {
            guard row.count == header.count else {
                throw error(
                    "the row has \(row.count) field\(row.count == 1 ? "" : "s"), the header \(header.count)",
                    line: reader.rowLine, help: "a field with a comma in it stands in double quotes")
            }
            try limits.check(listLength: rows.count + 1)
            rows.append(.record(try RecordValue.checked(shape, row.map { .string($0) }, limits)))
        }
        return ListValue(rows)
    }

    private static func error(_ message: String, line: Int, help: String? = nil) -> RuntimeError {
        RuntimeError(.badText, .value, "this is not CSV: \(message) (line \(line))", help: help)
    }

    private struct Reader {
        let bytes: [UInt8]
        var place: Int
        var line = 1
        /// Where the last row started.
        var rowLine = 1

        init(bytes: [UInt8]) {
            self.bytes = bytes
            place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        }

        mutating func row() throws(RuntimeError) -> [String]? {
            while skipLineEnd() {}
            guard place < bytes.count else { return nil }
            rowLine = line
            var fields: [String] = []
            while true {
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
            }
            return String(decoding: bytes[start..<place], as: UTF8.self)
        }

        private mutating func quotedField() throws(RuntimeError) -> String {
            let openLine = line
            place += 1
            var text: [UInt8] = []
            while place < bytes.count {
                let byte = bytes[place]
                place += 1
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
                    return String(decoding: text, as: UTF8.self)
                }
            }
            throw CSVText.error("the quoted field that starts here does not end", line: openLine)
        }
    }
}
