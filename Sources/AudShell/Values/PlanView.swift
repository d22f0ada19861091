// The preview of a plan: what would be sent and why, what it costs, and what stands in the way. It fits one screen of a
// terminal; a pipe and `--format json` get all of it.

package import AudLanguage
package import AudRuntime
internal import SegmentAudiences

package struct PlanView: Sendable {
    package var calls: [PlannedCall]
    /// What the calls cost; nil when that could not be asked.
    package var bill: Bill?
    /// Each a sentence that says why the plan cannot be sent as it is.
    package var obstacles: [String]
    /// Whether the script that recorded the calls came to its end.
    package var isComplete: Bool
    /// `31 calls: 30 disable, 1 remove`
    package var summary: String
    /// Questions that were answered yes without asking.
    package var questions: [String]
    /// What the script learned that only the dry run made so.
    package var simulated: [String]
    /// The numbers of the calls that a person deleted from the plan's file.
    package var deleted: [Int]
    /// nil when nobody has looked.
    package var consequences: Consequences?
    /// What the plan takes back; nil when it takes back no run.
    package var undo: Undo?

    /// Where all of a preview is that does not fit the screen.
    package static let whole = "the format json has all"

    /// Makes the preview of a plan.
    package init(_ plan: Plan, bill: Bill?, caps: Caps, allowIncomplete: Bool = false, undo: Undo? = nil) {
        calls = plan.calls
        summary = plan.summary
        self.bill = bill
        isComplete = plan.isComplete
        questions = plan.questions
        simulated = plan.simulated
        deleted = plan.deleted
        consequences = plan.consequences
        self.undo = undo
        obstacles = []
        if !plan.isComplete { obstacles.append("the script failed, so this plan is not whole") }
        if !allowIncomplete { obstacles += plan.gaps.map { "it rests on an incomplete read: \($0)" } }
        if let excess = plan.excess(over: caps) {
            obstacles.append(excess.message + (excess.help.map { " (\($0))" } ?? ""))
        }
    }

    /// Writes the preview.
    ///
    /// - Parameters:
    ///   - width: the columns of the terminal; nil cuts nothing.
    ///   - rows: at most so many calls are shown; nil shows all.
    ///   - whole: what to do to see the others.
    ///   - command: what sends this plan, for example `aud run stale.aud --apply`; nil when it is about to be sent.
    package func write(
        width: Int?, rows: Int? = nil, whole: String = Self.whole, command: String?, theme: Theme = .plain,
        to emit: (String) -> Void
    ) {
        if let undo { UndoView(undo).write(width: width, rows: rows, theme: theme, to: emit) }
        guard !calls.isEmpty else {
            if undo == nil { emit("nothing is recorded, so there is nothing to send") }
            return
        }
        writeCalls(width: width, rows: rows, whole: whole, theme: theme, to: emit)
        emit("")
        for line in billLines { emit(line) }
        if !deleted.isEmpty {
            let numbers = deleted.map { "#\($0)" }.joined(separator: ", ")
            emit(theme.warning("deleted by hand: \(counted(deleted.count, "call")), \(numbers)"))
        }
        for line in consequenceLines(rows, theme, whole: whole) { emit(line) }
        for reason in simulated { emit("rests on simulation: \(TerminalText.escaped(reason))") }
        for question in questions { emit("answered yes without asking: \(TerminalText.escaped(question))") }
        // Who tries to send it is told of the first one by an error, behind the preview.
        for obstacle in command == nil ? obstacles.dropFirst() : obstacles[...] {
            let line = "! \(TerminalText.escaped(obstacle))"
            for part in width.map({ TextWrap.lines(line, fitting: $0) }) ?? [line] { emit(theme.warning(part)) }
        }
        if !obstacles.isEmpty {
            emit(theme.heading("Nothing was sent.") + " This plan cannot be sent as it is.")
        } else if let command {
            emit(theme.heading("Nothing was sent.") + " To send: \(TerminalText.escaped(command))")
        }
    }

    /// The same as data.
    package var value: Value {
        .record(
            RecordValue(
                (undo.map { [("undo", $0.value)] } ?? []) + [
                    ("calls", .list(ListValue(calls.map(\.value)))), ("bill", bill?.value ?? .null),
                    ("complete", .bool(isComplete)),
                    ("obstacles", .list(ListValue(obstacles.map { .string($0) }))),
                    ("questions", .list(ListValue(questions.map { .string($0) }))),
                    ("consequences", consequences?.value ?? .null),
                    ("unread", .list(ListValue((consequences?.unread ?? []).map { .string($0) }))),
                    ("simulated", .list(ListValue(simulated.map { .string($0) }))),
                    ("deleted", .list(ListValue(deleted.map { .int(Int64($0)) }))),
                ])
        )
    }

    /// `31 calls: 30 disable, 1 remove`, then a line for each limit and, when there are several, one for all.
    package var billLines: [String] {
        var lines = [summary]
        guard let bill else { return lines }
        let duration = HumanTime.about(bill.duration)
        let finish = bill.duration > .seconds(1) ? ", would finish \(HumanTime.minute(bill.finish))" : ""
        for line in bill.lines {
            let rate = line.limit.map { "limit \($0.description)" } ?? "no limit"
            let time = bill.lines.count > 1 ? HumanTime.about(line.duration) : duration + finish
            lines.append("  \(line.bucket.rawValue): \(counted(line.calls, "call")), \(rate), \(time)")
        }
        for line in bill.lines where line.others > 0 {
            let calls = counted(line.others, "call")
            lines.append("  \(line.bucket.rawValue): other runs have \(calls) to send as well; they take turns")
        }
        if bill.lines.count > 1 { lines.append("  in all: \(duration)\(finish)") }
        if let most = bill.editsInProgress, bill.edits > most {
            lines.append("  no more than \(counted(most, "edit")) in progress: longer, while Segment computes")
        } else if bill.edits > Bill.computedAtOnce {
            lines.append(
                "  Segment computes \(Bill.computedAtOnce) audiences at a time; the others wait there, locked")
        }
        return lines
    }

    /// The audiences that refer to changed ones, those that break first; on a terminal not more than half a screen.
    private func consequenceLines(_ rows: Int?, _ theme: Theme, whole: String) -> [String] {
        guard let consequences else { return [] }
        let references = consequences.references.filter(\.breaks) + consequences.references.filter { !$0.breaks }
        var lines: [String] = []
        if !references.isEmpty {
            let refer = references.count == 1 ? "refers" : "refer"
            lines.append("consequences: \(counted(references.count, "audience")) \(refer) to what is changed")
        }
        let shown = references.prefix(rows.map { max(3, $0 / 2) } ?? .max)
        for reference in shown {
            let name = TerminalText.escaped(reference.name ?? reference.id)
            let calls = reference.calls.map { "#\($0)" }.joined(separator: ", ")
            let line = "  \(name) refers to \(calls)"
            lines.append(reference.breaks ? theme.danger(line + ", and breaks") : line)
        }
        let more = references.count - shown.count
        if more > 0 { lines.append("  … \(counted(more, "more audience")); \(whole)") }
        return lines + consequences.unread.map { TerminalText.escaped($0) }
    }

    private func writeCalls(
        width: Int?, rows: Int?, whole: String, theme: Theme, to emit: (String) -> Void
    ) {
        let table = table
        let remark = { (missing: Int) in "… \(counted(missing, "more call")); \(whole)" }
        // Who is about to send a call must see what it is called and what it does.
        let needed = (table.columns.firstIndex { $0.title == "change" } ?? 0) + 1
        if let width, table.columnsShown(at: width) < needed {
            CallList(calls: calls).write(width: width, rows: rows, remark: remark, theme: theme, to: emit)
        } else {
            table.write(width: width, rows: rows, remark: remark, theme: theme, to: emit)
        }
    }

    private var table: TextTable {
        var table = TextTable(columns: [
            .init("#", alignsRight: true, isFlexible: false), .init("verb", isFlexible: false), .init("name"),
            .init("change", isFlexible: false), .init("why", isFlexible: false), .init("key"),
        ])
        let spaces = Set(calls.map(\.space.id))
        if spaces.count > 1 { table.columns.insert(.init("space"), at: 3) }
        table.rows = calls.map { call in
            let look: TableCell.Look = call.verb == .remove ? .danger : .plain
            var row = [
                TableCell(String(call.number), .faint), TableCell(call.verb.rawValue, look),
                TableCell(TerminalText.escaped(call.name ?? call.id)),
                TableCell(TerminalText.escaped(call.change), look),
                TableCell(TerminalText.escaped(call.source), .faint), TableCell(TerminalText.escaped(call.key ?? "")),
            ]
            if spaces.count > 1 { row.insert(TableCell(TerminalText.escaped(call.space.name)), at: 3) }
            return row
        }
        return table
    }
}
