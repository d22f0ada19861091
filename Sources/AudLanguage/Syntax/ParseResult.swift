/// What the parser made of a text. The statements that could be read are there even when others had errors.
package struct ParseResult: Sendable {
    package var statements: [Statement]
    package var diagnostics: [Diagnostic]
    package var completeness: Completeness
    /// The `##` comment at the head of the file, for `--help`.
    package var help: String?

    /// What is missing from the statements.
    package var lost: LostText

    package init(
        statements: [Statement], diagnostics: [Diagnostic], completeness: Completeness, help: String? = nil,
        lost: LostText = LostText()
    ) {
        self.statements = statements
        self.diagnostics = diagnostics
        self.completeness = completeness
        self.help = help
        self.lost = lost
    }

    /// What is said of a saved plan.
    static func plan(_ file: SourceFile, fileIndex: UInt16) -> ParseResult {
        let mark = Span(file: fileIndex, start: 0, end: UInt32(file.lineBytes(1).count))
        let refusal = Diagnostic(
            .planIsNoScript, "this is a saved plan, not a script", at: mark,
            help: "`aud apply FILE` shows a plan and, after a question, sends exactly its calls")
        return ParseResult(statements: [], diagnostics: [refusal], completeness: .invalid)
    }
}

/// Whether a prompt should ask for another line.
package enum Completeness: Sendable, Equatable {
    case complete
    /// The first error is at the end of the text (or in an open `"""`). `open` has what is still open, outermost first,
    /// as the text that opened it: `(`, `[`, `{`, `"""`, `|`, `=` …
    case incomplete(open: [String])
    case invalid
}

/// How a text is read: the two modes differ in what continues a statement onto the next line.
public enum SourceMode: Sendable {
    /// A script, standard input, `-e` or a paste.
    case file
    /// A statement typed at a prompt: only a leading `|` goes on.
    case prompt
}
