// A believable workspace from a seed number. Everything is a function of the seed and the starting time: the same two
// give the same bytes, and all dates are relative to that time, so "older than 90 days" always finds the same audiences.

struct DemoData {
    let seed: UInt64
    let now: Duration
    /// How many audiences prod has; its deck when nil.
    let prodCount: Int?

    /// What is decided about an audience before its text is written.
    private struct Draft {
        var card: DemoCard
        var name: String
        var key: String
    }

    // MARK: - The workspace

    static func spaces(seed: UInt64) -> [SandboxSpace] {
        var random = RandomSource(seed: seed, stream: "spaces")
        return [
            SandboxSpace(id: "9aQ1Lj62S4bomZKLF4DPqW", slug: "prod", name: "Production"),
            SandboxSpace(id: random.base62(22), slug: "staging", name: "Staging"),
            SandboxSpace(id: random.base62(22), slug: "emea", name: "EMEA & Legal"),
        ]
    }

    /// The user that changes made through the API are attributed to.
    static func apiUser(seed: UInt64) -> String {
        var random = RandomSource(seed: seed, stream: "api user")
        return random.base62(22)
    }

    func audiences(of space: SandboxSpace) -> [SandboxAudience] {
        switch space.slug {
        case "prod":
            return finished(prodDrafts(), in: space)
        case "staging":
            var random = RandomSource(seed: seed, stream: "staging drafts")
            let shared = prodDrafts().filter { $0.card.kind != .hostile }.prefix(DemoCard.stagingCopies)
            let copies = shared.enumerated().map { index, draft in
                let activity: DemoActivity = index % 11 < 6 ? .live : index % 11 < 9 ? .stale : .off
                let card = DemoCard(kind: draft.card.kind, activity: activity)
                return Draft(card: card, name: draft.name, key: draft.key)
            }
            // A first ordinal beyond prod's, so that staging's own names are not prod's.
            let own = drafts(random.shuffled(DemoCard.stagingOnly), firstOrdinal: 300, suffix: "_staging")
            return finished(random.shuffled(copies + own), in: space)
        default:
            var random = RandomSource(seed: seed, stream: "emea drafts")
            return finished(drafts(random.shuffled(DemoCard.emea), firstOrdinal: 0, suffix: ""), in: space)
        }
    }

    // MARK: - Drafts: names and keys

    private func prodDrafts() -> [Draft] {
        var random = RandomSource(seed: seed, stream: "prod drafts")
        let deck = random.shuffled(DemoCard.prod)
        let count = max(0, prodCount ?? deck.count)
        return drafts((0..<count).map { deck[$0 % deck.count] }, firstOrdinal: 0, suffix: "")
    }

    private func drafts(_ cards: [DemoCard], firstOrdinal: Int, suffix: String) -> [Draft] {
        var ordinals: [String: Int] = [:]
        var taken: Set<String> = []
        return cards.map { card in
            // Hostile names are drawn from two lists, one for live audiences.
            let series = card.kind == .hostile ? "\(card.kind) \(card.activity == .live)" : "\(card.kind)"
            let ordinal = ordinals[series, default: firstOrdinal]
            ordinals[series] = ordinal + 1
            let name = card.kind.name(ordinal, activity: card.activity)
            var key = DemoData.key(for: name) + suffix
            while taken.contains(key) { key += "_\(taken.count)" }
            taken.insert(key)
            return Draft(card: card, name: name, key: key)
        }
    }

    /// A key as Segment derives it from a name: lower-case words joined by underscores.
    private static func key(for name: String) -> String {
        var key = ""
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                key.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                key.unicodeScalars.append(Unicode.Scalar(byte + 32))
            default:
                if !key.isEmpty, key.utf8.last != UInt8(ascii: "_") { key += "_" }
            }
        }
        while key.utf8.last == UInt8(ascii: "_") { key.removeLast() }
        return key.isEmpty ? "audience" : String(key.prefix(60))
    }

    // MARK: - Audiences

    private func finished(_ drafts: [Draft], in space: SandboxSpace) -> [SandboxAudience] {
        var random = RandomSource(seed: seed, stream: "audiences of \(space.slug)")
        let owners = owners(&random)
        let stale = drafts.filter { $0.card.activity == .stale }.map(\.key)
        var referrers = 0
        return drafts.enumerated().map { index, draft in
            let updated = updatedAt(draft.card, &random)
            let age = 86_400 * random.within(draft.card.kind == .oldCampaign ? 5...60 : 5...500) + random.below(86_400)
            let created = updated - .seconds(age) - .milliseconds(random.below(1_000))
            var query = DemoQueries.query(for: draft.card.kind, &random)
            // Live audiences refer to others by key; the first six to stale ones, so that disabling those has
            // consequences to show.
            if draft.card.activity == .live, draft.card.kind.refersToOthers {
                let target: String? =
                    if referrers < min(6, stale.count) { stale[referrers] } else if random.oneIn(5) {
                        random.element(drafts).key
                    } else { nil }
                referrers += 1
                if let target, target != draft.key { query += " and trait('\(target)').equals(true)" }
            }
            let type = draft.card.kind == .account ? "ACCOUNTS" : index % 17 == 5 ? "users" : "USERS"
            let owner = random.oneIn(14) ? nil : random.element(owners)
            return SandboxAudience(
                id: "aud_" + random.base62(27), spaceID: space.id, name: draft.name,
                description: DemoQueries.description(for: draft.card.kind, &random), key: draft.key,
                enabled: draft.card.activity != .off,
                definition: random.oneIn(24) ? nil : .init(query: query, type: type),
                status: draft.card.status(&random), createdBy: owner,
                updatedBy: random.oneIn(3) ? random.element(owners) : owner,
                createdAt: Timestamp.iso8601(created), updatedAt: Timestamp.iso8601(updated))
        }
    }

    /// Live: up to 80 days ago. Stale: 95 to 700. Neither is near 90, so that a run that starts later finds the same.
    private func updatedAt(_ card: DemoCard, _ random: inout RandomSource) -> Duration {
        let days =
            switch (card.activity, card.kind) {
            case (.live, _): random.within(0...79)
            case (_, .oldCampaign): random.within(580...880)
            case (.stale, _): random.within(95...700)
            case (.off, _): random.within(20...650)
            }
        return now - .seconds(86_400 * days + random.within(60...86_000)) - .milliseconds(random.below(1_000))
    }

    /// User ids, and a few e-mail addresses as older workspaces have them.
    private func owners(_ random: inout RandomSource) -> [String] {
        (0..<8).map { _ in random.base62(22) }
            + ["maria.keller@example.com", "dev-ops@example.com", "j.okafor@example.com"]
    }
}

extension DemoKind {
    fileprivate var refersToOthers: Bool {
        switch self {
        case .vip, .currentCampaign, .lookalike, .lifecycle: true
        case .legalHold, .oldCampaign, .test, .deprecated, .failing, .international, .hostile, .account: false
        }
    }
}

extension DemoCard {
    fileprivate func status(_ random: inout RandomSource) -> String {
        switch (activity, kind) {
        case (.off, _): "Disabled"
        case (_, .failing): "Failed"
        case (.live, _) where random.oneIn(18): random.element(["Computing", "Backfilling", "Awaiting Destinations"])
        case (.live, _), (.stale, _): "Live"
        }
    }
}
