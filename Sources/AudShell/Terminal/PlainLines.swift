// Bytes to lines, where nothing is edited. Pure. Bad UTF-8 is U+FFFD; CR LF ends a line as LF does.

struct PlainLines {
    private var bytes: [UInt8] = []
    private var start = 0

    mutating func take(_ more: [UInt8]) {
        bytes.removeFirst(start)
        start = 0
        bytes += more
    }

    /// The next whole line, without its end.
    mutating func next() -> String? {
        guard let end = bytes[start...].firstIndex(of: 0x0A) else { return nil }
        defer { start = end + 1 }
        return Self.text(bytes[start..<end])
    }

    /// The unended line at the end of the input.
    mutating func rest() -> String? {
        guard start < bytes.count else { return nil }
        defer { start = bytes.count }
        return Self.text(bytes[start...])
    }

    private static func text(_ line: ArraySlice<UInt8>) -> String {
        String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }
}
