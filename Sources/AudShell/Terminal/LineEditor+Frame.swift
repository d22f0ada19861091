// The state of the editor as a picture.

extension LineEditor {
    /// What is to be seen now. Asks the host for styles and hint, so it is made only when it will be drawn.
    package var frame: Frame {
        if let search { return frame(of: search) }
        let now = snapshot
        let text = now.string
        guard mode == .statement else {
            return Frame(prompt: prompt.primary, text: StyledText(text), cursor: now.offset)
        }
        var open = ""
        if now.text.contains("\n"), case .incomplete(_, let name) = host.status(of: text) { open = name }
        return Frame(
            prompt: prompt.primary,
            continuation: prompt.continuation(open),
            text: StyledText(text, runs: host.style(text)),
            cursor: now.offset,
            hint: menu == nil ? Self.firstLine(of: hint(for: now)?.text ?? "") : "",
            menu: menu?.rows ?? [])
    }

    /// Only at the end of a text that is not blank: a hint goes on from it.
    func hint(for now: Snapshot) -> Hint? {
        guard mode == .statement, now.isAtEnd, !now.text.isEmpty else { return nil }
        return host.hint(for: now.string)
    }

    private func frame(of search: HistorySearch) -> Frame {
        let found = search.match?.text ?? snapshot.string
        let name = search.query.isEmpty || search.match != nil ? "search" : "nothing has"
        return Frame(
            prompt: StyledText("\(name) ", .dim) + StyledText(search.query, Style(bold: true)) + StyledText(": ", .dim),
            continuation: prompt.continuation(""),
            text: StyledText(found, runs: host.style(found)),
            cursor: search.match == nil ? snapshot.offset : search.offset)
    }

    private static func firstLine(of text: String) -> String {
        guard let end = text.firstIndex(where: \.isNewline) else { return text }
        return text[..<end] + " …"
    }
}
