/// A half-open byte range of one source file.
///
/// Spans are byte offsets and not line numbers, so that they cost eight bytes and the text is looked at only when a
/// diagnostic is shown.
public struct Span: Sendable, Hashable {
    /// The file's place in the `SourceMap`.
    public var file: UInt16
    /// The first byte.
    public var start: UInt32
    /// The byte after the last.
    public var end: UInt32

    /// Makes a span of the bytes from `start` up to `end`.
    public init(file: UInt16, start: UInt32, end: UInt32) {
        self.file = file
        self.start = start
        self.end = end
    }

    /// The smallest span that holds both; both lie in one file.
    package func joined(with other: Span) -> Span {
        Span(file: file, start: min(start, other.start), end: max(end, other.end))
    }
}
