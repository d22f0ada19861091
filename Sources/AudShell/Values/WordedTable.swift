// aud's own reports as tables: their columns have words for titles (`held by`, `not attempted`). The data formats have the
// names that a program reads; a table of a script's records has the names that the script writes.

internal import AudLanguage

enum WordedTable {
    /// The same list with titles in words.
    static func of(_ value: Value) -> Value {
        guard case .list(let list) = value else { return value }
        return .list(
            ListValue(
                list.items.map { item in
                    guard case .record(let record) = item else { return item }
                    return .record(RecordValue(Shape(record.shape.names.map(words)), record.values))
                }))
    }

    /// `notAttempted` → `not attempted`
    private static func words(_ name: String) -> String {
        name.reduce(into: "") { text, character in
            text += character.isUppercase ? " " + character.lowercased() : String(character)
        }
    }
}
