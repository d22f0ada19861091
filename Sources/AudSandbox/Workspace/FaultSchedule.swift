// Decides which request goes wrong. Each rule counts the requests that match it; counting is all its state.

struct FaultSchedule {
    private struct Rule {
        let fault: SandboxFault
        var seen = 0
        var fired = 0
    }

    private var rules: [Rule]

    init(_ faults: [SandboxFault]) {
        rules = faults.map { Rule(fault: $0) }
    }

    var faults: [SandboxFault] { rules.map(\.fault) }

    /// The effect of the first rule that fires for this request.
    mutating func next(operation: SandboxOperation, audience: String?, page: Int?) -> SandboxFault.Effect? {
        for index in rules.indices {
            let fault = rules[index].fault
            guard fault.operations.contains(operation),
                fault.audience == nil || fault.audience == audience,
                fault.page == nil || fault.page == page
            else { continue }
            rules[index].seen += 1
            let counted = rules[index].seen - fault.skip
            guard counted > 0, counted % fault.every == 0, rules[index].fired < fault.times ?? Int.max else { continue }
            rules[index].fired += 1
            return fault.effect
        }
        return nil
    }
}
