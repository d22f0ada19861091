// What stands in one cell for a value: one line, safe for a terminal, and short for values that hold others. The exact
// value is what `json` is for.

package import AudLanguage

package enum CellText {
    /// The text of a value.
    package static func of(_ value: Value) -> String { of(value, inside: false) }

    /// Whether values of this kind are set against the right edge of their column.
    package static func isNumber(_ value: Value) -> Bool {
        switch value {
        case .int, .float: true
        case .null, .bool, .date, .duration, .string, .list, .record, .function, .regex: false
        }
    }

    /// `inside`: within a list or record of the same cell, where texts are told apart by quotes.
    private static func of(_ value: Value, inside: Bool) -> String {
        switch value {
        case .null: inside ? "null" : ""
        case .string(let text): inside ? "\"\(TerminalText.escaped(text))\"" : TerminalText.escaped(text)
        case .list(let list): of(list, inside: inside)
        case .record(let record): of(record, inside: inside)
        case .bool, .int, .float, .date, .duration, .function, .regex:
            TerminalText.escaped(ScalarText.of(value))
        }
    }

    /// The items when they are few and simple, else their number.
    private static func of(_ list: ListValue, inside: Bool) -> String {
        if list.count == 0 { return "[]" }
        let shown = min(list.count, 8)
        let isSimple = !inside && (0..<shown).allSatisfy { list[$0].depth == 0 }
        guard isSimple else { return list.count == 1 ? "[1 item]" : "[\(list.count) items]" }
        let items = (0..<shown).map { of(list[$0], inside: true) }.joined(separator: ", ")
        return list.count > shown ? "[\(items), … \(list.count - shown) more]" : "[\(items)]"
    }

    private static func of(_ record: RecordValue, inside: Bool) -> String {
        if record.kind == .audience || record.kind == .space, let name = name(of: record) {
            return TerminalText.escaped(name)
        }
        if record.values.isEmpty { return "{}" }
        if inside { return "{…}" }
        let fields = zip(record.shape.names, record.values).map { name, value in
            "\(TerminalText.escaped(name)): \(of(value, inside: true))"
        }
        return "{\(fields.joined(separator: ", "))}"
    }

    private static func name(of record: RecordValue) -> String? {
        for field in ["name", "id"] {
            if case .string(let text)? = record[field], !text.isEmpty { return text }
        }
        return nil
    }
}
