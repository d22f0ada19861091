// What a person must type before a plan is sent: it grows with what the plan does. The same question for `:apply` and
// for `aud run --apply`.

internal import AudLanguage
package import AudRuntime

package struct ConfirmationQuestion: Sendable, Hashable {
    /// Safe for a terminal, ends with a blank.
    package let text: String
    /// What to say when the answer was another one.
    package let refusal: String
    private let expected: String?

    /// Nil when there is nothing to confirm.
    package init?(_ plan: Plan) {
        self.init(plan.confirmation, calls: plan.count, removals: plan.removals, spaces: plan.calls.map(\.space.name))
    }

    package init?(_ confirmation: Confirmation, calls: Int, removals: Int, spaces: [String]) {
        var names: [String] = []
        for space in spaces where !names.contains(space) { names.append(space) }
        let place = TerminalText.escaped(names.joined(separator: ", "))
        switch confirmation {
        case .none: return nil
        case .yes:
            text = "Send \(counted(calls, "call")) to \(place)? [y/N] "
            expected = nil
            refusal = "not confirmed: nothing was sent"
        case .typeCount(let count):
            text = "This sends \(counted(calls, "call")) to \(place). Type \(count) to go on: "
            expected = String(count)
            refusal = "the answer was not \(count): nothing was sent"
        case .typeSpace(let space):
            let shown = TerminalText.escaped(space)
            let rest = calls > removals ? ", \(counted(calls, "call")) in all" : ""
            text = "This removes \(counted(removals, "audience")) for good\(rest). Type \(shown) to go on: "
            expected = space
            refusal = "the answer was not \(shown): nothing was sent"
        }
    }

    /// What is asked before, when removals break other audiences and nobody said how many may break.
    package init?(breaking plan: Plan, caps: Caps) {
        let broken = plan.consequences?.broken ?? 0
        guard broken > 0, caps.maxBroken == nil else { return nil }
        let they = broken == 1 ? "refers to what is removed, and breaks" : "refer to what is removed, and break"
        text = "\(counted(broken, "audience")) \(they). Go on? [y/N] "
        expected = nil
        refusal = "not confirmed: nothing was sent"
    }

    /// What is asked before a live statement, which has no plan to look at: so it names the most that can happen.
    /// - Parameter space: what is typed before removals; nil when none is chosen.
    package init(live caps: Caps, canRemove: Bool, space: String?) {
        guard canRemove else {
            text = "Send up to \(counted(caps.changes, "change")) as the statement reaches them? [y/N] "
            expected = nil
            refusal = "not confirmed: nothing was sent"
            return
        }
        let word = space ?? "remove"
        let shown = TerminalText.escaped(word)
        let most = counted(min(caps.maxRemoves ?? caps.changes, caps.changes), "audience")
        text = "This can remove up to \(most) for good, as the statement reaches them. Type \(shown) to go on: "
        expected = word
        refusal = "the answer was not \(shown): nothing was sent"
    }

    /// Whether an answer lets the plan go out.
    package func accepts(_ answer: String) -> Bool {
        let answer = answer.trimmed
        if let expected { return answer == expected }
        return ["y", "yes"].contains(answer.lowercased())
    }
}
