// Writes a plan as text. The header says what the plan rests on, one fact a line; then every call has its line.

internal import AudLanguage

struct PlanWriter {
    var plan: Plan
    var id: String
    var origin: PlanOrigin
    var duration: Duration?

    var text: String {
        let header = header
        let head = "# head \(PlanDigest.header(header.map(\.utf8)))"
        return (header + [head] + plan.calls.map(line)).joined(separator: "\n") + "\n"
    }

    /// An id that is made of the whole plan and its time: another plan has another one.
    static func id(of plan: Plan, _ origin: PlanOrigin) -> String {
        let writer = PlanWriter(plan: plan, id: "", origin: origin)
        return String(PlanDigest.sha256((writer.header + plan.calls.map(writer.line)).map(\.utf8)).prefix(16))
    }

    private var header: [String] {
        let seconds = duration.map { Int64(($0 / .seconds(1)).rounded(.up)) } ?? 0
        let about = seconds > 0 ? " · about \(DateText.duration(seconds * 1_000_000))" : ""
        var lines = [
            "# aud plan \(PlanFile.version) · \(plan.summary)\(about)",
            "# Send it with `aud apply`. A line may be deleted; a changed, moved or added line is refused.",
            "# id \(id)",
        ]
        lines += origin.scripts.map { "# script \(PlanText.quoted($0.name)) sha256:\($0.sha256)" }
        lines += origin.parameters.map { "# param \(PlanText.quoted($0.name)) \(PlanText.quoted($0.text))" }
        lines.append("# host \(PlanText.quoted(origin.host))")
        for space in plan.spaces {
            lines.append("# space \(PlanText.quoted(space.id))" + (space.alias.map { " " + PlanText.quoted($0) } ?? ""))
        }
        lines.append("# time @\(DateText.iso(origin.time))")
        lines.append("# calls \(plan.count)")
        lines += plan.gaps.map { "# incomplete \(PlanText.quoted($0))" }
        lines += plan.questions.map { "# question \(PlanText.quoted($0))" }
        lines += plan.simulated.map { "# simulated \(PlanText.quoted($0))" }
        return lines
    }

    private func line(_ call: PlannedCall) -> String {
        let text = Self.call(call)
        let comment = PlanText.name(call.name) + " \(PlanText.separator) " + PlanText.escaped(call.source)
        let digest = PlanDigest.line(id: id, number: call.number, call: text.utf8, comment: comment.utf8)
        return "\(text)  #\(call.number):\(digest) \(comment)"
    }

    /// The canonical call. `expect` is always there: as a script the line would be an error, and not a change.
    private static func call(_ call: PlannedCall) -> String {
        var fields: [String] = []
        if let expectation = call.expectation {
            if let key = expectation.key { fields.append("key: \(PlanText.quoted(key))") }
            if let enabled = expectation.enabled { fields.append("enabled: \(enabled)") }
            if let state = expectation.state { fields.append("state: \(PlanText.quoted(state))") }
            if let updatedAt = expectation.updatedAt { fields.append("updatedAt: @\(DateText.iso(updatedAt))") }
        }
        let policy =
            switch call.policy {
            case .stop: ""
            case .continue: " on error continue"
            }
        return "\(call.verb.rawValue)(\(PlanText.quoted(call.id)), space: \(PlanText.quoted(call.space.id)), "
            + "expect: {\(fields.joined(separator: ", "))})\(policy)"
    }
}

extension Plan {
    /// `31 calls: 30 disable, 1 remove`, the verbs in the order of their first use.
    public var summary: String {
        var verbs: [Verb] = []
        for call in calls where !verbs.contains(call.verb) { verbs.append(call.verb) }
        let parts = verbs.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", ")
        return "\(count) call\(count == 1 ? "" : "s")" + (parts.isEmpty ? "" : ": \(parts)")
    }

    /// The spaces of the calls, in the order of their first use.
    public var spaces: [Space] {
        var spaces: [Space] = []
        for call in calls where !spaces.contains(call.space) { spaces.append(call.space) }
        return spaces
    }
}
