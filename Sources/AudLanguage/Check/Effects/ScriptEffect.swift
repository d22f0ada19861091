/// One place in a script that can reach the workspace, as `aud check` lists them: what may happen there, by way of which
/// functions, and to how many items at most.
package struct ScriptEffect: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case reads, creates, updates, removes
    }

    package var kind: Kind
    /// The verb or the built-in, for example `disable`.
    package var name: String
    /// Where the script asks for it: the verb, or the call of the function that leads to it.
    package var span: Span
    /// The functions on the way, outermost first.
    package var through: [String] = []
    /// Where the verb itself stands.
    package var origin: Span
    /// What bounds a change; nil for what only reads.
    package var cap: EffectCap?
    /// The function that it stands in, when nothing that runs calls it.
    package var function: String?
}

extension ScriptEffect.Kind {
    /// Nil for what does not reach the workspace.
    init?(_ effect: Builtin.Effect) {
        switch effect {
        case .pure, .prints: return nil
        case .reads: self = .reads
        case .creates: self = .creates
        case .updates: self = .updates
        case .removes: self = .removes
        }
    }

    var isChange: Bool { self != .reads }
}
