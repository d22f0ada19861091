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

    /// Without the escapes of style, for tests and messages.
    package var text: String { cells.map(\.text).joined() }
}
