// Where the editor's events come from and what it asks of the terminal around it.
//
// The terminal's loop is one; a test's list of keys is another: the editor itself needs no terminal.

package protocol EditorInput: AnyObject {
    /// Whether an event is there now. While one is, nothing is drawn.
    func isReady() -> Bool
    /// Shows the editor's frame; `bell` when the last key could do nothing.
    func draw(_ editor: LineEditor, bell: Bool)
    /// The next event, waiting for it; nil when none will come any more.
    func next(for editor: LineEditor) -> KeyEvent?
    /// `^L`
    func clearScreen()
    /// `^Z`
    func suspend()
}
