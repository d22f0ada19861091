// A chart for a terminal: a line for each row, with its label, its number and a bar. The rows are those that the built-in
// `chart` makes: records of a label and a number.
//
// Invariant: as of a table, every line is at most `width` columns wide.

internal import AudLanguage

struct BarChart {
    private struct Row {
        var label: String
        var look = TableCell.Look.plain
        var number: String
        var size: Double
    }

    private let rows: [Row]

    /// Nil when a row is no label with a number.
    init?(_ list: ListValue) {
        var rows: [Row] = []
        for item in list.items {
            guard case .record(let record) = item, record.values.count == 2, let size = Self.size(record.values[1])
            else { return nil }
            let isNull = if case .null = record.values[0] { true } else { false }
            rows.append(
                Row(
                    label: Self.label(record.values[0], of: record.shape.names[0]), look: isNull ? .faint : .plain,
                    number: CellText.of(record.values[1]), size: size))
        }
        self.rows = rows
    }

    /// A bar is no longer than this, so that its end and its label are seen together.
    private static let longest = 60
    private static let gap = 2

    /// - Parameters:
    ///   - width: nil cuts no label.
    ///   - isUnicode: whether a column can be filled by eighths.
    func write(width: Int?, theme: Theme, isUnicode: Bool, to emit: (String) -> Void) {
        guard !rows.isEmpty else { return emit(theme.faint("nothing to chart")) }
        let widest = rows.map { FittedText.width($0.label, upTo: width ?? .max) }.max() ?? 0
        let numbers = rows.map(\.number.count).max() ?? 0
        let room = width.map { max(0, $0 - numbers - 2 * Self.gap) }
        // Labels may take half of what the numbers leave.
        let labels = room.map { min(widest, max(1, $0 / 2)) } ?? widest
        let bars = min(Self.longest, room.map { $0 - labels } ?? Self.longest)
        let largest = rows.map(\.size).max() ?? 0
        for row in rows {
            let (label, taken) = FittedText.cut(row.label, to: labels)
            let blanks = String(repeating: " ", count: labels - taken + Self.gap + numbers - row.number.count)
            let bar = largest > 0 ? Self.bar(row.size / largest * Double(bars), isUnicode: isUnicode) : ""
            let line = theme.paint(label, row.look) + blanks + row.number
            emit(bar.isEmpty ? line : line + "  " + theme.good(bar))
        }
    }

    /// A bar of so many columns; what is more than nothing is seen.
    private static func bar(_ columns: Double, isUnicode: Bool) -> String {
        guard columns > 0 else { return "" }
        guard isUnicode else { return String(repeating: "#", count: max(1, Int(columns.rounded()))) }
        let (whole, part) = max(1, Int((columns * 8).rounded())).quotientAndRemainder(dividingBy: 8)
        let full = String(repeating: "█", count: whole)
        return part == 0 ? full : full + String(["▏", "▎", "▍", "▌", "▋", "▊", "▉"][part - 1])
    }

    private static func size(_ value: Value) -> Double? {
        switch value {
        case .int(let number): Double(number)
        case .float(let number): number
        case .duration(let microseconds): Double(microseconds)
        case .null, .bool, .date, .string, .list, .record, .function, .regex: nil
        }
    }

    /// A date is as exact as the unit that dates were counted by, which is the name of its field.
    private static func label(_ value: Value, of name: String) -> String {
        switch value {
        case .null: return "null"
        case .date(let date):
            let text = DateText.iso(date)
            return switch CalendarUnit(rawValue: name) {
            case .hour: text.prefix(10) + " " + text.dropFirst(11).prefix(5)
            case .day, .week: String(text.prefix(10))
            case .month: String(text.prefix(7))
            case .year: String(text.prefix(4))
            case nil: text
            }
        case .bool, .int, .float, .string, .duration, .list, .record, .function, .regex: return CellText.of(value)
        }
    }
}
