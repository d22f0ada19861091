/// The formatter: one layout for every script, `aud fmt`.
///
/// It moves tokens and never rewrites them: literals, names, parentheses and comments keep their spelling and their
/// order, and only the blanks and newlines between them are chosen anew (`;` becomes a newline). So the text means what
/// it meant: it parses to the same tree, and formatting it again changes nothing.
///
/// It runs in three steps. `SourceShape` asks the tree what the tokens do not tell: where statements start, which
/// braces are blocks, which `|` belong together. `AtomList` puts tokens and comments in one row with what stood between
/// them. `Layout` decides where lines break, and writes them.
public enum Formatter {
    /// The most columns of a line that can be broken.
    package static let lineWidth = 100
    /// The columns of one level.
    package static let indentation = 2

    /// Formats a text, in time about proportional to its length.
    ///
    /// A text with syntax errors is refused with their messages: what it means is not known, so nothing may move.
    ///
    /// ```swift
    /// let file = SourceFile(name: "-e", text: "list( 's' )|count")
    /// if case .success(let text) = Formatter.format(file) { print(text) }  // list('s') | count
    /// ```
    public static func format(_ file: SourceFile) -> Result<String, FormatError> {
        let tree = Parser.parse(file, fileIndex: 0, mode: .file)
        guard tree.diagnostics.isEmpty else { return .failure(FormatError(diagnostics: tree.diagnostics)) }
        let shape = SourceShape(tree.statements)
        var layout = Layout(AtomList(file, shape: shape), pipelineCount: shape.pipelineCount, file: file)
        return .success(layout.text())
    }
}

/// Why a text cannot be formatted.
public struct FormatError: Error, Sendable {
    /// The syntax errors of the text, at least one, sorted by place.
    public var diagnostics: [Diagnostic]

    /// Makes an error of the messages that explain it.
    public init(diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }
}
