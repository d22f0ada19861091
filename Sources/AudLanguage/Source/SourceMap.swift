/// The source files of a session, in the order in which they were added: a `Span` names its file by its place here.
public struct SourceMap: Sendable {
    /// The files; a prompt adds one for each statement.
    public private(set) var files: [SourceFile] = []

    /// Makes an empty map.
    public init() {}

    /// Adds a file and returns its place. At most 65,535 files fit; the last place is then used again.
    @discardableResult
    public mutating func add(_ file: SourceFile) -> UInt16 {
        if files.count == Int(UInt16.max) {
            files[files.count - 1] = file
            return UInt16(files.count - 1)
        }
        files.append(file)
        return UInt16(files.count - 1)
    }

    /// The file that a span lies in.
    public subscript(span: Span) -> SourceFile? {
        Int(span.file) < files.count ? files[Int(span.file)] : nil
    }
}
