// What stands before the first line of a statement and before each line after it.

package struct Prompt: Sendable {
    package var primary: StyledText
    /// Given what is open (`StatementStatus.incomplete`), or "" when nothing is. A constant width keeps the text still.
    package var continuation: @Sendable (_ open: String) -> StyledText
    /// What stands in the line when the editing begins, with the cursor behind it.
    package var draft = ""

    package init(_ primary: StyledText, continuation: StyledText = "… ") {
        self.primary = primary
        self.continuation = { _ in continuation }
    }

    package init(_ primary: StyledText, continuation: @escaping @Sendable (_ open: String) -> StyledText) {
        self.primary = primary
        self.continuation = continuation
    }
}
