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
            ("notes", "[" + diagnostic.notes.map { JSONField.quoted($0) }.joined(separator: ",") + "]"),
            ("stack", "[" + diagnostic.stack.map(json).joined(separator: ",") + "]"),
        ]
        return object(fields)
    }

    private func json(_ entry: Diagnostic.StackEntry) -> String {
        let place = place(of: entry.span)
        return object([
            ("file", JSONField.quoted(place?.file.name)),
            ("line", JSONField.number(place?.start.line)),
            ("label", JSONField.quoted(entry.label)),
            ("item", JSONField.quoted(entry.item)),
        ])
    }

    private func object(_ fields: [(String, String)]) -> String {
        "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }
}

/// The little JSON that diagnostics need. What a terminal could misread is escaped too: JSON is shown on terminals.
private enum JSONField {
    static func number(_ value: Int?) -> String { value.map(String.init) ?? "null" }

    static func quoted(_ text: String?) -> String {
        guard let text else { return "null" }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where TerminalText.isUnsafe(scalar):
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
