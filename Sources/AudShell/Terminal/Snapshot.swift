// The text of the line and the cursor in it, as libedit counts: in characters (Unicode scalars).
//
// Invariant: 0 ≤ cursor ≤ text.count. Lines are separated by LF.

struct Snapshot: Sendable, Equatable {
    var text: [Unicode.Scalar] = []
    var cursor = 0

    init() {}

    init(_ text: [Unicode.Scalar], cursor: Int) {
        self.text = text
        self.cursor = min(max(0, cursor), text.count)
    }

    /// The cursor at the end.
    init(_ text: String) {
        self.text = Array(text.unicodeScalars)
        cursor = self.text.count
    }

    var string: String { Self.string(text[...]) }
    var isAtEnd: Bool { cursor == text.count }

    static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        // Several times as fast as to append to a view of scalars, and made anew at every key.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.count)
        for scalar in scalars {
            if scalar.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else if let encoded = UTF8.encode(scalar) {
                bytes.append(contentsOf: encoded)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The cursor as a UTF-8 offset.
    var offset: Int { text[..<cursor].reduce(0) { $0 + UTF8.width($1) } }

    /// The character at a UTF-8 offset, or the one that contains it.
    func index(ofOffset offset: Int) -> Int {
        var left = offset
        for (index, scalar) in text.enumerated() {
            left -= UTF8.width(scalar)
            if left < 0 { return index }
        }
        return text.count
    }

    // MARK: Lines

    func lineStart(_ index: Int) -> Int {
        (text[..<index].lastIndex(of: "\n") ?? -1) + 1
    }

    func lineEnd(_ index: Int) -> Int {
        text[index...].firstIndex(of: "\n") ?? text.count
    }

    // MARK: Grapheme clusters

    /// Where the cluster before `index` begins.
    func clusterStart(before index: Int) -> Int {
        guard index > 1 else { return 0 }
        if text[index - 1].isASCII { return index - 1 }
        return clusterStarts(in: lineStart(index)..<index).last ?? index - 1
    }

    /// Where the cluster at `index` ends.
    func clusterEnd(after index: Int) -> Int {
        guard index + 1 < text.count else { return text.count }
        if text[index].isASCII, text[index + 1].isASCII { return index + 1 }
        return clusterStarts(in: lineStart(index)..<lineEnd(index)).first { $0 > index }
            ?? max(lineEnd(index), index + 1)
    }

    /// The width in columns of the line's text up to `index`, as if it did not wrap.
    func column(of index: Int) -> Int {
        let line = Self.string(text[lineStart(index)..<index])
        return line.reduce(0) { $0 + Self.width($1) }
    }

    /// The cluster of the line that begins at `start` which stands at `column`, or the line's end.
    func index(atColumn column: Int, ofLineAt start: Int) -> Int {
        var index = start
        var width = 0
        for character in Self.string(text[start..<lineEnd(start)]) {
            width += Self.width(character)
            if width > column { return index }
            index += character.unicodeScalars.count
        }
        return index
    }

    /// The end of the word at or after `index`.
    func wordEnd(after index: Int) -> Int {
        var end = index
        while end < text.count, !Self.isWord(text[end]) { end += 1 }
        while end < text.count, Self.isWord(text[end]) { end += 1 }
        return end
    }

    /// The start of the word at or before `index`.
    func wordStart(before index: Int) -> Int {
        var start = index
        while start > 0, !Self.isWord(text[start - 1]) { start -= 1 }
        while start > 0, Self.isWord(text[start - 1]) { start -= 1 }
        return start
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    private static func width(_ character: Character) -> Int {
        Cell.spelling(of: character).reduce(0) { $0 + $1.width }
    }

    private func clusterStarts(in range: Range<Int>) -> [Int] {
        var starts: [Int] = []
        var index = range.lowerBound
        for character in Self.string(text[range]) {
            starts.append(index)
            index += character.unicodeScalars.count
        }
        return starts
    }
}

/// The column that moves by line keep to, across shorter lines.
struct ColumnGoal {
    let column: Int
    /// The goal holds while text and cursor are what the last move left.
    var left: Snapshot
}
