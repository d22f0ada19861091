/// What could not be read of a text: the statements that the parser left out, and the lines of all syntax errors. What a
/// name in there means elsewhere is not certain, so later passes say nothing that depends on it.
package struct LostText: Sendable {
    /// Every word in there, also of strings and comments, which may be open or closed by mistake.
    package private(set) var names: Set<String> = []
    /// Whether a brace stands in there, or a word behind which one was meant: where blocks begin and end elsewhere is not
    /// certain either then.
    package var mayHaveBlocks: Bool { hasBraces || !names.isDisjoint(with: Self.openers) }
    private var hasBraces = false
    private static let openers: Set<String> = ["for", "while", "if", "else", "try", "catch", "fn", "each"]
    private var ranges: [Range<UInt32>] = []

    package init() {}

    init(_ ranges: [Range<UInt32>], in file: SourceFile) {
        for range in ranges {
            let first = file.lineStarts[file.line(at: range.lowerBound) - 1]
            let last = file.line(at: range.isEmpty ? range.lowerBound : range.upperBound - 1)
            let end = last < file.lineStarts.count ? file.lineStarts[last] : UInt32(file.bytes.count)
            self.ranges.append(first..<end)
            hasBraces = hasBraces || file.bytes[Int(first)..<Int(end)].contains { $0 == 0x7B || $0 == 0x7D }
            names.formUnion(file.words(in: Int(first)..<Int(end)))
        }
    }

    /// Whether a part of the text lies in there. O(syntax errors), of which there are few.
    package func touches(_ span: Span) -> Bool {
        ranges.contains { $0.lowerBound <= span.end && span.start < $0.upperBound }
    }
}
