// The closing report of a run: a partition that adds up, and the items that did not go as asked. It says nothing about
// a run that asked for no change.

internal import AudLanguage
package import AudRuntime

package struct RunReportView: Sendable {
    package var report: RunReport
    /// What commands have to say, to find the state file, with a blank in front; nothing when it is the usual one.
    private let stateOption: String

    package init(_ report: RunReport, stateOption: String = "") {
        self.report = report
        self.stateOption = stateOption
    }

    /// Writes the report; the error of the run is a diagnostic and not shown here.
    ///
    /// - Parameter rows: at most so many items are shown; nil shows all.
    package func write(width: Int?, rows: Int? = nil, theme: Theme = .plain, to emit: (String) -> Void) {
        for reason in report.incomplete {
            emit(theme.warning("! incomplete: \(TerminalText.escaped(reason))"))
        }
        guard !report.outcomes.isEmpty else { return }
        for note in report.notes { emit(TerminalText.escaped(note)) }
        emit("\(counted(report.outcomes.count, "change")): \(partition(theme))")
        let troubles = report.outcomes.filter(Self.isTrouble)
        guard !troubles.isEmpty else { return }
        var table = TextTable(columns: [
            .init("verb", isFlexible: false), .init("outcome", isFlexible: false), .init("item"), .init("why"),
        ])
        table.rows = troubles.map { outcome in
            [
                TableCell(outcome.verb.rawValue), TableCell(outcome.status.words, outcome.status.look),
                TableCell(CellText.of(outcome.item)),
                TableCell(outcome.error.map { TerminalText.escaped($0.message) } ?? ""),
            ]
        }
        // A run that changes something is in the journal, where there is one.
        let whole = report.run.map { "; `aud runs show \($0)\(stateOption)` has all" } ?? ""
        table.write(
            width: width, rows: rows, remark: { "… \(counted($0, "more item"))\(whole)" }, theme: theme, to: emit)
    }

    /// `28 done, 2 already so, 1 failed`: all parts that are not empty.
    package func partition(_ theme: Theme = .plain) -> String { Self.partition(of: report.counts, theme) }

    static func partition(of counts: [AudLanguage.Outcome.Status: Int], _ theme: Theme = .plain) -> String {
        AudLanguage.Outcome.Status.allCases.compactMap { status in
            guard let count = counts[status], count > 0 else { return nil }
            return theme.paint("\(count) \(status.words)", status.look)
        }.joined(separator: ", ")
    }

    /// What a person has to look at. Items that were never tried are counted and not listed.
    private static func isTrouble(_ outcome: AudLanguage.Outcome) -> Bool {
        switch outcome.status {
        case .failed, .unknown, .drifted: true
        case .gone: outcome.error != nil
        case .planned, .done, .skipped, .notAttempted: false
        }
    }
}

extension AudLanguage.Outcome.Status {
    /// The status as a report says it.
    package var words: String {
        switch self {
        case .planned: "recorded"
        case .done: "done"
        case .skipped: "skipped (already so)"
        case .gone: "gone"
        case .drifted: "drifted"
        case .failed: "failed"
        case .unknown: "unknown"
        case .notAttempted: "not attempted"
        }
    }

    package var look: TableCell.Look {
        switch self {
        case .planned, .skipped, .gone: .plain
        case .done: .good
        case .drifted, .unknown, .notAttempted: .warning
        case .failed: .danger
        }
    }
}
