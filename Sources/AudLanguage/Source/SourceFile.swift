/// One text to be compiled: a script, a module, or a statement typed at a prompt.
///
/// The text is kept as bytes: a lexer over `[UInt8]` is some seventy times faster than one over `Character`.
public struct SourceFile: Sendable {
    /// What messages call it: a path, `<stdin>`, `-e` or `prompt:3`.
    public let name: String
    /// The text as it was read, without a byte-order mark.
    public let bytes: [UInt8]
    /// The byte offset at which each line starts; the first is 0.
    package let lineStarts: [UInt32]

    /// Makes a file of UTF-8 bytes. The lexer reports bytes that are not UTF-8.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        self.bytes = body
        var starts: [UInt32] = [0]
        for (offset, byte) in body.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(UInt32(offset + 1))
        }
        lineStarts = starts
    }

    /// Makes a file of a string.
    public init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// How a saved plan begins, whatever its version is.
    package static let planMark = "# aud plan "

    /// Whether this is a saved plan, which looks like a script and is none.
    package var isPlan: Bool { bytes.starts(with: Self.planMark.utf8) }

    /// The line of a byte offset, counted from 1. O(log lines).
    package func line(at offset: UInt32) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The bytes of a line counted from 1, without its line end.
    package func lineBytes(_ line: Int) -> ArraySlice<UInt8> {
        let start = Int(lineStarts[line - 1])
        var end = line < lineStarts.count ? Int(lineStarts[line]) - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return bytes[start..<end]
    }

    /// The text of a span, bad bytes replaced.
    package func text(_ span: Span) -> String {
        String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
    }
}
