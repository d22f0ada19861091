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
    /// The most audiences that may be changed of each hundred that a space has; nil: no matter how many.
    public var maxPercent: Int?
    /// The most audiences that removals may break, because they refer to a removed one; nil: a person is asked about
    /// each plan, and live about each removal, that breaks any.
    public var maxBroken: Int?

    /// How whoever is refused may raise a cap.
    package enum Raising: Sendable, Hashable {
        /// With an option of the command.
        case option
        /// With `:set`, as far as the profile lets it.
        case setting(maxChanges: Int?, maxRemoves: Int?, maxPercent: Int?)
    }

    package var raising = Raising.option

    /// Makes caps.
    public init(maxChanges: Int? = nil, maxRemoves: Int? = nil, maxPercent: Int? = nil, maxBroken: Int? = nil) {
        self.maxChanges = maxChanges
        self.maxRemoves = maxRemoves
        self.maxPercent = maxPercent
        self.maxBroken = maxBroken
    }

    /// The cap on changes that is in force.
    public var changes: Int { maxChanges ?? Self.standardChanges }

    /// Whether somebody said a cap: without a terminal, removals need that.
    public var isExplicit: Bool { maxChanges != nil || maxRemoves != nil }

    /// - Parameter isLive: the changes are counted as they come, so nobody knows yet how many are wanted.
    private func help(raising name: String, to wanted: Int, isLive: Bool) -> String {
        let number = isLive ? "N" : "\(wanted)"
        guard case .setting(let changes, let removes, let percent) = raising else {
            return isLive
                ? "a dry run says how many it would be in all; if all are meant, raise the cap to that with --\(name) N"
                : "look at the plan; if all of it is meant, raise the cap with --\(name) \(number)"
        }
        let advice =
            isLive
            ? "`:dry` and the same again says how many it would be in all; if all are meant, "
            : "look at the plan; if all of it is meant, "
        let most =
            switch name {
            case "max-changes": changes
            case "max-removes": removes
            default: percent
            }
        if let most, most < wanted {
            return advice + "start aud with --\(name) \(number): `:set` raises no cap above the profile's \(most)"
        }
        return advice + "raise the cap with `:set \(name) \(number)`"
    }

    /// Why this many changes are too many, nil when they are not.
    func excess(changes: Int, removes: Int, isLive: Bool = false) -> RuntimeError? {
        if let maxRemoves, removes > maxRemoves {
            return RuntimeError(
                .changeLimit, .limit, "would remove \(removes), the cap is \(maxRemoves)",
                help: help(raising: "max-removes", to: removes, isLive: isLive)
            )
        }
        if changes > self.changes {
            let origin =
                maxChanges == nil ? "the cap is \(self.changes) when nothing is said" : "the cap is \(self.changes)"
            return RuntimeError(
                .changeLimit, .limit, "would change \(changes), \(origin)",
                help: help(raising: "max-changes", to: changes, isLive: isLive)
            )
        }
        return nil
    }

    /// Why this many audiences of a space are too large a part of it; nil when they are not.
    func excess(changes: Int, of total: Int?, in space: Space, isLive: Bool = false) -> RuntimeError? {
        guard let maxPercent, changes > 0 else { return nil }
        guard let total else {
            return RuntimeError(
                .changeLimit, .limit,
                "at most \(maxPercent) % of \(space.name) may change, and how many audiences it has is not known",
                help: "list the space in the script, or give a number with "
                    + (raising == .option ? "--max-changes instead of --max-percent" : "`:set max-changes`")
            )
        }
        let (scaled, tooMany) = changes.multipliedReportingOverflow(by: 100)
        let (allowed, unlimited) = maxPercent.multipliedReportingOverflow(by: total)
        guard !unlimited, tooMany || scaled > allowed else { return nil }
        return RuntimeError(
            .changeLimit, .limit,
            "would change \(changes) of \(total) audiences of \(space.name), the cap is \(maxPercent) %",
            help: help(
                raising: "max-percent", to: scaled / total + (scaled % total > 0 ? 1 : 0), isLive: isLive)
        )
    }

    /// Why this many broken audiences are too many, nil when they are not or nobody said how many.
    func excess(broken: Int) -> RuntimeError? {
        guard let maxBroken, broken > maxBroken else { return nil }
        return RuntimeError(
            .changeLimit, .limit,
            "the removals would break \(broken) audience\(broken == 1 ? "" : "s") that refer\(broken == 1 ? "s" : "") "
                + "to what is removed, the cap is \(maxBroken)",
            help: "look at the consequences; if they are meant, raise the cap with --max-broken \(broken)"
        )
    }
}
