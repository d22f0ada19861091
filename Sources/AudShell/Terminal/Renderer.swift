// Rows to the bytes that bring the screen there, in one write. Owns the screen from the prompt's row down.
//
// All moves are relative to the cursor and explicit; a new row is made by CR LF at the last one, and the terminal's
// automatic wrap is never relied on. Only the changed tail of a row is written.
// Invariant: `shown` and `position` are what the terminal shows. `position.column` is the screen's width after a full
// row was written (terminals then wait at the margin); every move from there names its column.

package struct Renderer: Sendable {
    private static let begin = "\u{1B}[?2026h\u{1B}[?25l"
    private static let end = "\u{1B}[?25h\u{1B}[?2026l"

    private let colored: Bool
    /// Whether the terminal breaks written rows anew when it gets narrower.
    private let reflows: Bool
    private var size: TerminalSize
    private var shown: [Row] = []
    private var position = Layout.Position(row: 0, column: 0)
    private var top = 0

    package init(size: TerminalSize, colored: Bool = true, reflows: Bool = true) {
        self.size = size
        self.colored = colored
        self.reflows = reflows
    }

    /// Brings the screen to `frame`; empty when it is there already.
    package mutating func draw(_ frame: Frame) -> String {
        let layout = Layout(frame, in: size, top: top)
        top = layout.top
        var output = ""
        show(layout.rows, into: &output)
        if let cursor = layout.cursor { move(to: cursor, into: &output) }
        return Self.framed(output)
    }

    /// Leaves `frame` on the screen, whole, even where it is taller than the screen; the cursor goes to a new row.
    package mutating func leave(_ frame: Frame) -> String {
        let rows = Layout(whole: frame.left, columns: size.columns).rows
        var output = ""
        if rows.count > size.rows { erase(into: &output) }
        show(rows, into: &output)
        move(to: Layout.Position(row: rows.count - 1, column: 0), into: &output)
        output += "\r\n"
        forget()
        return Self.framed(output)
    }

    /// Puts `message` above `frame`.
    package mutating func draw(_ frame: Frame, below message: String) -> String {
        var output = ""
        erase(into: &output)
        output += message
        if !message.hasSuffix("\n") { output += "\n" }
        let layout = Layout(frame, in: size)
        top = layout.top
        show(layout.rows, into: &output)
        if let cursor = layout.cursor { move(to: cursor, into: &output) }
        return Self.framed(output)
    }

    /// Takes the frame away; the cursor is where the prompt began.
    package mutating func erase() -> String {
        var output = ""
        erase(into: &output)
        return output.isEmpty ? "" : Self.framed(output)
    }

    /// Clears the screen: the next frame is drawn at its top.
    package mutating func clear() -> String {
        forget()
        return "\u{1B}[H\u{1B}[2J"
    }

    /// Takes the frame away from a terminal whose size has changed. One that reflows has broken our rows too.
    package mutating func resize(to newSize: TerminalSize) -> String {
        var output = ""
        if !shown.isEmpty {
            var up = position.row
            if reflows {
                up = shown[position.row].place(ofColumn: position.column, at: newSize.columns)
                for row in shown[..<position.row] { up += row.rows(at: newSize.columns) }
            }
            if up > 0 { output += "\u{1B}[\(up)A" }
            output += "\r\u{1B}[J"
        }
        size = newSize
        forget()
        return output
    }

    /// Something else was written: the next frame begins where the cursor is.
    package mutating func forget() {
        shown = []
        position = Layout.Position(row: 0, column: 0)
        top = 0
    }

    private static func framed(_ output: String) -> String {
        output.isEmpty ? "" : begin + output + end
    }

    private mutating func erase(into output: inout String) {
        guard !shown.isEmpty else { return }
        move(to: Layout.Position(row: 0, column: 0), into: &output)
        output += "\u{1B}[J"
        forget()
    }

    private mutating func show(_ rows: [Row], into output: inout String) {
        if shown.isEmpty {
            // Type-ahead that the terminal echoed may stand here.
            output += "\r\u{1B}[J"
            shown = [Row()]
        }
        for (index, row) in rows.enumerated() {
            if index >= shown.count {
                move(to: Layout.Position(row: index - 1, column: position.column), into: &output)
                output += "\r\n"
                position = Layout.Position(row: index, column: 0)
                shown.append(Row())
            }
            if shown[index] != row { change(index, to: row, into: &output) }
        }
        if shown.count > rows.count {
            move(to: Layout.Position(row: rows.count, column: 0), into: &output)
            output += "\u{1B}[J"
            shown.removeLast(shown.count - rows.count)
        }
    }

    private mutating func change(_ index: Int, to row: Row, into output: inout String) {
        let old = shown[index]
        var same = 0
        var column = 0
        while same < old.cells.count, same < row.cells.count, old.cells[same] == row.cells[same] {
            column += row.cells[same].width
            same += 1
        }
        // A picture that the terminal drew wider than we count may stick out behind the end of the old row.
        var isUncertain = old.cells[same...].contains(where: \.isDisputed)
        move(to: Layout.Position(row: index, column: column), into: &output)
        var style = Style.plain
        for cell in row.cells[same...] {
            if cell.style != style {
                style = cell.style
                output += style == .plain ? "\u{1B}[0m" : style.selectGraphicRendition(colored: colored)
            }
            output += cell.text
            column += cell.width
            if cell.isDisputed {
                isUncertain = true
                if column < size.columns { output += "\u{1B}[\(column + 1)G" }
            }
        }
        if style != .plain { output += "\u{1B}[0m" }
        // Never behind a full row: the terminal still waits on its last cell and would erase that.
        if column < size.columns, row.width < old.width || isUncertain { output += "\u{1B}[K" }
        position = Layout.Position(row: index, column: column)
        shown[index] = row
    }

    private mutating func move(to target: Layout.Position, into output: inout String) {
        if target.row < position.row { output += Self.code(position.row - target.row, "A") }
        if target.row > position.row { output += Self.code(target.row - position.row, "B") }
        if target.column != position.column {
            output += target.column == 0 ? "\r" : "\u{1B}[\(target.column + 1)G"
        }
        position = target
    }

    private static func code(_ count: Int, _ letter: Character) -> String {
        count == 1 ? "\u{1B}[\(letter)" : "\u{1B}[\(count)\(letter)"
    }
}
