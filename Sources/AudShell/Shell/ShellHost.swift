// The shell's side of the editor: whether a statement is complete, and what Tab offers. Called on the terminal's thread,
// so everything here is in memory, but for files and runs where Tab asks for them.

internal import AudLanguage
internal import Synchronization

package struct ShellHost: EditorHost {
    private let completer: @Sendable () -> Completer
    private let running: RunningStatement

    /// - Parameters:
    ///   - running: the statement of the shell that this is the host for.
    ///   - context: what completion knows now.
    package init(
        running: RunningStatement = RunningStatement(), context: @escaping @Sendable () -> CompletionContext
    ) {
        self.running = running
        completer = { Completer(context()) }
    }

    package func statementBegins() {
        running.open()
    }

    package func status(of text: String) -> StatementStatus {
        let source = StatementSource(text)
        if source.isCommand { return .complete }
        switch source.reading.completeness {
        case .complete: return .complete
        case .invalid: return .hopeless
        case .incomplete(let open): return .incomplete(indent: Self.indent(open), open: open.last ?? "")
        }
    }

    package func complete(_ text: String, at cursor: Int) -> Completion {
        completer().complete(text, at: cursor)
    }

    /// Two blanks for each open bracket, and for a statement that goes on otherwise.
    private static func indent(_ open: [String]) -> Int {
        if open.last == "\"\"\"" { return 0 }
        let brackets = open.count { ["(", "[", "{"].contains($0) }
        return 2 * max(1, min(brackets, 10))
    }
}
