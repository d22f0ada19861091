// What the editor asks of the shell. The editor knows keys and text; what the text means is the host's business.
//
// Invariant: every offset that crosses this line counts UTF-8 bytes from the start of the text given.

/// The shell's side of the editor. Called on the terminal thread before each drawing, so an answer has to be quick:
/// no input or output, no waiting.
package protocol EditorHost: Sendable {
    /// What Enter does with the text. Also asked when text of several lines is drawn, for its continuation prompt.
    func status(of text: String) -> StatementStatus
    /// What could stand before the cursor. Asked when Tab is pressed; may read a folder or the state file, and sends
    /// nothing.
    func complete(_ text: String, at cursor: Int) -> Completion
    /// Runs in ascending order that do not overlap; what no run covers is plain. `cursor` is nil for a text that nobody
    /// edits: one that was accepted, or that a search shows.
    func style(_ text: String, cursor: Int?) -> [StyledRun]
    /// What could follow, beside what the history knows. Asked only while the cursor is at the end.
    func hint(for text: String) -> Hint?
    /// A statement has been accepted. Comes before `read` answers, so that an interrupt after it finds a statement.
    func statementBegins()
}

extension EditorHost {
    package func complete(_ text: String, at cursor: Int) -> Completion { .none }
    package func style(_ text: String, cursor: Int?) -> [StyledRun] { [] }
    package func hint(for text: String) -> Hint? { nil }
    package func statementBegins() {}
}

/// How far a text is from being a statement.
package enum StatementStatus: Sendable, Equatable {
    /// Enter accepts it.
    case complete
    /// Enter adds a line that begins with `indent` blanks. `open` names what is still open, for the continuation prompt.
    case incomplete(indent: Int, open: String)
    /// No continuation can mend it. Enter accepts it, so that its diagnostic is shown.
    case hopeless
}

/// A dim text after the end of the statement.
package struct Hint: Sendable, Equatable {
    package var text: String
    /// Whether the right arrow takes it into the statement; otherwise it is only a note, such as a signature.
    package var isText: Bool
    /// The part that stands out, in UTF-8 offsets of `text`: the parameter that is typed.
    package var mark: Range<Int>?

    package init(_ text: String, isText: Bool = true) {
        self.text = text
        self.isText = isText
    }
}
