/// The rich format:
/// ```
/// error[E0301]: there is no field `.enabeld` on an audience
///    --> stale.aud:6:11
///     |
///   6 |   | where .enabeld and .updatedAt < ago(days * 1d)
///     |           ^^^^^^^^ unknown field
///     |
/// help: did you mean `.enabled`?
/// ```
extension DiagnosticRenderer {
    func rich(_ diagnostic: Diagnostic) -> String {
        let tone: Tone = diagnostic.severity == .error ? .error : .warning
        let head = "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]"
        var lines = paragraph(head, diagnostic.message, tone)
        let isFollowed = diagnostic.help != nil || !diagnostic.notes.isEmpty
        if let span = diagnostic.span, let place = place(of: span) {
            lines += excerpt(span, place, label: diagnostic.label, tone: tone)
            // A run-time error's help follows directly; its stack ends the message.
            if isFollowed, diagnostic.stack.isEmpty { lines.append(gutter("", place)) }
        }
        if let help = diagnostic.help { lines += paragraph("help", help, .help) }
        for note in diagnostic.notes { lines += paragraph("note", note, .note) }
        lines += stack(diagnostic.stack)
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: The source

    private func excerpt(_ span: Span, _ place: Place, label: String?, tone: Tone) -> [String] {
        let arrow = String(repeating: " ", count: gutterWidth(place)) + "-->"
        var lines = [paint(arrow, .frame) + " \(place.name):\(place.start.line):\(place.start.column)"]
        lines.append(gutter("", place))
        let first = place.file.lineBytes(place.start.line)
        let from = place.start.column - 1
        if place.start.line == place.end.line {
            let to = max(from, place.end.column - 1)
            return lines + marked(place.start.line, from..<to, place, label: label, tone: tone)
        }
        lines += marked(place.start.line, from..<max(from, first.count), place, label: nil, tone: tone)
        if place.end.line > place.start.line + 1 { lines.append(gutter("", place) + " …") }
        let last = place.file.lineBytes(place.end.line)
        let indent = last.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
        let end = place.end.column - 1
        return lines + marked(place.end.line, min(indent, end)..<end, place, label: label, tone: tone)
    }

    /// A source line and the carets under a byte range of it.
    private func marked(
        _ line: Int, _ bytes: Range<Int>, _ place: Place, label: String?, tone: Tone
    ) -> [String] {
        let room = max(8, width - gutterWidth(place) - 3)
        let layout = LineLayout(place.file.lineBytes(line))
        let (text, columns) = layout.cut(to: room, around: layout.columns(of: bytes))
        let shown = text.isEmpty ? "" : " " + text
        let indent = String(repeating: " ", count: columns.lowerBound + 1)
        let carets = gutter("", place) + indent + paint(String(repeating: "^", count: columns.count), tone)
        let source = gutter(String(line), place) + shown
        guard let label = label.map({ TerminalText.escaped($0) }), !label.isEmpty else { return [source, carets] }
        if columns.upperBound + 1 + DisplayWidth.of(label) <= room {
            return [source, carets + " " + paint(label, tone)]
        }
        // No room to the right: the label stands below, as far left as it needs.
        let wrapped = TextWrap.lines(label, first: room, others: room)
        let widest = wrapped.map { DisplayWidth.of($0) }.max() ?? 0
        let left = String(repeating: " ", count: max(0, min(columns.lowerBound, room - widest)) + 1)
        return [source, carets] + wrapped.map { gutter("", place) + left + paint($0, tone) }
    }

    private func gutterWidth(_ place: Place) -> Int { max(3, String(place.end.line).count) }

    private func gutter(_ number: String, _ place: Place) -> String {
        let blanks = String(repeating: " ", count: gutterWidth(place) - number.count)
        return paint(blanks + number + " |", .frame)
    }

    // MARK: Text

    /// `head: text`, wrapped to the width with the other lines indented.
    private func paragraph(_ head: String, _ text: String, _ tone: Tone) -> [String] {
        let lines = TextWrap.lines(
            TerminalText.escaped(text), first: max(16, width - head.count - 2), others: max(16, width - 2))
        return lines.enumerated().map { index, line in
            index > 0 ? "  " + line : paint(head, tone) + (line.isEmpty ? ":" : ": " + line)
        }
    }

    private func stack(_ entries: [Diagnostic.StackEntry]) -> [String] {
        guard !entries.isEmpty else { return [] }
        let rows = entries.map { entry in
            let place = place(of: entry.span)
            return (
                place: place.map { "\($0.name):\($0.start.line)" } ?? "?", label: TerminalText.escaped(entry.label),
                item: entry.item.map { TerminalText.escaped($0) }
            )
        }
        let placeWidth = rows.map { DisplayWidth.of($0.place) }.max() ?? 0
        let labelWidth = max(16, rows.map { DisplayWidth.of($0.label) }.max() ?? 0)
        return [paint("stack", .note) + ":"]
            + rows.map { row in
                let start = "  " + padded(row.place, placeWidth + 3)
                guard let item = row.item else { return start + row.label }
                return start + padded(row.label, labelWidth + 2) + item
            }
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
    }

    // MARK: Colour

    private enum Tone: String {
        case error = "1;31"
        case warning = "1;33"
        case help = "1;32"
        case note = "1"
        case frame = "34"
    }

    private func paint(_ text: String, _ tone: Tone) -> String {
        color && !text.isEmpty ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
    }
}
