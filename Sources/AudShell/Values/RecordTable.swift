// A list of records as a table: its columns in the order in which they are worth their room.

internal import AudLanguage

/// The table of a list whose items are all records.
struct RecordTable {
    let records: [RecordValue]
    /// When it is, to say how long ago something was; nil shows dates as they are.
    let now: Int64?

    /// Nil when an item is no record.
    init?(_ list: ListValue, now: Int64? = nil) {
        var records: [RecordValue] = []
        records.reserveCapacity(list.count)
        for index in 0..<list.count {
            guard case .record(let record) = list[index] else { return nil }
            records.append(record)
        }
        guard !records.isEmpty else { return nil }
        self.records = records
        self.now = now
    }

    /// What people look for in an audience first. The other fields follow as they were sent.
    private static let audienceOrder = [
        "name", "key", "enabled", "status", "updatedAt", "id", "createdAt", "description", "createdBy", "updatedBy",
        "spaceId", "definition",
    ]

    /// Writes the table and its closing line.
    func write(width: Int?, theme: Theme, _ work: ViewWork, to emit: (String) -> Void) throws(ViewError) {
        let names = columnNames
        let table = try table(names, work)
        let shown = try table.write(width: width, theme: theme, work, to: emit)
        var closing = records.count == 1 ? "1 row" : "\(records.count) rows"
        let dropped = names.dropFirst(shown)
        if !dropped.isEmpty {
            let list = dropped.map { TerminalText.escaped($0) }.joined(separator: ", ")
            closing += ", +\(dropped.count) \(dropped.count == 1 ? "column" : "columns"): \(list)"
        }
        for line in width.map({ TextWrap.lines(closing, fitting: $0) }) ?? [closing] { emit(theme.faint(line)) }
        guard records.contains(where: SimulationMark.isOn) else { return }
        SimulationMark.explain(width: width, theme: theme, to: emit)
    }

    /// The fields of all records, each once.
    private var columnNames: [String] {
        var names = RecordFields.union(records)
        guard records.allSatisfy({ $0.kind == .audience }) else { return names }
        let known = Self.audienceOrder.filter(names.contains)
        names = known + names.filter { !Self.audienceOrder.contains($0) }
        // A field that the server sent for none of them takes no room.
        return names.filter { name in
            name == "name"
                || records.contains { record in
                    if case .null = record[name] ?? .null { false } else { true }
                }
        }
    }

    private func cell(of value: Value, in name: String, of record: RecordValue) -> TableCell {
        let isMarked = SimulationMark.isOn(name, of: record)
        if case .null = value { return TableCell(isMarked ? "null" + SimulationMark.text : "null", .faint) }
        let text = FieldText.cell(value, in: name, now: now)
        return isMarked ? TableCell(text + SimulationMark.text, .warning) : TableCell(text)
    }

    private func table(_ names: [String], _ work: ViewWork) throws(ViewError) -> TextTable {
        var table = TextTable(columns: names.map { TextTable.Column(TerminalText.escaped($0)) })
        table.rows.reserveCapacity(records.count)
        var seen = names.map { _ in ColumnKind() }
        var shape: Shape?
        var places: [Int?] = []
        for record in records {
            if record.shape !== shape {
                shape = record.shape
                places = names.map { record.shape.place(of: $0) }
            }
            var row: [TableCell] = []
            row.reserveCapacity(names.count)
            for (column, place) in places.enumerated() {
                let value = place.map { record.values[$0] } ?? .null
                seen[column].note(value)
                let cell = cell(of: value, in: names[column], of: record)
                try work.keep(cell.text)
                row.append(cell)
            }
            table.rows.append(row)
        }
        for (column, kind) in seen.enumerated() {
            table.columns[column].alignsRight = kind.isNumeric
            table.columns[column].isFlexible = kind.isText && names[column] != "id"
        }
        return table
    }
}

/// What the values of a column have in common.
private struct ColumnKind {
    private var numbers = 0
    private var texts = 0
    private var others = 0

    mutating func note(_ value: Value) {
        switch value {
        case .null: break
        case .int, .float: numbers += 1
        case .string, .list, .record, .function, .regex: texts += 1
        case .bool, .date, .duration: others += 1
        }
    }

    var isNumeric: Bool { numbers > 0 && texts == 0 && others == 0 }
    var isText: Bool { texts > 0 }
}
