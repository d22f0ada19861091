// What is said of an undo before its calls are: how many audiences can be taken back how well, and which cannot and why.
// The calls themselves are the plan's to show.

internal import AudLanguage
package import AudRuntime

package struct UndoView: Sendable {
    package var undo: Undo

    package init(_ undo: Undo) {
        self.undo = undo
    }

    /// `undo of run 3: 2 exact, 1 lossy, 4 impossible`: all parts that are not empty.
    package var summary: String {
        guard !undo.items.isEmpty else {
            return "run \(undo.run) left every audience as it was, so there is nothing to undo"
        }
        let parts = Undo.Quality.allCases.filter { undo.count($0) > 0 }.map { "\(undo.count($0)) \($0.rawValue)" }
        return "undo of run \(undo.run): " + parts.joined(separator: ", ")
    }

    /// Writes all of it: each reason once, and the audiences that cannot be taken back for it.
    ///
    /// - Parameter rows: at most so many audiences are shown for a reason; nil shows all.
    package func write(width: Int?, rows: Int? = nil, theme: Theme = .plain, to emit: (String) -> Void) {
        emit(summary)
        if undo.count(.lossy) > 0 { emit("lossy: \(Undo.lossyReason)") }
        let lost = undo.items.filter { $0.quality == .impossible }
        var reasons: [String] = []
        for reason in lost.compactMap(\.reason) where !reasons.contains(reason) { reasons.append(reason) }
        for reason in reasons {
            emit(theme.warning("impossible: \(TerminalText.escaped(reason))"))
            table(of: lost.filter { $0.reason == reason }).write(
                width: width, rows: rows, remark: { "… \(counted($0, "more audience")); the format json has all" },
                theme: theme, to: emit)
        }
    }

    private func table(of items: [Undo.Item]) -> TextTable {
        TextTable(
            columns: [.init("name"), .init("id", isFlexible: false), .init("space")],
            rows: items.map { item in
                [item.name ?? item.id, item.id, item.space.name].map { TableCell(TerminalText.escaped($0)) }
            })
    }
}
