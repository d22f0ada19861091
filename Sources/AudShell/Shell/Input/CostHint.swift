// What a statement would change, for the end of its line: `137 updates, about 13 min`. Only where that is exact and costs
// no request: `:apply`, and actions on values that are in memory.

internal import AudLanguage
internal import AudRuntime

struct CostHint {
    let scope: SessionScope

    /// What `:apply` would send.
    var ofPlan: Hint? {
        guard !scope.plan.isEmpty else { return nil }
        let removals = scope.plan.count(.remove)
        let updates = scope.plan.count - removals
        let parts = [Self.counted(updates, .disable), Self.counted(removals, .remove)].compactMap { $0 }
        let count = parts.joined(separator: ", ")
        if let cap = capExceeded(removals) { return Self.note("\(count), over the cap of \(cap)") }
        return Self.note(count + Self.time(scope.planDuration))
    }

    /// The cap that the plan is over, if that needs no request.
    private func capExceeded(_ removals: Int) -> Int? {
        if let most = scope.caps.maxRemoves, removals > most { return most }
        return scope.plan.count > scope.caps.changes ? scope.caps.changes : nil
    }

    /// What a text would change: one statement that is an action on a name, at most with `take`, `skip` or `at most`
    /// before it.
    func hint(for statements: [Statement]) -> Hint? {
        guard statements.count == 1,
            let (verb, name, stages) = Self.action(of: statements[0], continued: scope.continued),
            let value = scope.value(of: name), let items = Self.items(of: value, behind: stages),
            let calls = scope.calls(of: verb, on: items)
        else { return nil }
        guard let count = Self.counted(calls, verb) else { return Self.note("changes nothing") }
        let duration = scope.duration(of: calls, verb)
        switch scope.mode {
        case .live: return Self.note(count + Self.time(duration))
        case .dryRun:
            let isLong = duration.map { $0 > .seconds(1) } ?? false
            return Self.note("stages \(count)" + (isLong ? Self.time(duration) + " to send" : ""))
        }
    }

    // MARK: The statement

    private static func action(
        of statement: Statement, continued: String?
    ) -> (verb: Verb, name: String, stages: ArraySlice<Stage>)? {
        switch statement.kind {
        case .expression(let value), .let(_, let value), .var(_, let value): return action(of: value)
        case .resume(let stages): return continued.flatMap { action(on: $0, stages) }
        default: return nil
        }
    }

    private static func action(of value: Expr) -> (verb: Verb, name: String, stages: ArraySlice<Stage>)? {
        switch value.kind {
        case .pipeline(let source, let stages):
            guard case .name(let name) = source.kind else { return nil }
            return action(on: name, stages)
        case .call(let callee, let arguments):
            guard case .name(let word) = callee.kind, let verb = Verb(rawValue: word), arguments.count == 1,
                arguments[0].label == nil, case .name(let name) = arguments[0].value.kind
            else { return nil }
            return (verb, name, [])
        default: return nil
        }
    }

    /// Arguments, such as another space, are left to the run.
    private static func action(
        on name: String, _ stages: [Stage]
    ) -> (verb: Verb, name: String, stages: ArraySlice<Stage>)? {
        guard case .action(let verb, let arguments, _)? = stages.last?.kind, arguments.isEmpty else { return nil }
        return (verb, name, stages.dropLast())
    }

    private static func items(of value: Value, behind stages: ArraySlice<Stage>) -> ArraySlice<Value>? {
        var items: ArraySlice<Value>
        switch value {
        case .list(let list):
            guard case .items(let all) = list.storage else { return nil }
            items = all[...]
        case .record where stages.isEmpty: items = [value]
        default: return nil
        }
        for stage in stages {
            switch stage.kind {
            case .take(let count):
                guard let count = number(count) else { return nil }
                items = items.prefix(count)
            case .skip(let count):
                guard let count = number(count) else { return nil }
                items = items.dropFirst(count)
            case .atMost(let count):
                guard let count = number(count), items.count <= count else { return nil }
            default: return nil
            }
        }
        return items
    }

    private static func number(_ value: Expr) -> Int? {
        if case .int(let number) = value.kind, number >= 0 { Int(exactly: number) } else { nil }
    }

    // MARK: Words

    /// nil for none.
    private static func counted(_ count: Int, _ verb: Verb) -> String? {
        guard count > 0 else { return nil }
        return AudShell.counted(count, verb == .remove ? "removal" : "update")
    }

    private static func time(_ duration: Duration?) -> String { duration.map { ", " + HumanTime.about($0) } ?? "" }

    private static func note(_ text: String) -> Hint { Hint("  " + text, isText: false) }
}
