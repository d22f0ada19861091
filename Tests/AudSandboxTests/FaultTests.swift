// Faults: each effect as a client meets it, and the counting of the rules.

import Testing

@testable import AudSandbox

@Suite("Faults") struct FaultTests {
    private static let page = RawClient.audiences + "?pagination.count=100"
    private static let off = #"{"enabled":false}"#

    @Test func theConnectionDropsAfterTheChange() async throws {
        try await withSandbox({ $0.faults = [SandboxFault(.dropAfterApplying, on: [.update])] }) {
            (sandbox, client, _) async throws in
            let audience = try #require(sandbox.snapshot(RawClient.prod).first { $0.enabled })
            let answer = try await client.send("PATCH", RawClient.audiences + "/" + audience.id, body: Self.off)
            #expect(answer == nil)
            #expect(sandbox.audience(audience.id, in: RawClient.prod)?.enabled == false)
            #expect(sandbox.requests.last?.status == nil)
        }
    }

    @Test func theConnectionDropsBeforeTheChange() async throws {
        try await withSandbox({ $0.faults = [SandboxFault(.dropBeforeApplying)] }) {
            (sandbox, client, _) async throws in
            let audience = try #require(sandbox.snapshot(RawClient.prod).first { $0.enabled })
            #expect(try await client.send("PATCH", RawClient.audiences + "/" + audience.id, body: Self.off) == nil)
            #expect(try await client.send("DELETE", RawClient.audiences + "/" + audience.id) == nil)
            #expect(sandbox.audience(audience.id, in: RawClient.prod) == audience)
        }
    }

    @Test(arguments: [true, false])
    func aServerErrorComesWithOrWithoutTheChange(applying: Bool) async throws {
        try await withSandbox({
            $0.faults = [SandboxFault(.serverError(applying: applying), on: [.remove])]
        }) { (sandbox, client, _) async throws in
            let audience = sandbox.snapshot(RawClient.prod)[0]
            let answer = try await client.delete(RawClient.audiences + "/" + audience.id)
            #expect(answer.status == 500)
            #expect(answer.error?["type"]?.text == "RequestError")
            #expect((sandbox.audience(audience.id, in: RawClient.prod) == nil) == applying)
        }
    }

    @Test func anHTMLPageStandsInForTheAPI() async throws {
        try await withSandbox({ $0.faults = [SandboxFault(.html(status: 429))] }) { (_, client, _) async throws in
            let answer = try await client.get(Self.page)
            #expect(answer.status == 429)
            #expect(answer.headers["content-type"] == "text/html")
            #expect(answer.body.hasPrefix("<html>"))
        }
    }

    @Test func aBodyIsCutInTheMiddle() async throws {
        try await withSandbox({
            $0.faults = [
                SandboxFault(.cutBody(keeping: 500), times: 1), SandboxFault(.truncateBody(keeping: 400), times: 1),
            ]
        }) { (sandbox, client, _) async throws in
            let cut = try await client.get(Self.page)
            #expect(cut.status == 200)
            #expect(cut.body.utf8.count <= 500)
            #expect(!cut.isComplete)
            let truncated = try await client.get(Self.page)
            #expect(truncated.body.utf8.count == 400)
            #expect(truncated.isComplete)
            #expect(truncated.json == nil)
            #expect(try await client.get(Self.page).ids.count == 100)
        }
    }

    @Test func onePageOfAListingFails() async throws {
        try await withSandbox({ $0.faults = [SandboxFault(.status(503), on: [.list], page: 2)] }) {
            (_, client, _) async throws in
            #expect(try await client.get(Self.page).status == 200)
            #expect(try await client.get(Self.page + "&pagination.cursor=MTAw").status == 503)
            #expect(try await client.get(Self.page + "&pagination.cursor=MjAw").status == 200)
        }
    }

    @Test func everyKthRequestFailsAfterTheFirstFew() async throws {
        try await withSandbox({ $0.faults = [SandboxFault(.status(500), skip: 2, every: 3, times: 2)] }) {
            (_, client, _) async throws in
            var statuses: [Int] = []
            for _ in 0..<14 { statuses.append(try await client.get(Self.page).status) }
            #expect(statuses == [200, 200, 200, 200, 500, 200, 200, 500, 200, 200, 200, 200, 200, 200])
        }
    }

