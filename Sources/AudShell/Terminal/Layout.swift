// Text to rows and a cursor. Pure.
//
// A row is as wide as the screen at most; the layout breaks it, never the terminal. A cursor behind a full row stands at
// the start of a row of its own. When there are more rows than the screen has, `rows` is a window that holds the cursor
// and moves as little as it can.
// Invariant: 0 ≤ cursor.column < columns, and each row's width ≤ columns.

package struct Layout: Sendable, Equatable {
    package struct Position: Sendable, Equatable {
        package var row: Int
        package var column: Int

        package init(row: Int, column: Int) {
            self.row = row
            self.column = column
        }
    }

    package let rows: [Row]
    /// In `rows`; nil when the frame has none.
    package let cursor: Position?
    /// How many rows of the whole picture are above `rows`.
    package let top: Int

    /// What fits into `size`, beginning as near to row `top` of the whole picture as the cursor allows.
    package init(_ frame: Frame, in size: TerminalSize, top: Int = 0) {
        // The first pass counts and finds the cursor, the second makes cells for the window only: a line of 1 MB has
        // 10,000 rows, of which 50 are seen.
        var count = RowBuilder(columns: size.columns, kept: 0..<0)
        let place = Self.place(frame, into: &count)
        let total = count.row + 1
        var first = 0
        if total > size.rows {
            let row = place?.row ?? 0
            first = max(min(top, total - size.rows, row), row - size.rows + 1)
        }
        var builder = RowBuilder(columns: size.columns, kept: first..<min(first + size.rows, total))
        _ = Self.place(frame, into: &builder)
        if total < size.rows { Self.list(frame.menu, room: size.rows - total, into: &builder) }
        rows = builder.rows
        cursor = place.map { Position(row: $0.row - first, column: $0.column) }
        self.top = first
    }

    /// All rows, however many, for the picture that is left behind.
    package init(whole frame: Frame, columns: Int) {
        var builder = RowBuilder(columns: max(1, columns), kept: 0..<Int.max)
        let place = Self.place(frame, into: &builder)
        rows = builder.rows
        cursor = place
        top = 0
    }

    /// Places everything but the menu; returns the cursor's place in the whole picture.
    private static func place(_ frame: Frame, into builder: inout RowBuilder) -> Position? {
        builder.put(frame.prompt)
        var cursor: Position?
        var walk = ClusterWalk(frame.text)
        while true {
            let offset = walk.offset
            let cluster = walk.next()
            if cursor == nil, let wanted = frame.cursor, offset >= wanted || cluster == nil || walk.offset > wanted {
                cursor = builder.place(for: cluster)
            }
            guard let cluster else { break }
            if cluster == .lineEnd {
                builder.endRow()
                builder.put(frame.continuation)
            } else {
                builder.put(cluster, walk.style)
            }
        }
        builder.put(hint(of: frame))
        return cursor
    }

    private static func hint(of frame: Frame) -> StyledText {
        guard let mark = frame.hintMark else { return StyledText(frame.hint, .dim) }
        let runs = [
            StyledRun(0..<mark.lowerBound, .dim), StyledRun(mark, Style(dim: true, underline: true)),
            StyledRun(mark.upperBound..<frame.hint.utf8.count, .dim),
        ]
        return StyledText(frame.hint, runs: runs)
    }

    private static func list(_ menu: [MenuRow], room: Int, into builder: inout RowBuilder) {
        guard !menu.isEmpty else { return }
        let selected = menu.firstIndex(where: \.isSelected) ?? 0
        let first = max(0, selected - room + 1)
        let shown = menu[first..<min(first + room, menu.count)]
        var labels: [[Cell]] = []
        var widest = 0
        for row in shown {
            let cells = RowBuilder.shortened(RowBuilder.cells(of: row.label), to: builder.columns - 2)
            labels.append(cells)
            widest = max(widest, cells.reduce(0) { $0 + $1.width })
        }
        for (row, label) in zip(shown, labels) {
            builder.keep(rows: 1)
            builder.endRow()
            var cells = RowBuilder.cells(of: row.isSelected ? "> " : "  ") + label
            if row.isSelected { for index in cells.indices { cells[index].style = .inverse } }
            // The start of a detail is no help; the end of a label may be what tells it from the others.
            if !row.detail.isEmpty, widest + 8 < builder.columns {
                let gap = widest - label.reduce(0) { $0 + $1.width } + 2
                cells += RowBuilder.cells(of: String(repeating: " ", count: gap) + row.detail, .dim)
            }
            builder.putClipped(cells)
        }
    }
}
