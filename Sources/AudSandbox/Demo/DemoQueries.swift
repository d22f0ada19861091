// Definitions in the manner of Segment's query language, and the descriptions that people write or leave empty.

enum DemoQueries {
    static func query(for kind: DemoKind, _ random: inout RandomSource) -> String {
        let days = random.element([7, 14, 30, 60, 90])
        let count = random.within(1...5)
        switch kind {
        case .vip:
            return "event('Order Completed').within(365 days).sum('total') >= \(count * 500)"
        case .legalHold:
            return "trait('legal_hold').equals(true)"
        case .oldCampaign, .currentCampaign:
            return "event('Campaign Clicked').within(\(days) days).count() >= \(count)"
        case .test, .hostile:
            return "event('Test Event').count() >= \(count)"
        case .deprecated:
            return "event('Cart Viewed').within(\(days) days).count() >= \(count)"
        case .lookalike:
            return "event('Order Completed').within(\(days) days).count() >= 1 and trait('ltv').greaterThan(\(count)00)"
        case .failing:
            return "trait('churn_score').greaterThan(0.\(count + 4)) and event('Ticket Opened').count() >= \(count)"
        case .lifecycle, .international:
            let event = random.element(["Shoes Bought", "Product Viewed", "Signed Up", "App Opened", "Email Opened"])
            return "event('\(event)').within(\(days) days).count() >= \(count)"
        case .account:
            return "trait('arr').greaterThan(\(count)0000)"
        }
    }

    static func description(for kind: DemoKind, _ random: inout RandomSource) -> String {
        guard !random.oneIn(3) else { return "" }
        switch kind {
        case .vip: return "Highest-value customers. Ask CRM before changing."
        case .legalHold: return "Required by Legal. Do not delete."
        case .oldCampaign: return "Campaign audience, 2024."
        case .currentCampaign: return "Runs with the current campaign; synced to ads and e-mail."
        case .test: return random.element(["tmp", "testing the webhook", "delete after QA", "?"])
        case .deprecated: return "Replaced. Kept until dashboards have moved."
        case .lookalike: return "Seed for lookalikes in ad platforms."
        case .failing: return "Depends on the nightly score export."
        case .lifecycle: return "Lifecycle messaging."
        case .international: return "Owned by the local team – bitte nicht ändern."
        case .hostile: return "Imported."
        case .account: return "Account-level audience for Sales."
        }
    }
}
