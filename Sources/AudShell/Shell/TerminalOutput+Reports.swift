// Plans and reports on their way out. Both go to standard error, as all that is no value; a plan asked for as data is a
// value and goes to standard output.

package import AudLanguage
package import AudRuntime

extension TerminalOutput {
    /// The preview of a plan. As data it is a value, unless it is about to be sent: then the values are the outcomes.
    ///
    /// - Parameters:
    ///   - undo: what the plan takes back; nil when it takes back no run.
    ///   - command: what sends the plan; nil when it is about to be sent.
    ///   - rows: at most so many calls are shown on a terminal; nil shows all.
    ///   - whole: what to do to see the others.
    package func preview(
        _ plan: Plan, bill: Bill?, caps: Caps, allowIncomplete: Bool = false, undo: Undo? = nil, command: String?,
        rows: Int? = nil, whole: String = PlanView.whole
    ) {
        let view = PlanView(plan, bill: bill, caps: caps, allowIncomplete: allowIncomplete, undo: undo)
        switch format {
        case .json where command != nil, .ndjson where command != nil: show(view.value, as: nil, statement: false)
        case .json, .ndjson, .table, .csv, .ids:
            // Rows of a plan among rows of values would be taken for values.
            write(rows: rows) {
                view.write(width: $0, rows: $1, whole: whole, command: command, theme: looks.errorTheme, to: $2)
            }
        }
    }

    /// The calls of a plan that was asked for as CSV: a row for each. The preview says the rest, which has no rows; json
    /// and ndjson have both in one value.
    package func planned(_ calls: [PlannedCall]) {
        guard format == .csv else { return }
        showReport(.list(ListValue(calls.map(\.value))))
    }

    /// What became of each call, as data: a row for each. The formats for people and for ids leave it to the report.
    package func outcomes(_ outcomes: [AudLanguage.Outcome]) {
        switch format {
        case .json, .ndjson, .csv: showReport(.list(ListValue(outcomes.map(\.row))))
        case .table, .ids: break
        }
    }

    /// What can be taken back of a run, and what cannot: its calls are staged.
    package func undo(_ undo: Undo, rows: Int? = nil) {
        write(rows: rows) { UndoView(undo).write(width: $0, rows: $1, theme: looks.errorTheme, to: $2) }
    }

    /// A report of aud's own that is a list of records.
    package func showReport(_ list: Value) {
        show(format == .table ? WordedTable.of(list) : list, as: nil, statement: true)
    }

    /// The closing report of a run; its error is a diagnostic and not shown here.
    package func report(_ report: RunReport, rows: Int? = nil, stateOption: String = "") {
        write(rows: rows) {
            RunReportView(report, stateOption: stateOption).write(
                width: $0, rows: $1, theme: looks.errorTheme, to: $2)
        }
    }

    /// The rate limits: a value, and remarks on what a person may want to do.
    package func limits(_ report: LimitReport, profile: String) {
        let view = LimitView(report, profile: profile)
        show(format == .table ? view.table : report.value, as: nil, statement: false)
        for remark in view.remarks { self.remark(remark) }
    }

    private func write(rows: Int?, _ body: (_ width: Int?, _ rows: Int?, _ emit: (String) -> Void) -> Void) {
        let width = looks.errorWidth()
        var lines: [String] = []
        body(width, width == nil ? nil : rows) { lines.append($0) }
        if !lines.isEmpty { say(lines.joined(separator: "\n")) }
    }
}
