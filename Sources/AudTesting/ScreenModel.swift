// What a terminal shows after the bytes written to it: enough of one to judge a line editor by.
//
// Knows CR, LF, BS, BEL, CUU, CUD, CUF, CUB, CHA, CUP, EL, ED, SGR, the modes 25, 2004 and 2026, wrapping at the margin
// and wide characters. Whatever else arrives is listed in `unknown`, so that a test can demand that nothing did.
// Invariant: a cell of width n is followed by n - 1 continuation cells; the cursor is on the screen.

internal import CEditline

package struct ScreenModel: Sendable, CustomStringConvertible {
    /// How the terminal takes several characters that make one picture.
    package enum Clusters: Sendable {
        /// As current terminals: an emoji sequence is two columns.
        case whole
        /// As older ones: every character has the columns of its own.
        case scalars
    }

    package struct Cell: Sendable, Equatable {
        /// Empty for the right part of a wide one.
        package var text: String
        /// The parameters of the last SGR, "" for plain.
        package var style: String

        static let blank = Cell(text: " ", style: "")
    }

    package private(set) var columns: Int
    package private(set) var rows: Int
    package private(set) var row = 0
    package private(set) var column = 0
    /// The last column was written and the cursor still stands on it.
    package private(set) var isAtMargin = false
    package private(set) var cells: [[Cell]]
    /// The lines that left at the top.
    package private(set) var scrollback: [String] = []
    package private(set) var isCursorVisible = true
    package private(set) var bracketsPaste = false
    package private(set) var isSynchronizing = false
    package private(set) var bells = 0
    package private(set) var unknown: [String] = []

    private let clusters: Clusters
    private var style = ""
    private var pending: [UInt8] = []
    /// Where the last character went, while nothing moved the cursor since.
    private var last: (row: Int, column: Int, width: Int)?

    package init(columns: Int, rows: Int, clusters: Clusters = .whole) {
        self.columns = columns
        self.rows = rows
        self.clusters = clusters
        cells = Array(repeating: Array(repeating: .blank, count: columns), count: rows)
    }

    /// The text of a row without the blanks at its end.
    package func line(_ index: Int) -> String {
        var text = cells[index].map(\.text).joined()
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }

    package var lines: [String] { (0..<rows).map(line) }

    /// The rows down to the last that is not blank.
    package var text: String {
        var lines = lines
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// The screen and its cursor, for the message of an expectation that failed.
    package var description: String { "cursor in row \(row), column \(column) of\n\(text)" }

    package func contains(_ text: String) -> Bool {
        lines.contains { $0.contains(text) } || scrollback.contains { $0.contains(text) }
    }

    package mutating func write(_ text: String) {
        write(Array(text.utf8))
    }

    package mutating func write(_ bytes: some Sequence<UInt8>) {
        pending += bytes
        var index = 0
        while let next = step(from: index) { index = next }
        pending.removeFirst(index)
    }

    /// A terminal that does not reflow: rows are cut or padded, and leave at the top while the cursor is too low.
    package mutating func resize(columns newColumns: Int, rows newRows: Int) {
        for index in cells.indices {
            let missing = newColumns - columns
            if missing > 0 { cells[index] += Array(repeating: .blank, count: missing) }
            if missing < 0 { cells[index].removeLast(-missing) }
        }
        columns = newColumns
        while row >= newRows { scroll() }
        while cells.count > newRows { cells.removeLast() }
        while cells.count < newRows { cells.append(Array(repeating: .blank, count: columns)) }
        rows = newRows
        column = min(column, columns - 1)
        isAtMargin = false
        last = nil
    }

    // MARK: Decoding

    /// Handles what begins at `index` and returns where the next thing begins; nil while it is not complete.
    private mutating func step(from index: Int) -> Int? {
        guard index < pending.count else { return nil }
        let byte = pending[index]
        if byte == 0x1B { return escape(from: index) }
        if byte < 0x20 || byte == 0x7F {
            control(byte)
            return index + 1
        }
        let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        guard index + length <= pending.count else { return nil }
        for scalar in String(decoding: pending[index..<index + length], as: UTF8.self).unicodeScalars { put(scalar) }
        return index + length
    }

    private mutating func escape(from index: Int) -> Int? {
        guard index + 1 < pending.count else { return nil }
        guard pending[index + 1] == UInt8(ascii: "[") else {
            unknown.append("ESC " + String(Unicode.Scalar(pending[index + 1])))
            return index + 2
        }
        guard let end = pending[(index + 2)...].firstIndex(where: { (0x40...0x7E).contains($0) }) else { return nil }
        let parameters = String(decoding: pending[(index + 2)..<end], as: UTF8.self)
        sequence(parameters, Character(Unicode.Scalar(pending[end])))
        return end + 1
    }

    private mutating func control(_ byte: UInt8) {
        switch byte {
        case 0x07: bells += 1
        case 0x08: move(row, column - 1)
        case 0x0A:
            let wasColumn = column
            lineFeed()
            move(row, wasColumn)
        case 0x0D: move(row, 0)
        default: unknown.append("control \(byte)")
        }
    }

    private mutating func sequence(_ parameters: String, _ final: Character) {
        if final == "m" {
            style = parameters == "0" || parameters.isEmpty ? "" : parameters
            return
        }
        if parameters.hasPrefix("?"), final == "h" || final == "l" {
            setMode(parameters.dropFirst(), final == "h")
            return
        }
        let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let first = numbers.first ?? 0
        switch final {
        case "A": move(row - max(1, first), column)
        case "B": move(row + max(1, first), column)
        case "C": move(row, column + max(1, first))
        case "D": move(row, column - max(1, first))
        case "G": move(row, max(1, first) - 1)
        case "H": move(max(1, first) - 1, numbers.count > 1 ? max(1, numbers[1]) - 1 : 0)
        case "K" where first == 0: clear(row, from: column)
        case "J" where first == 0:
            clear(row, from: column)
            for below in row + 1..<max(rows, row + 1) { clear(below, from: 0) }
        case "J" where first == 2: for index in 0..<rows { clear(index, from: 0) }
        default: unknown.append("CSI \(parameters)\(final)")
        }
    }

    private mutating func setMode(_ mode: Substring, _ on: Bool) {
        switch mode {
        case "25": isCursorVisible = on
        case "2004": bracketsPaste = on
        case "2026": isSynchronizing = on
        default: unknown.append("mode \(mode)")
        }
    }

    // MARK: The screen

    private mutating func move(_ newRow: Int, _ newColumn: Int) {
        row = min(max(0, newRow), rows - 1)
        column = min(max(0, newColumn), columns - 1)
        isAtMargin = false
        last = nil
    }

    private mutating func lineFeed() {
        if row == rows - 1 { scroll() }
        row += 1
    }

    private mutating func scroll() {
        scrollback.append(line(0))
        cells.removeFirst()
        cells.append(Array(repeating: .blank, count: columns))
        row -= 1
        if let place = last { last = (place.row - 1, place.column, place.width) }
    }

    private mutating func clear(_ index: Int, from start: Int) {
        for column in start..<max(columns, start) { blank(index, column) }
    }

    /// Half of a wide cell cannot stand alone.
    private mutating func blank(_ row: Int, _ column: Int) {
        var start = column
        while start > 0, cells[row][start].text.isEmpty { start -= 1 }
        var end = column + 1
        while end < columns, cells[row][end].text.isEmpty { end += 1 }
        for index in start..<end { cells[row][index] = .blank }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        let width = max(0, Int(ced_width(scalar.value)))
        if let place = last, join(scalar, width, to: place) { return }
        if width == 0 { return }
        if isAtMargin || column + width > columns {
            lineFeed()
            column = 0
            isAtMargin = false
        }
        occupy(row, column, min(width, columns), String(Character(scalar)))
    }

    private mutating func occupy(_ row: Int, _ start: Int, _ width: Int, _ text: String) {
        for index in start..<min(start + width, columns) { blank(row, index) }
        cells[row][start] = Cell(text: text, style: style)
        for index in start + 1..<max(start + 1, min(start + width, columns)) {
            cells[row][index] = Cell(text: "", style: style)
        }
        last = (row, start, width)
        isAtMargin = start + width >= columns
        column = min(start + width, columns - 1)
    }

    private mutating func join(
        _ scalar: Unicode.Scalar, _ width: Int, to place: (row: Int, column: Int, width: Int)
    ) -> Bool {
        let text = cells[place.row][place.column].text + String(Character(scalar))
        switch clusters {
        case .scalars: if width > 0 { return false }
        case .whole: if text.count > 1 { return false }
        }
        let total = clusters == .whole && Self.isPicture(text) ? 2 : place.width + width
        occupy(place.row, place.column, total, text)
        return true
    }

    private static func isPicture(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard let base = scalars.first, base.properties.isEmoji, scalars.count > 1 else { return false }
        if (0x1F1E6...0x1F1FF).contains(base.value) || base.properties.isEmojiPresentation { return true }
        if scalars.contains("\u{FE0F}") { return true }
        return !base.isASCII && scalars.contains { $0 == "\u{200D}" || (0x1F3FB...0x1F3FF).contains($0.value) }
    }
}
