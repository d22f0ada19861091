// Long tables on a terminal: the first and the last rows, with a line between that says what is missing and where all
// of it is. Columns that do not fit are named below.

internal import AudLanguage

extension TextTable {
    /// Writes the table with at most `limit` rows; nil shows all.
    package func write(
        width: Int?, rows limit: Int?, remark: (Int) -> String, theme: Theme, to emit: (String) -> Void
    ) {
        guard let limit, rows.count > limit, limit > 2 else {
            return nameHidden(after: write(width: width, theme: theme, to: emit), width, theme, emit)
        }
        let tail = limit / 3
        let head = limit - tail
        let missing = rows.count - limit
        var short = self
        short.rows = Array(rows.prefix(head) + rows.suffix(tail))
        var line = 0
        let shown = short.write(width: width, theme: theme) { text in
            // The header and its rule come first.
            if line == head + 2 { emit(theme.faint(remark(missing))) }
            emit(text)
            line += 1
        }
        nameHidden(after: shown, width, theme, emit)
    }

    private func nameHidden(after shown: Int, _ width: Int?, _ theme: Theme, _ emit: (String) -> Void) {
        guard shown < columns.count else { return }
        let line = "not shown at this width: " + columns[shown...].map(\.title).joined(separator: ", ")
        for part in width.map({ TextWrap.lines(line, fitting: $0) }) ?? [line] { emit(theme.faint(part)) }
    }
}
