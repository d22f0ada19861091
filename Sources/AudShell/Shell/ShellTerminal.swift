// What the shell needs of a terminal. `TerminalThread` is one; tests have another.

package protocol ShellTerminal: Sendable {
    /// Whether somebody can answer.
    var hasPerson: Bool { get }
    /// Whether lines are edited, which a terminal that cannot move a cursor leaves to the person's patience.
    var isInteractive: Bool { get }
    /// Signals that came while no read was waiting.
    var signals: AsyncStream<TerminalSignal> { get }
    /// Reads a statement, maybe of several lines.
    func read(_ prompt: Prompt) async -> Outcome
    /// Reads one line that is no statement.
    func ask(_ question: Prompt) async -> Outcome
    /// Adds a statement to the history that the editor walks.
    func remember(_ statement: String)
    /// Writes whole lines to standard error: above the prompt while a line is edited. The text is safe to show.
    func print(_ text: String)
    /// The rows of the screen now.
    var rows: Int { get }
    /// Ends a pending read and gives the terminal back.
    func quit() async
}

extension TerminalThread: ShellTerminal {
    package var rows: Int { size.rows }
}
