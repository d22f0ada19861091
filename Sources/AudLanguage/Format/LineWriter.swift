/// The text that a layout writes, with the lines that are too long.
struct LineWriter {
    private(set) var bytes: [UInt8] = []
    /// The level of the current line.
    private(set) var level = 0
    /// The atoms of lines with too many columns, comments at their ends not counted.
    private(set) var longLines: [Range<Int>] = []
    private var firstAtom = 0
    private var lastAtom = 0
    private var column = 0
    private var isLong = false

    mutating func add(blanks: Int) {
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: blanks))
        column += blanks
    }

    /// Adds a token or comment; the bytes of a string may hold newlines.
    mutating func add(_ text: some Sequence<UInt8>, atom: Int, isComment: Bool) {
        lastAtom = atom
        for byte in text {
            if byte == UInt8(ascii: "\n") {
                noteLine()
                column = 0
                firstAtom = atom + 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
                if column > Formatter.lineWidth, !isComment { isLong = true }
            }
            bytes.append(byte)
        }
    }

    mutating func startLine(level: Int, newlines: Int, atom: Int) {
        noteLine()
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: newlines))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * Formatter.indentation))
        self.level = level
        column = level * Formatter.indentation
        firstAtom = atom
    }

    /// Ends the last line.
    mutating func finish() {
        noteLine()
        if !bytes.isEmpty { bytes.append(UInt8(ascii: "\n")) }
    }

    private mutating func noteLine() {
        if isLong, firstAtom <= lastAtom { longLines.append(firstAtom..<lastAtom + 1) }
        isLong = false
    }
}
