// `--format csv`: RFC 4180 (commas, CRLF, quotes doubled), with a header of all fields.
//
// A spreadsheet runs text that starts with `=`, `+`, `-`, `@`, a tab or a return as a formula, and audience names come
// from anyone. Such text gets a `'` in front unless the caller wants it raw. Numbers, dates and durations of the
// language are never text.

internal import AudLanguage

struct CSVView {
    /// Leave text as it is, formulas too.
    var isRaw: Bool
    var work: ViewWork

    /// Writes a header and a row for each item; a value that is no list is one row. Rows are written as they are made.
    /// The text that is emitted carries no line end.
    func write(_ value: Value, to emit: (String) -> Void) throws(ViewError) {
        let list = if case .list(let list) = value { list } else { ListValue([value]) }
        var records: [RecordValue] = []
        var hasOthers = false
        for index in 0..<list.count {
            try work.row()
            if case .record(let record) = list[index] { records.append(record) } else { hasOthers = true }
        }
        var header = RecordFields.union(records)
        // What is no record stands in a column of its own, also in a list that mixes them.
        if hasOthers { header.append("value") }
        guard !header.isEmpty else { return }
        emit(line(header.map(cell)))
        for index in 0..<list.count {
            let text = try row(list[index], header, hasOthers: hasOthers)
            try work.pass(text)
            emit(text)
        }
    }

    private func row(_ value: Value, _ header: [String], hasOthers: Bool) throws(ViewError) -> String {
        var cells: [String] = []
        if case .record(let record) = value {
            for name in header.dropLast(hasOthers ? 1 : 0) { cells.append(try text(record[name] ?? .null)) }
            if hasOthers { cells.append("") }
        } else {
            cells = Array(repeating: "", count: header.count - 1)
            cells.append(try text(value))
        }
        return line(cells)
    }

    /// A row that is all empty must not look like an empty line, which is no row.
    private func line(_ cells: [String]) -> String {
        cells.count == 1 && cells[0].isEmpty ? "\"\"" : cells.joined(separator: ",")
    }

    /// One field of the file.
    private func text(_ value: Value) throws(ViewError) -> String {
        switch value {
        case .null: ""
        case .string(let text): cell(text)
        case .list, .record: quoted(try work.json(value))
        case .bool, .int, .float, .date, .duration: quoted(ScalarText.of(value))
        case .function, .regex: cell(ScalarText.of(value))
        }
    }

    private func cell(_ text: String) -> String {
        guard !isRaw, let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) else { return quoted(text) }
        return quoted("'" + text)
    }

    private func quoted(_ text: String) -> String {
        let needsQuotes =
            text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
            || text.unicodeScalars.first == "\u{FEFF}"
        guard needsQuotes else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted += "\"\"" } else { quoted.unicodeScalars.append(scalar) }
        }
        return quoted + "\""
    }
}
