// The demo workspace: the same bytes for the same seed, the counts that scripts and documents rely on, the odd ones.

import Testing

@testable import AudSandbox

@Suite("Demo data") struct DemoDataTests {
    private static let now = ManualSandboxClock().now()

    private static func audiences(_ slug: String, seed: UInt64 = 1, count: Int? = nil) -> [SandboxAudience] {
        let data = DemoData(seed: seed, now: now, prodCount: count)
        return DemoData.spaces(seed: seed).first { $0.slug == slug }.map { data.audiences(of: $0) } ?? []
    }

    private static func isStale(_ audience: SandboxAudience) -> Bool {
        audience.enabled && audience.updatedAt < Timestamp.iso8601(now - .seconds(90 * 86_400))
    }

    @Test func theSameSeedGivesTheSameBytes() async throws {
        var bodies: [String] = []
        for _ in 0..<2 {
            try await withSandbox { (_, client, _) async throws in
                bodies.append(try await client.get(RawClient.audiences + "?pagination.count=200").body)
            }
        }
        #expect(bodies[0] == bodies[1])
        #expect(bodies[0].utf8.count > 80_000)
        #expect(Self.audiences("prod", seed: 2) != Self.audiences("prod", seed: 1))
    }

    @Test func theSpacesHaveTheirSizesAndIds() {
        let spaces = Sandbox.spaces(seed: 1)
        #expect(spaces.map(\.slug) == ["prod", "staging", "emea"])
        #expect(spaces[0].id == "9aQ1Lj62S4bomZKLF4DPqW")
        #expect(spaces.allSatisfy { $0.id.wholeMatch(of: /[0-9A-Za-z]{22}/) != nil })
        #expect(Sandbox.spaces(seed: 2)[1].id != spaces[1].id)
        #expect(Self.audiences("prod").count == 212)
        #expect(Self.audiences("staging").count == 87)
        #expect(Self.audiences("emea").count == 41)
    }

    @Test(arguments: ["prod", "staging", "emea"])
    func idsAndKeysAreUniqueAndWellFormed(slug: String) {
        let all = Self.audiences(slug)
        #expect(Set(all.map(\.id)).count == all.count)
        #expect(Set(all.map(\.key)).count == all.count)
        #expect(all.allSatisfy { $0.id.wholeMatch(of: /aud_[0-9A-Za-z]{27}/) != nil })
        #expect(all.allSatisfy { $0.key.wholeMatch(of: /[a-z0-9][a-z0-9_]*/) != nil })
        #expect(all.allSatisfy { $0.createdAt < $0.updatedAt && $0.updatedAt < Timestamp.iso8601(Self.now) })
        #expect(all.allSatisfy { $0.enabled == ($0.status != "Disabled") })
    }

    @Test(arguments: [1, 2, 3, 99] as [UInt64])
    func theNumbersThatScriptsFindDoNotDependOnTheSeed(seed: UInt64) {
        let prod = Self.audiences("prod", seed: seed)
        let stale = prod.filter(Self.isStale)
        #expect(stale.count == 37)
        #expect(stale.filter { $0.name.prefixMatch(of: /(VIP|Legal)\b/) == nil }.count == 31)
        #expect(stale.filter { $0.name.contains(/(?i)test/) }.count == 14)
        #expect(prod.filter { $0.name.prefixMatch(of: /Q[1-4] 2024/) != nil }.count == 30)
        #expect(prod.filter { $0.status == "Failed" }.count == 9)
        #expect(prod.filter { !$0.enabled }.count == 41)
        #expect(prod.filter { $0.definition?.type == "ACCOUNTS" || $0.definition == nil }.count > 3)
        #expect(prod.contains { $0.definition == nil })
        #expect(prod.contains { $0.createdBy == nil })
        #expect(prod.contains { $0.createdBy?.contains("@") == true })
        #expect(prod.contains { $0.name.unicodeScalars.contains { $0.properties.isEmojiPresentation } })
    }

    @Test func enabledAudiencesReferToStaleOnes() {
        let prod = Self.audiences("prod")
        let keys = Set(prod.map(\.key))
        let stale = Set(prod.filter(Self.isStale).map(\.key))
        var referred: [String] = []
        for audience in prod {
            guard let match = audience.definition?.query.firstMatch(of: /trait\('([a-z0-9_]+)'\)\.equals\(true\)$/)
            else { continue }
            let key = String(match.1)
            if key == "legal_hold" { continue }
            #expect(keys.contains(key))
            #expect(key != audience.key)
            referred.append(key)
        }
        #expect(referred.count >= 15)
        #expect(referred.filter(stale.contains).count >= 4)
    }

    @Test func stagingSharesKeysWithProductionAndHasItsOwn() {
        let prod = Set(Self.audiences("prod").map(\.key))
        let staging = Self.audiences("staging")
        #expect(staging.filter { prod.contains($0.key) }.count == 55)
        #expect(staging.contains { !prod.contains($0.key) && $0.enabled })
    }

    @Test(arguments: [0, 1, 100, 523, 2_000])
    func prodCanHaveAnySize(count: Int) {
        let prod = Self.audiences("prod", count: count)
        #expect(prod.count == count)
        #expect(Set(prod.map(\.key)).count == count)
        #expect(Set(prod.map(\.name)).count == count)
    }

    @Test func aLaterRunFindsTheSameNumbers() async throws {
        try await withSandbox { (sandbox, _, clock) async throws in
            clock.advance(by: .seconds(4 * 86_400))
            let limit = Timestamp.iso8601(clock.now() - .seconds(90 * 86_400))
            #expect(sandbox.snapshot(RawClient.prod).filter { $0.enabled && $0.updatedAt < limit }.count == 37)
        }
    }
}
