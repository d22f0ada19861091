// `:history`: what was typed, as a table of values, so that `:format` holds for it too.

internal import AudLanguage
internal import AudRuntime

extension Shell {
    private static let shownStatements = 20
    private static let shownMatches = 100

    /// Shows the last statements, so many as a number says, or the last that contain a text.
    func showHistory(_ argument: String) {
        let number = Int(argument).map { max(0, $0) }
        let entries = history.past(containing: number == nil ? argument : "")
        let most = number ?? (argument.isEmpty ? Self.shownStatements : Self.shownMatches)
        let shown = entries.suffix(most)
        guard !shown.isEmpty else {
            let what = number == nil && !argument.isEmpty ? " with `\(TerminalText.escaped(argument))`" : ""
            return output.say(fitted: "There is no statement\(what) in the history.")
        }
        let isTable = output.format == .table
        let rows = shown.map { $0.value(isOneLine: isTable) }
        output.show(.list(ListValue(rows)), as: nil, statement: true)
        // Of a number that was asked for, the rest is no news.
        guard number == nil, shown.count < entries.count else { return }
        output.say(fitted: "\(shown.count) of \(counted(entries.count, "statement")); `:history N` shows more")
    }
}

extension HistoryEntry {
    /// The entry as a record: a row of `:history`. On one line the ends of the statement's lines are visible, and not
    /// escapes that nobody typed; as data it is the statement.
    fileprivate func value(isOneLine: Bool) -> Value {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return .record(
            RecordValue(
                [
                    ("when", .date(time)), ("mode", .string(mode)),
                    ("took", duration.map { .duration(Int64($0 / .milliseconds(1)) * 1_000) } ?? .null),
                    ("outcome", outcome.map { .string($0) } ?? .null),
                    ("statement", .string(isOneLine ? lines.joined(separator: "⏎") : text)),
                ]
            )
        )
    }
}
