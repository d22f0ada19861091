// How much may change at once. A plan is measured before its first call is sent, a live run at each change; a preview
// only says that a cap would be exceeded.

internal import AudLanguage

/// The most that one apply or one live run may change.
public struct Caps: Sendable, Hashable {
    /// What holds when nobody said anything.
    public static let standardChanges = 100

    /// The most changes, removals among them; nil: ``standardChanges``.
    public var maxChanges: Int?
    /// The most removals; nil: only `maxChanges` counts.
    public var maxRemoves: Int?

    /// Makes caps.
    public init(maxChanges: Int? = nil, maxRemoves: Int? = nil) {
        self.maxChanges = maxChanges
        self.maxRemoves = maxRemoves
    }

    /// The cap on changes that is in force.
    public var changes: Int { maxChanges ?? Self.standardChanges }

    /// Whether somebody said a cap: without a terminal, removals need that.
    public var isExplicit: Bool { maxChanges != nil || maxRemoves != nil }

    /// Why this many changes are too many, nil when they are not.
    func excess(changes: Int, removes: Int) -> RuntimeError? {
        if let maxRemoves, removes > maxRemoves {
            return RuntimeError(
                .changeLimit, .limit, "would remove \(removes), the cap is \(maxRemoves)",
                help: "look at the plan; if all of it is meant, raise the cap with --max-removes \(removes)"
            )
        }
        if changes > self.changes {
            let origin =
                maxChanges == nil ? "the cap is \(self.changes) when nothing is said" : "the cap is \(self.changes)"
            return RuntimeError(
                .changeLimit, .limit, "would change \(changes), \(origin)",
                help: "look at the plan; if all of it is meant, raise the cap with --max-changes \(changes)"
            )
        }
        return nil
    }
}
