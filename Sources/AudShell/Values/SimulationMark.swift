// The mark of values that rest on recorded changes: in a dry run a changed audience shows what was recorded, and what only
// Segment computes is still as it was read. Data formats have the bare values.

internal import AudLanguage

enum SimulationMark {
    static let text = "*"

    /// Whether a record was changed by something that was not sent.
    static func isOn(_ record: RecordValue) -> Bool { !record.shape.marks.isEmpty }

    /// Whether a field of it is not what the workspace has, or not what it would have.
    static func isOn(_ name: String, of record: RecordValue) -> Bool {
        let marks = record.shape.marks
        return marks.simulated.contains(name) || marks.recorded.contains(name)
    }

    /// The line below a table or a record that has marks.
    static func explain(width: Int?, theme: Theme, to emit: (String) -> Void) {
        let line = "* rests on recorded changes, of which nothing was sent"
        for part in width.map({ TextWrap.lines(line, fitting: $0) }) ?? [line] { emit(theme.warning(part)) }
    }
}
