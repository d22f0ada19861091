// One row of the screen: cells from the left edge.

package struct Row: Sendable, Equatable {
    package private(set) var cells: [Cell] = []
    /// The sum of the widths of `cells`, never more than the screen's columns.
    package private(set) var width = 0

    package init() {}

    mutating func append(_ cell: Cell) {
        cells.append(cell)
        width += cell.width
    }

    /// In which row, from 0, the cell that begins at a column stands on a screen of `columns` that has broken this row. A
    /// wide cell is never torn: where one does not fit, a column stays empty. Behind the last cell one of width 1 follows.
    func place(ofColumn target: Int, at columns: Int) -> Int {
        var (place, used, column) = (0, 0, 0)
        for next in cells.map(\.width) + [1] {
            if used > 0, used + next > columns { (place, used) = (place + 1, 0) }
            if column == target { break }
            used += next
            column += next
        }
        return place
    }

    /// How many rows this one takes on a screen of `columns`.
    func rows(at columns: Int) -> Int {
        place(ofColumn: width - (cells.last?.width ?? 0), at: columns) + 1
    }

    /// Without the escapes of style, for tests and messages.
    package var text: String { cells.map(\.text).joined() }
}
