// What kinds of audiences a company has, and how many of each a space holds. The counts are chosen, not drawn, so that a
// script finds the same numbers with every seed: in `prod`, 31 audiences other than VIP and Legal ones are enabled and
// have not been touched for 90 days (37 with them), 9 have failed, and 30 are of an old campaign.

/// A kind of audience; it decides the name, the definition and the description.
enum DemoKind: CaseIterable {
    case vip, legalHold, oldCampaign, currentCampaign, test, deprecated, lookalike, failing, lifecycle
    case international, hostile, account
}

/// Whether anybody still cares for an audience.
enum DemoActivity {
    /// Enabled, and touched within the last 80 days.
    case live
    /// Enabled, and not touched for 95 days or more.
    case stale
    /// Disabled.
    case off
}

/// One card of a deck: an audience to be made.
struct DemoCard {
    let kind: DemoKind
    let activity: DemoActivity

    static let prod = deck([
        (.vip, live: 9, stale: 3, off: 0), (.legalHold, live: 5, stale: 3, off: 0),
        (.oldCampaign, live: 0, stale: 6, off: 24), (.currentCampaign, live: 22, stale: 0, off: 0),
        (.test, live: 8, stale: 12, off: 6), (.deprecated, live: 0, stale: 5, off: 5),
        (.lookalike, live: 14, stale: 0, off: 0), (.failing, live: 7, stale: 2, off: 0),
        (.lifecycle, live: 50, stale: 4, off: 6), (.international, live: 12, stale: 0, off: 0),
        (.hostile, live: 1, stale: 2, off: 0), (.account, live: 6, stale: 0, off: 0),
    ])

    /// What staging has of its own, beside its copies of prod's.
    static let stagingOnly = deck([
        (.test, live: 10, stale: 8, off: 4), (.lifecycle, live: 5, stale: 0, off: 0),
        (.lookalike, live: 2, stale: 0, off: 0), (.failing, live: 2, stale: 0, off: 0),
        (.international, live: 1, stale: 0, off: 0),
    ])

    /// How many of prod's audiences staging has under the same key.
    static let stagingCopies = 55

    static let emea = deck([
        (.legalHold, live: 8, stale: 4, off: 0), (.international, live: 12, stale: 0, off: 0),
        (.account, live: 4, stale: 0, off: 0), (.oldCampaign, live: 0, stale: 2, off: 5),
        (.lifecycle, live: 6, stale: 0, off: 0),
    ])

    private static func deck(_ rows: [(DemoKind, live: Int, stale: Int, off: Int)]) -> [DemoCard] {
        rows.flatMap { kind, live, stale, off in
            Array(repeating: DemoCard(kind: kind, activity: .live), count: live)
                + Array(repeating: DemoCard(kind: kind, activity: .stale), count: stale)
                + Array(repeating: DemoCard(kind: kind, activity: .off), count: off)
        }
    }
}
