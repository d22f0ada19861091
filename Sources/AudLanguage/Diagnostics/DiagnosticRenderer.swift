/// Diagnostics as text: for people, for editors, and for programs.
///
/// Names of audiences and source lines of others pass through here, so every text is escaped for the terminal, and a
/// message is never more lines than its parts.
public struct DiagnosticRenderer: Sendable {
    /// How diagnostics are written.
    public enum Format: String, Sendable, CaseIterable {
        /// With the source line, carets, help and notes.
        case rich
        /// `file:line:col: error[E0301]: …`, one line each, and one for each note.
        case short
        /// One JSON object a line.
        case json
    }

    /// The files that spans refer to.
    public var sources: SourceMap
    /// How diagnostics are written.
    public var format: Format
    /// The columns of the terminal; long source lines are cut and long texts wrapped to it.
    public var width: Int
    /// Whether to colour; only the rich format has colours.
    public var color: Bool

    /// Makes a renderer.
    public init(sources: SourceMap, format: Format = .rich, width: Int = 80, color: Bool = false) {
        self.sources = sources
        self.format = format
        self.width = width
        self.color = color
    }

    /// Diagnostics in the order given, each ended by a newline; in the rich format with an empty line between them.
    ///
    /// ```swift
    /// let renderer = DiagnosticRenderer(sources: interpreter.sources, format: .short)
    /// print(renderer.render(diagnostics), terminator: "")
    /// ```
    public func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map(render).joined(separator: format == .rich ? "\n" : "")
    }

    /// One diagnostic, ended by a newline.
    public func render(_ diagnostic: Diagnostic) -> String {
        var diagnostic = diagnostic
        diagnostic.message = diagnostic.message.isEmpty ? "it failed without a message" : Self.cut(diagnostic.message)
        diagnostic.help = diagnostic.help.map(Self.cut)
        diagnostic.notes = diagnostic.notes.map(Self.cut)
        return switch format {
        case .rich: rich(diagnostic)
        case .short: short(diagnostic) + "\n"
        case .json: json(diagnostic) + "\n"
        }
    }

    /// A text as far as anybody reads it: what a script fails with may have millions of characters.
    private static func cut(_ text: String) -> String {
        guard text.utf8.count > longest else { return text }
        return String(text.unicodeScalars.prefix(longest / 4)) + "…"
    }

    private static let longest = 8_192

    /// Where a span starts: the file's name, the line from 1, and the column in bytes from 1.
    func place(of span: Span?) -> Place? {
        guard let span, let file = sources[span] else { return nil }
        return Place(file: file, start: position(span.start, in: file), end: position(span.end, in: file))
    }

    struct Place {
        var file: SourceFile
        var start: (line: Int, column: Int)
        var end: (line: Int, column: Int)

        var name: String { TerminalText.escaped(file.name) }
    }

    private func position(_ offset: UInt32, in file: SourceFile) -> (line: Int, column: Int) {
        let offset = min(offset, UInt32(file.bytes.count))
        let line = file.line(at: offset)
        return (line, Int(offset - file.lineStarts[line - 1]) + 1)
    }

    private func short(_ diagnostic: Diagnostic) -> String {
        let head = "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]: "
        let message = head + TerminalText.escaped(diagnostic.message)
        guard let place = place(of: diagnostic.span) else { return message }
        let start = "\(place.name):\(place.start.line):\(place.start.column): "
        let notes = diagnostic.notes.map { "\n\(start)note: \(TerminalText.escaped($0))" }
        return start + message + notes.joined()
    }
}
