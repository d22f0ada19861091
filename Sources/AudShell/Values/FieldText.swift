// The text of a field for a person. A moment is told by its distance from now where the field's name says that it is one
// (`updatedAt`): dates that somebody computed, such as the week of a group, are keys and stay exact.

internal import AudLanguage

enum FieldText {
    /// In a table: `3 days ago`.
    static func cell(_ value: Value, in name: String, now: Int64?) -> String {
        relative(value, in: name, now: now) ?? CellText.of(value)
    }

    /// Beside its name, where there is room for both: `2026-11-20T09:00:00Z (3 days ago)`.
    static func line(_ value: Value, in name: String, now: Int64?) -> String {
        let text = CellText.of(value)
        return relative(value, in: name, now: now).map { "\(text) (\($0))" } ?? text
    }

    private static func relative(_ value: Value, in name: String, now: Int64?) -> String? {
        guard let now, case .date(let date) = value, name.hasSuffix("At") || name == "when" else { return nil }
        return HumanTime.relative(date, to: now)
    }
}
