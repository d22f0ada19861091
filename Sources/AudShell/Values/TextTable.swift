// A table of text that is fitted to a width: which columns fit, how wide each is, where text is cut.
//
// Invariant: every line is at most `width` columns wide on the screen, whatever its characters are. The text of the
// cells is already safe for a terminal (`TerminalText`).

internal import AudLanguage

/// One place in a table.
package struct TableCell: Sendable, Hashable {
    package var text: String
    package var look: Look

    package enum Look: Sendable, Hashable { case plain, heading, faint, good, warning, danger }

    package init(_ text: String, _ look: Look = .plain) {
        self.text = text
        self.look = look
    }
}

/// Rows under a header.
package struct TextTable: Sendable {
    package struct Column: Sendable, Hashable {
        package var title: String
        /// Numbers stand under each other by their last digit.
        package var alignsRight: Bool
        /// Whether its text may be cut: ids, dates and numbers are no use when cut.
        package var isFlexible: Bool

        package init(_ title: String, alignsRight: Bool = false, isFlexible: Bool = true) {
            self.title = title
            self.alignsRight = alignsRight
            self.isFlexible = isFlexible
        }
    }

    /// In the order of their importance: when the width is short, the last ones go.
    package var columns: [Column]
    /// One cell for each column.
    package var rows: [[TableCell]]

    package init(columns: [Column], rows: [[TableCell]] = []) {
        self.columns = columns
        self.rows = rows
    }

    /// Below this, a flexible column is not worth showing.
    private static let leastFirst = 16
    private static let least = 10
    /// The columns that are squeezed that far before one of them goes. A further column must fit beside a comfortable
    /// width of all before it.
    private static let essential = 3
    private static let comfortable = 20
    private static let gap = 2

    /// Writes header, rule and rows, and returns how many columns fitted.
    ///
    /// - Parameter width: in columns of the screen; nil leaves everything uncut.
    package func write(width: Int?, theme: Theme, to emit: (String) -> Void) -> Int {
        (try? write(width: width, theme: theme, nil, to: emit)) ?? 0
    }

    /// The same for a table of any length.
    func write(width: Int?, theme: Theme, _ work: ViewWork?, to emit: (String) -> Void) throws(ViewError) -> Int {
        let widths = try fitted(to: width, work)
        emit(line(columns.map { TableCell($0.title, .heading) }, widths, theme))
        emit(theme.faint(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")))
        for row in rows {
            let line = line(row, widths, theme)
            try work?.pass(line)
            emit(line)
        }
        return widths.count
    }

    /// How many columns a width has room for.
    package func columnsShown(at width: Int?) -> Int { (try? fitted(to: width, nil))?.count ?? 0 }

    private func line(_ cells: [TableCell], _ widths: [Int], _ theme: Theme) -> String {
        var line = ""
        var pending = 0
        for (place, width) in widths.enumerated() {
            if place > 0 { pending += Self.gap }
            let cell = cells[place]
            let (text, taken) = FittedText.cut(cell.text, to: width)
            let blanks = width - taken
            if columns[place].alignsRight { pending += blanks }
            if !text.isEmpty {
                line += String(repeating: " ", count: pending) + theme.paint(text, cell.look)
                pending = 0
            }
            if !columns[place].alignsRight { pending += blanks }
        }
        return line
    }

    /// The widths of the columns that are shown.
    private func fitted(to width: Int?, _ work: ViewWork?) throws(ViewError) -> [Int] {
        var natural = columns.map { DisplayWidth.of($0.title) }
        for row in rows {
            for (place, cell) in row.enumerated() {
                try work?.pass(cell.text)
                natural[place] = max(natural[place], FittedText.width(cell.text, upTo: width ?? .max))
            }
        }
        guard let width, !columns.isEmpty else { return natural }
        var widths: [Int] = []
        var (used, usedInComfort) = (0, 0)
        for (place, column) in columns.enumerated() {
            let title = DisplayWidth.of(column.title)
            let floor = place == 0 ? Self.leastFirst : Self.least
            let gap = place == 0 ? 0 : Self.gap
            let least = column.isFlexible ? min(natural[place], max(floor, title)) : natural[place]
            used += gap + least
            usedInComfort += gap + (column.isFlexible ? min(natural[place], max(Self.comfortable, title)) : least)
            if place > 0, (place < Self.essential ? used : usedInComfort) > width {
                used -= gap + least
                break
            }
            widths.append(min(least, max(1, width)))
        }
        spread(max(0, width - used), over: &widths, natural: natural)
        return widths
    }

    /// Gives columns that are cut the room that is left, in equal shares.
    private func spread(_ room: Int, over widths: inout [Int], natural: [Int]) {
        var room = room
        while room > 0 {
            let short = widths.indices.filter { widths[$0] < natural[$0] }
            guard !short.isEmpty else { return }
            let share = max(1, room / short.count)
            for place in short where room > 0 {
                let more = min(share, natural[place] - widths[place], room)
                widths[place] += more
                room -= more
            }
        }
    }
}

extension Theme {
    /// Text with the look of a cell.
    package func paint(_ text: String, _ look: TableCell.Look) -> String {
        switch look {
        case .plain: text
        case .heading: heading(text)
        case .faint: faint(text)
        case .good: good(text)
        case .warning: warning(text)
        case .danger: danger(text)
        }
    }
}
