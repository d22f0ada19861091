// One record as two columns: names, and values that are wrapped and never cut. What is inside of it (an audience's
// definition, the items of a group) gets a line for each of its parts, named as one would write it: `definition.query`,
// `items[0].name`. Where two columns have no room, a value stands below its name.

package import AudLanguage

package struct RecordView {
    package let record: RecordValue
    /// When it is, to say how long ago something was; nil shows dates alone.
    package let now: Int64?

    package init(_ record: RecordValue, now: Int64? = nil) {
        self.record = record
        self.now = now
    }

    /// Deeper values, and longer lists of records, are one line.
    private static let deepest = 4
    private static let longest = 8
    private static let narrowest = 12

    private struct Field {
        var name: String
        var text: String
        var look = TableCell.Look.plain
    }

    package func write(width: Int?, theme: Theme, to emit: (String) -> Void) {
        if record.values.isEmpty { return emit("{}") }
        let fields = fields(of: record, "", depth: 0)
        let widest = fields.map { FittedText.width($0.name, upTo: 40) }.max() ?? 0
        let names = min(widest, max(8, (width ?? .max) / 2))
        let isStacked = width.map { $0 - names - 2 < Self.narrowest } ?? false
        for field in fields {
            if isStacked, let width {
                for line in TextWrap.lines(field.name, fitting: width) { emit(theme.faint(line)) }
                for line in TextWrap.lines(field.text, fitting: width - 2) {
                    emit("  " + theme.paint(line, field.look))
                }
                continue
            }
            let (name, taken) = FittedText.cut(field.name, to: names)
            let lines = width.map { TextWrap.lines(field.text, fitting: $0 - names - 2) } ?? [field.text]
            for (index, line) in lines.enumerated() {
                let left = index == 0 ? theme.faint(name) : ""
                let blanks = String(repeating: " ", count: names + 2 - (index == 0 ? taken : 0))
                emit(line.isEmpty ? left : left + blanks + theme.paint(line, field.look))
            }
        }
        if SimulationMark.isOn(record) { SimulationMark.explain(width: width, theme: theme, to: emit) }
    }

    private func fields(of record: RecordValue, _ prefix: String, depth: Int) -> [Field] {
        zip(record.shape.names, record.values).flatMap { name, value in
            var fields = fields(of: value, name, prefix + TerminalText.escaped(name), depth: depth)
            if SimulationMark.isOn(name, of: record), let last = fields.popLast() {
                fields.append(Field(name: last.name, text: last.text + SimulationMark.text, look: .warning))
            }
            return fields
        }
    }

    /// The lines of a value that is reached by `path`.
    private func fields(of value: Value, _ name: String, _ path: String, depth: Int) -> [Field] {
        switch value {
        case .null: return [Field(name: path, text: "null", look: .faint)]
        case .record(let inner) where depth < Self.deepest && Self.isOpened(inner):
            return fields(of: inner, path + ".", depth: depth + 1)
        case .list(let list) where depth < Self.deepest && list.depth > 1 && list.count <= Self.longest:
            return list.items.enumerated().flatMap { place, item in
                fields(of: item, "", "\(path)[\(place)]", depth: depth + 1)
            }
        case .bool, .int, .float, .string, .date, .duration, .list, .record, .function, .regex:
            return [Field(name: path, text: FieldText.line(value, in: name, now: now))]
        }
    }

    /// An audience and a space stand for themselves by their name.
    private static func isOpened(_ record: RecordValue) -> Bool {
        (record.kind == .plain || record.kind == .outcome) && !record.values.isEmpty
    }
}