    @Test func aRuleCanMeanOneAudience() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let all = sandbox.snapshot(RawClient.prod)
            sandbox.faults = [SandboxFault(.status(403), audience: all[1].id)]
            #expect(try await client.get(RawClient.audiences + "/" + all[0].id).status == 200)
            #expect(try await client.get(RawClient.audiences + "/" + all[1].id).status == 403)
            sandbox.faults = []
            #expect(try await client.get(RawClient.audiences + "/" + all[1].id).status == 200)
        }
    }

    @Test func theFirstRuleThatFiresWinsAndSettingRulesRestartsTheCount() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let rules = [SandboxFault(.status(501), times: 1), SandboxFault(.status(502), times: 1)]
            for _ in 0..<2 {
                sandbox.faults = rules
                var statuses: [Int] = []
                for _ in 0..<3 { statuses.append(try await client.get(Self.page).status) }
                #expect(statuses == [501, 502, 200])
            }
        }
    }

    @Test func oddAnswers() async throws {
        try await withSandbox({
            $0.faults = [
                SandboxFault(.emptyBody, times: 1), SandboxFault(.repeatCursor, times: 1),
                SandboxFault(.redirect(to: "https://example.com/"), times: 1),
                SandboxFault(
                    .answer(
                        .init(status: 429, contentType: nil, headers: ["Retry-After": "7"]), applying: false), times: 1),
            ]
        }) { (_, client, _) async throws in
            let empty = try await client.get(Self.page)
            #expect(empty.status == 200)
            #expect(empty.body.isEmpty)
            let again = try await client.get(Self.page + "&pagination.cursor=MTAw")
            #expect(again.page?["next"]?.text == "MTAw")
            let redirect = try await client.get(Self.page)
            #expect(redirect.status == 302)
            #expect(redirect.headers["location"] == "https://example.com/")
            #expect(try await client.get(Self.page).headers["retry-after"] == "7")
        }
    }

    @Test func latencyAndDelaysPassOnTheSandboxsClock() async throws {
        try await withSandbox({
            $0.latency = .milliseconds(250)
            $0.faults = [SandboxFault(.delay(.seconds(90)), times: 1)]
        }) { (sandbox, client, clock) async throws in
            let start = clock.now()
            #expect(try await client.get(Self.page).status == 200)
            #expect(clock.now() - start == .milliseconds(90_250))
            #expect(try await client.get(Self.page).status == 200)
            #expect(clock.now() - start == .milliseconds(90_500))
            // The decision falls between the latency and the delay.
            #expect(sandbox.requests.map { $0.at - start } == [.milliseconds(250), .milliseconds(90_500)])
        }
    }

    @Test func aHangingAnswerEndsWithTheSandbox() async throws {
        let sandbox = Sandbox(
            {
                var options = SandboxOptions()
                options.faults = [SandboxFault(.hang)]
                return options
            }())
        let client = RawClient(url: try await sandbox.start())
        async let answer = client.send("GET", Self.page)
        while sandbox.requests.isEmpty { await Task.yield() }
        await sandbox.stop()
        #expect(try await answer == nil)
    }

    @Test func aSimulatedProxyKnowsNoRateHeaders() async throws {
        try await withSandbox({
            $0.limits = .seed
            $0.faults = [SandboxFault(.html(status: 429), times: 1)]
        }) { (_, client, _) async throws in
            let proxy = try await client.get(Self.page)
            #expect(proxy.headers["x-ratelimit-remaining"] == nil)
            #expect(try await client.get(Self.page).headers["x-ratelimit-remaining"] == "23")
        }
    }

    @Test(arguments: [-1, 0, 100, 199, 600, 1_000]) func aStatusThatIsNoneBecomes500(status: Int) async throws {
        try await withSandbox({ $0.faults = [SandboxFault(.status(status))] }) { (_, client, _) async throws in
            #expect(try await client.get(Self.page).status == 500)
        }
    }

    @Test func faultsDoNotPreemptTheRateLimit() async throws {
        try await withSandbox({
            $0.limits = .init(list: 1, get: nil, update: nil, remove: nil)
            $0.faults = [SandboxFault(.status(500))]
        }) { (_, client, _) async throws in
            #expect(try await client.get(Self.page).status == 500)
            #expect(try await client.get(Self.page).status == 429)
        }
    }
}
