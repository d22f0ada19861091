// What was typed, as the language reads it. A text is read by the rules of a prompt; one of several lines that those
// refuse (a pasted script with `else` or `and` at the start of a line) by the rules of a file, so that a pasted script does
// what running it does.

package import AudLanguage

package struct StatementSource: Sendable {
    package let text: String
    /// The tokens, which both ways of reading share.
    package let lexer: Lexer

    package init(_ text: String) {
        self.text = text
        lexer = Lexer.lex(SourceFile(name: "", text: text), fileIndex: 0)
    }

    /// What stands behind leading blanks.
    private var body: Substring { text.drop { $0.isWhitespace } }

    /// `:plan` and the like.
    package var isCommand: Bool { body.first == ":" }

    /// Which rules the text is read by, and whether it is a whole statement by them.
    package var reading: (mode: SourceMode, completeness: Completeness) {
        let (mode, result) = parsed()
        return (mode, result.completeness)
    }

    /// Which rules the text is read by, and what they make of it.
    package func parsed() -> (mode: SourceMode, result: ParseResult) {
        let atPrompt = parse(.prompt)
        guard atPrompt.completeness == .invalid, text.utf8.contains(UInt8(ascii: "\n")) else {
            return (.prompt, atPrompt)
        }
        let inFile = parse(.file)
        return inFile.completeness == .invalid ? (.prompt, atPrompt) : (.file, inFile)
    }

    /// What the last statement of the text is; nil when there is none.
    package var lastStatement: Statement.Kind? { parsed().result.statements.last?.kind }

    private func parse(_ mode: SourceMode) -> ParseResult {
        Parser.parse(lexer, of: file(number: 0), fileIndex: 0, mode: mode)
    }

    /// - Parameter number: counts the statements of a session, for messages.
    package func file(number: Int) -> SourceFile {
        SourceFile(name: "prompt:\(number)", text: text)
    }
}
