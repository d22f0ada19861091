// Puts cells into rows of a width; keeps only the rows asked for.

struct RowBuilder {
    private static let tabWidth = 4
    private static let asciiText: [String] = (0..<128).map { String(Unicode.Scalar(UInt8($0))) }

    let columns: Int
    private var kept: Range<Int>
    private(set) var rows: [Row] = []
    /// Where the next cell goes; `column` is `columns` behind a full row.
    private(set) var row = 0
    private(set) var column = 0
    /// Columns since the start of the logical line's text, for tabs: the prompt does not shift them.
    private var textColumn = 0

    init(columns: Int, kept: Range<Int>) {
        self.columns = columns
        self.kept = kept
        if kept.contains(0) { rows.append(Row()) }
    }

    /// Lets `count` rows below the last one be kept too.
    mutating func keep(rows count: Int) {
        kept = kept.lowerBound..<kept.upperBound + count
    }

    mutating func endRow() {
        row += 1
        column = 0
        textColumn = 0
        if kept.contains(row) { rows.append(Row()) }
    }

    /// The place `cluster` will take, or, for nil and a line end, the place of a cursor behind the text so far.
    mutating func place(for cluster: Cluster?) -> Layout.Position {
        var width = 1
        if case .character(let character) = cluster { width = Cell.spelling(of: character).first?.width ?? 1 }
        makeRoom(min(width, columns))
        return Layout.Position(row: row, column: column)
    }

    mutating func put(_ styled: StyledText) {
        var walk = ClusterWalk(styled)
        while let cluster = walk.next() {
            put(cluster == .lineEnd ? .ascii(0x0A) : cluster, walk.style)
        }
        textColumn = 0
    }

    mutating func put(_ cluster: Cluster, _ style: Style) {
        switch cluster {
        case .ascii(let byte) where byte >= 0x20 && byte < 0x7F: put(Self.asciiText[Int(byte)], 1, style, false)
        case .ascii(let byte): put(Cell.spelling(of: Character(Unicode.Scalar(byte))), style)
        case .character(let character): put(Cell.spelling(of: character), style)
        case .tab:
            for _ in 0..<Self.tabWidth - textColumn % Self.tabWidth { put(" ", 1, style, false) }
        case .lineEnd: endRow()
        }
    }

    /// Puts `cells` into the rest of the row; what does not fit is replaced by `…`.
    mutating func putClipped(_ cells: [Cell]) {
        let room = columns - column
        let width = cells.reduce(0) { $0 + $1.width }
        var left = width > room ? room - 1 : room
        for cell in cells {
            guard cell.width <= left else { break }
            left -= cell.width
            put(cell.text, cell.width, cell.style, cell.isDisputed)
        }
        if width > room { put("…", 1, .dim, false) }
    }

    /// The cells, without some in the middle where there are too many: names that begin alike differ at their ends.
    static func shortened(_ cells: [Cell], to room: Int) -> [Cell] {
        guard room > 8, cells.reduce(0, { $0 + $1.width }) > room else { return cells }
        func fitting(_ cells: some Sequence<Cell>, in room: Int) -> [Cell] {
            var left = room
            return cells.prefix { cell in
                left -= cell.width
                return left >= 0
            }
        }
        let end = fitting(cells.reversed(), in: (room - 1) / 2).reversed()
        return fitting(cells, in: room - 1 - (room - 1) / 2) + self.cells(of: "…") + end
    }

    static func cells(of text: String, _ style: Style = .plain) -> [Cell] {
        var builder = RowBuilder(columns: .max, kept: 0..<1)
        builder.put(StyledText(text, style))
        return builder.rows.first?.cells ?? []
    }

    private mutating func put(_ cells: [Cell], _ style: Style) {
        for cell in cells { put(cell.text, cell.width, style, cell.isDisputed) }
    }

    private mutating func put(_ text: String, _ width: Int, _ style: Style, _ isDisputed: Bool) {
        let isTooWide = width > columns
        let width = isTooWide ? columns : width
        makeRoom(width)
        if kept.contains(row), !rows.isEmpty {
            let cell = Cell(
                text: isTooWide ? Cell.unplaceable : text, width: width, style: style,
                isDisputed: isDisputed && !isTooWide)
            rows[rows.count - 1].append(cell)
        }
        column += width
        textColumn += width
    }

    private mutating func makeRoom(_ width: Int) {
        guard column + width > columns else { return }
        let text = textColumn
        endRow()
        textColumn = text
    }
}
