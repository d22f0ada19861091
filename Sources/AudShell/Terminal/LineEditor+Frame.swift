// The state of the editor as a picture.

extension LineEditor {
    /// What is to be seen now. Asks the host for styles and hint, so it is made only when it will be drawn.
    package var frame: Frame { frame(isLast: false) }

    /// - Parameter isLast: the picture is left behind: nobody types in it any more.
    func frame(isLast: Bool) -> Frame {
        if let search { return frame(of: search) }
        let now = snapshot
        let text = now.string
        guard mode == .statement else {
            return Frame(prompt: prompt.primary, text: StyledText(text), cursor: now.offset)
        }
        var open = ""
        if now.text.contains("\n"), case .incomplete(_, let name) = host.status(of: text) { open = name }
        let hint = menu == nil && !isLast ? hint(for: now) : nil
        return Frame(
            prompt: prompt.primary,
            continuation: prompt.continuation(open),
            text: StyledText(text, runs: host.style(text, cursor: isLast ? nil : now.offset)),
            cursor: now.offset,
            hint: Self.firstLine(of: hint?.text ?? ""),
            hintMark: hint?.mark,
            menu: menu?.rows ?? [])
    }

    /// Only at the end of a text that is not blank: a hint goes on from it. What was typed before goes first.
    func hint(for now: Snapshot) -> Hint? {
        guard mode == .statement, now.isAtEnd, !now.text.isEmpty else { return nil }
        let text = now.string
        if let rest = HistorySuggestion.rest(of: text, in: history) { return Hint(rest) }
        return host.hint(for: text)
    }

    private func frame(of search: HistorySearch) -> Frame {
        let found = search.match?.text ?? snapshot.string
        let name = search.query.isEmpty || search.match != nil ? "search" : "nothing has"
        return Frame(
            prompt: StyledText("\(name) ", .dim) + StyledText(search.query, Style(bold: true)) + StyledText(": ", .dim),
            continuation: prompt.continuation(""),
            text: StyledText(found, runs: host.style(found, cursor: nil)),
            cursor: search.match == nil ? snapshot.offset : search.offset)
    }

    private static func firstLine(of text: String) -> String {
        guard let end = text.firstIndex(where: \.isNewline) else { return text }
        return text[..<end] + " …"
    }
}
