// One record as two columns: names, and values that are wrapped and never cut. A record inside it (an audience's
// definition) gets a line for each of its fields, named as one would write it: `definition.query`.

package import AudLanguage

package struct RecordView {
    package let record: RecordValue

    package init(_ record: RecordValue) {
        self.record = record
    }

    package func write(width: Int?, theme: Theme, to emit: (String) -> Void) {
        if record.values.isEmpty { return emit("{}") }
        let fields = self.fields
        let widest = fields.map { FittedText.width($0.name, upTo: 40) }.max() ?? 0
        let names = min(widest, max(8, (width ?? .max) / 2))
        for field in fields {
            let (name, taken) = FittedText.cut(field.name, to: names)
            let lines = width.map { FittedText.wrap(field.text, to: $0 - names - 2) } ?? [field.text]
            for (index, line) in lines.enumerated() {
                let left = index == 0 ? theme.faint(name) : ""
                let blanks = String(repeating: " ", count: names + 2 - (index == 0 ? taken : 0))
                emit(line.isEmpty ? left : left + blanks + line)
            }
        }
    }

    private var fields: [(name: String, text: String)] {
        var fields: [(name: String, text: String)] = []
        for (name, value) in zip(record.shape.names, record.values) {
            let name = TerminalText.escaped(name)
            if case .record(let inner) = value, inner.kind == .plain, !inner.values.isEmpty {
                for (part, value) in zip(inner.shape.names, inner.values) {
                    fields.append(("\(name).\(TerminalText.escaped(part))", CellText.of(value)))
                }
            } else {
                fields.append((name, CellText.of(value)))
            }
        }
        return fields
    }
}
