/// The JSON format: one object a line, every key always there.
extension DiagnosticRenderer {
    func json(_ diagnostic: Diagnostic) -> String {
        let place = place(of: diagnostic.span)
        let fields: [(String, String)] = [
            ("severity", JSONField.quoted(diagnostic.severity.rawValue)),
            ("code", JSONField.quoted(diagnostic.code.rawValue)),
            ("message", JSONField.quoted(diagnostic.message)),
            ("file", JSONField.quoted(place?.file.name)),
            ("line", JSONField.number(place?.start.line)),
            ("column", JSONField.number(place?.start.column)),
            ("endLine", JSONField.number(place?.end.line)),
            ("endColumn", JSONField.number(place?.end.column)),
            ("label", JSONField.quoted(diagnostic.label)),
            ("help", JSONField.quoted(diagnostic.help)),
            ("notes", JSONField.array(diagnostic.notes.map { JSONField.quoted($0) })),
            ("stack", JSONField.array(diagnostic.stack.map(json))),
        ]
        return JSONField.object(fields)
    }

    private func json(_ entry: Diagnostic.StackEntry) -> String {
        let place = place(of: entry.span)
        return JSONField.object([
            ("file", JSONField.quoted(place?.file.name)),
            ("line", JSONField.number(place?.start.line)),
            ("label", JSONField.quoted(entry.label)),
            ("item", JSONField.quoted(entry.item)),
        ])
    }
}
