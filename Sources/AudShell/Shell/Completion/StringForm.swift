// How a text is written in the string that is being typed.

internal import AudLanguage

struct StringForm {
    let quote: CompletionSite.Quote
    /// Whether the closing quote stands behind the cursor already.
    let isClosed: Bool

    /// The text as a literal; `goesOn` leaves it open, for what follows in it. What a raw string cannot hold becomes a plain one.
    func source(of text: String, goesOn: Bool = false) -> String {
        let isPlain = TerminalText.escaped(text).utf8.count == text.utf8.count
        if quote == .raw, isPlain {
            let inner = "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
            return isClosed || goesOn ? inner : inner + "'"
        }
        let literal = Printer.quoted(text)
        return isClosed && quote == .plain || goesOn ? String(literal.dropLast()) : literal
    }

    /// What the typed part means: escapes of quotes, backslashes and braces undone.
    func meaning(of content: String) -> String {
        if quote == .raw {
            return content.split(separator: "''", omittingEmptySubsequences: false).joined(separator: "'")
        }
        var meaning = ""
        var isEscaped = false
        for scalar in content.unicodeScalars {
            if !isEscaped, scalar == "\\" {
                isEscaped = true
            } else {
                meaning.unicodeScalars.append(scalar)
                isEscaped = false
            }
        }
        return meaning
    }
}
