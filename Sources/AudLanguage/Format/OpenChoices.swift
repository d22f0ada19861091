/// The `if … then … else` and `try … else` of an expression that are open while the atoms are read.
///
/// An `else` belongs to the innermost that has none yet. Those of `else if` are one choice with the first: they are
/// broken together. An `if` or `try` whose block follows is a statement, and forgotten.
struct OpenChoices {
    private struct Choice {
        var isTry: Bool
        /// The groups of its `then` and `else`; nil before the first of them.
        var thens: Int?
        var elses: Int?
    }

    private var open: [Choice] = []
    /// The choice that ended with the `else` right before.
    private var ended: Choice?

    /// How tightly the next `then` or `else` binds, 0 for the loosest: an `else` is broken before the `then` beside it.
    func precedence(_ kind: Token.Kind) -> Int { 2 * open.count + (kind == .then ? 1 : 0) }

    mutating func begin(isTry: Bool) {
        if let ended, !isTry {
            open.append(ended)
        } else {
            open.append(Choice(isTry: isTry))
        }
        ended = nil
    }

    /// Notes that a token follows that is no `if`.
    mutating func pass() { ended = nil }

    /// Notes the `{` of a block: it belongs to a statement.
    mutating func beginBlock() { if let last = open.last, last.isTry || last.thens == nil { open.removeLast() } }

    /// The group of a `then` or `else`, which is `next` for the first of its choice; nil when no choice is open.
    mutating func group(_ kind: Token.Kind, next: Int) -> Int? {
        guard var choice = open.popLast() else { return nil }
        defer { if kind == .then { open.append(choice) } else { ended = choice } }
        if kind == .then {
            choice.thens = choice.thens ?? next
            return choice.thens
        }
        choice.elses = choice.elses ?? next
        return choice.elses
    }
}
