// The calls of a plan where a table of them has no room: the verb and the name on a line, and what it changes below. A
// name is wrapped and never cut, for it says what the call is about.

internal import AudLanguage
internal import AudRuntime

struct CallList {
    var calls: [PlannedCall]

    /// Writes at most so many calls that they take about `rows` lines; nil writes all.
    func write(width: Int, rows: Int?, remark: (Int) -> String, theme: Theme, to emit: (String) -> Void) {
        let hasSpaces = Set(calls.map(\.space.id)).count > 1
        let limit = max(3, (rows ?? .max) / 2)
        let tail = calls.count > limit ? limit / 3 : 0
        let head = min(calls.count, limit - tail)
        for call in calls.prefix(head) { write(call, hasSpaces, width, theme, emit) }
        let missing = calls.count - head - tail
        if missing > 0 { for line in TextWrap.lines(remark(missing), fitting: width) { emit(theme.faint(line)) } }
        for call in calls.suffix(tail) { write(call, hasSpaces, width, theme, emit) }
        for line in TextWrap.lines("not shown at this width: why, key", fitting: width) { emit(theme.faint(line)) }
    }

    private func write(
        _ call: PlannedCall, _ namesSpace: Bool, _ width: Int, _ theme: Theme, _ emit: (String) -> Void
    ) {
        let look: TableCell.Look = call.verb == .remove ? .danger : .plain
        let title = "\(call.number) \(call.verb.rawValue) \(TerminalText.escaped(call.name ?? call.id))"
        for line in TextWrap.lines(title, fitting: width) { emit(theme.paint(line, look)) }
        var change = TerminalText.escaped(call.change)
        if namesSpace { change += " in " + TerminalText.escaped(call.space.name) }
        for line in TextWrap.lines(change, fitting: width - 2) { emit("  " + theme.paint(line, look)) }
    }
}
