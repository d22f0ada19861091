/// A source line as a terminal shows it: cells with the bytes they come from.
///
/// Tabs are blanks up to the next stop, controls are written as `\u{…}`, bytes that are not UTF-8 are `�`.
struct LineLayout {
    struct Cell {
        var text: String
        var width: Int
        /// The bytes of the line that it shows.
        var bytes: Range<Int>
        /// The column of its left edge, from 0.
        var column: Int
    }

    static let tabStop = 4

    private(set) var cells: [Cell] = []
    private(set) var width = 0

    init(_ line: ArraySlice<UInt8>) {
        var place = line.startIndex
        while place < line.endIndex {
            if let length = UTF8Sequence.length(in: line, at: place) {
                var end = place + length
                while end < line.endIndex, let more = UTF8Sequence.length(in: line, at: end) { end += more }
                append(String(decoding: line[place..<end], as: UTF8.self), at: place - line.startIndex)
                place = end
            } else {
                append("\u{FFFD}", width: 1, bytes: place - line.startIndex..<place - line.startIndex + 1)
                place += 1
            }
        }
    }

    private mutating func append(_ text: String, at offset: Int) {
        var offset = offset
        for cluster in text {
            let range = offset..<offset + cluster.utf8.count
            offset = range.upperBound
            if cluster == "\t" {
                let count = Self.tabStop - width % Self.tabStop
                append(String(repeating: " ", count: count), width: count, bytes: range)
            } else {
                let shown = TerminalText.escaped(String(cluster))
                let width = shown.utf8.count == range.count ? DisplayWidth.of(cluster) : DisplayWidth.of(shown)
                append(shown, width: width, bytes: range)
            }
        }
    }

    private mutating func append(_ text: String, width: Int, bytes: Range<Int>) {
        cells.append(Cell(text: text, width: width, bytes: bytes, column: self.width))
        self.width += width
    }

    /// The columns of a byte range of the line; at least one column wide, so that there is a place for a caret.
    func columns(of bytes: Range<Int>) -> Range<Int> {
        let start = cells.first { $0.bytes.upperBound > bytes.lowerBound }?.column ?? width
        let last = cells.last { $0.bytes.lowerBound < bytes.upperBound }
        let end = bytes.isEmpty ? start : last.map { $0.column + $0.width } ?? width
        return start..<max(start + 1, end)
    }

    /// The line cut to `limit` columns around the columns to be seen, `…` where something is left out, and where these
    /// columns are in it.
    func cut(to limit: Int, around seen: Range<Int>) -> (text: String, columns: Range<Int>) {
        guard width > limit || seen.upperBound > max(limit, 1) else {
            return (cells.map(\.text).joined(), seen)
        }
        let limit = max(limit, 8)
        var left = 0
        if seen.upperBound > limit - 1 {
            let context = max(2, min(limit / 3, limit - 2 - seen.count))
            left = max(0, min(seen.lowerBound - context, width - limit + 1))
        }
        var text = left > 0 ? "…" : ""
        var used = left > 0 ? 1 : 0
        // A wide cell that the cut runs through is left out, so the shift follows the first cell shown.
        let first = cells.first { $0.column >= left }?.column ?? width
        let shift = first - used
        let isCutRight = width - shift > limit
        for cell in cells where cell.column >= first {
            guard used + cell.width <= (isCutRight ? limit - 1 : limit) else { break }
            text += cell.text
            used += cell.width
        }
        if isCutRight { text += "…" }
        let start = max(0, min(seen.lowerBound - shift, limit - 1))
        let end = max(start + 1, min(seen.upperBound - shift, max(used, start + 1)))
        return (text, start..<end)
    }
}
