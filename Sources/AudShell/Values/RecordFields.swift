// The fields that a list of records has together, in first-seen order.

internal import AudLanguage

enum RecordFields {
    /// Each name once. O(records) when they share a shape.
    static func union(_ records: [RecordValue]) -> [String] {
        var names: [String] = []
        var known: Set<TextKey> = []
        var shape: Shape?
        for record in records where record.shape !== shape {
            shape = record.shape
            for name in record.shape.names where known.insert(TextKey(name)).inserted { names.append(name) }
        }
        return names
    }
}
