/// Where code may only look, and who does more than that.
struct EffectRules {
    enum Rule {
        /// Conditions, defaults, the top level of modules: no change of the workspace.
        case noChange
        /// What stages compute for an item: no change and no output.
        case noEffect
    }

    /// The innermost code around that has a rule.
    struct Place {
        var rule: Rule
        /// For messages: `where`, `the condition of if`.
        var name: String
    }

    /// A call of a function in such code, decided when all functions are known.
    struct Site {
        var place: Place
        var function: Int
        var span: Span
    }

    /// The most calls of a way that a message names, but for the last.
    static let mostSteps = 4

    var place: Place?
    /// The function whose code is checked; 0 is the top level.
    var function = 0
    /// The first verb that each function uses itself.
    var changes: [Int: String] = [:]
    /// The first built-in with which each function writes.
    var prints: [Int: String] = [:]
    var sites: [Site] = []
}

extension TypeChecker {
    /// Checks code that may only look. Inside of a stage nothing allows more again.
    mutating func quietly<Result>(
        _ rule: EffectRules.Rule, _ name: String, _ body: (inout TypeChecker) -> Result
    ) -> Result {
        let outer = effects.place
        if outer?.rule != .noEffect { effects.place = EffectRules.Place(rule: rule, name: name) }
        let result = body(&self)
        effects.place = outer
        return result
    }

    mutating func noteEffect(of builtin: Builtin, at span: Span) {
        guard builtin.effect >= .prints else { return }
        lints.acts += 1
        let changes = builtin.effect >= .updates
        // A question is asked of a person, who sees where it comes from; it is no output.
        guard changes || builtin.name != "confirm" else { return }
        if changes {
            if effects.changes[effects.function] == nil { effects.changes[effects.function] = builtin.name }
        } else if effects.prints[effects.function] == nil {
            effects.prints[effects.function] = builtin.name
        }
        guard let place = effects.place, changes || place.rule == .noEffect else { return }
        refuse(place, builtin.name, changes: changes, through: [], at: span)
    }

    mutating func noteCall(of function: Int, at span: Span) {
        guard let place = effects.place else { return }
        effects.sites.append(EffectRules.Site(place: place, function: function, span: span))
    }

    /// Decides about the calls of functions in code that may only look.
    mutating func reportEffects() {
        var harmless: [EffectRules.Rule: Set<Int>] = [:]
        for site in effects.sites {
            var parents: [Int: Int] = [site.function: site.function]
            var pending = [site.function][...]
            var isFound = false
            while let function = pending.popFirst() {
                if harmless[site.place.rule]?.contains(function) == true { continue }
                if let (verb, changes) = act(of: function, site.place.rule) {
                    refuse(
                        site.place, verb, changes: changes, through: chain(to: function, parents), at: site.span)
                    isFound = true
                    break
                }
                for callee in environment.functions[function].effects.callees.sorted() where parents[callee] == nil {
                    parents[callee] = function
                    pending.append(callee)
                }
            }
            if !isFound { harmless[site.place.rule, default: []].formUnion(parents.keys) }
        }
    }

    /// What a function does itself that a rule forbids.
    private func act(of function: Int, _ rule: EffectRules.Rule) -> (verb: String?, changes: Bool)? {
        if let verb = effects.changes[function] { return (verb, true) }
        // A function of an earlier text: what it does is known, by which verb is not.
        if environment.functions[function].effects.direct >= .updates { return (nil, true) }
        if rule == .noEffect, let name = effects.prints[function] { return (name, false) }
        return nil
    }

    private func chain(to function: Int, _ parents: [Int: Int]) -> [String] {
        var names: [String] = []
        var next = function
        while true {
            let name = environment.functions[next].name
            names.append(name == "=>" ? "the function here" : "`\(name)`")
            guard let parent = parents[next], parent != next else { return names.reversed() }
            next = parent
        }
    }

    private mutating func refuse(
        _ place: EffectRules.Place, _ verb: String?, changes: Bool, through chain: [String], at span: Span
    ) {
        let what = changes ? verb ?? "change anything" : "print"
        let acts = verb.map { "calls `\($0)`" } ?? "changes the workspace"
        var label = changes ? "changes the workspace" : "prints"
        if let first = chain.first {
            var steps = chain.dropFirst().map { "calls \($0), which " }
            if let last = chain.last, steps.count > EffectRules.mostSteps {
                let left = steps.count - EffectRules.mostSteps
                steps[(EffectRules.mostSteps - 1)...] = ["leads over \(left) more to \(last), which "]
            }
            label = "\(first) " + steps.joined() + acts
        }
        let help =
            switch place.rule {
            case .noEffect:
                "stages only look; use `| each a { … }`\(changes ? verb.map { " or the stage `| \($0)`" } ?? "" : "")"
            case .noChange: "make the change in a statement of its own: `let done = \(verb ?? "disable")(a)`"
            }
        report(
            .impureCode, "\(place.name) must not \(what)\(chain.first.map { ", and \($0) does" } ?? "")", at: span,
            label: label, help: help)
    }
}
