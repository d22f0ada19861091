// The limits: per token and per operation, by two models, with the documented headers and body.

import Testing

@testable import AudSandbox

@Suite("Rate limits") struct RateLimitTests {
    private static let page = RawClient.audiences + "?pagination.count=1"

    @Test func everyAnswerSaysHowMuchIsLeft() async throws {
        try await withSandbox({ $0.limits = .seed }) { (_, client, clock) async throws in
            let first = try await client.get(Self.page)
            #expect(first.headers["x-ratelimit-consumed"] == "1")
            #expect(first.headers["x-ratelimit-remaining"] == "24")
            #expect(first.headers["x-ratelimit-reset"] == "Mon, 23 Nov 2026 12:01:00 GMT")
            #expect(first.headers["date"] == "Mon, 23 Nov 2026 12:00:00 GMT")
            clock.advance(by: .milliseconds(12_500))
            let second = try await client.get(Self.page)
            #expect(second.headers["x-ratelimit-remaining"] == "23")
            #expect(second.headers["x-ratelimit-reset"] == "Mon, 23 Nov 2026 12:01:00 GMT")
        }
    }

    @Test func theCallOverTheLimitGetsTheDocumentedBody() async throws {
        try await withSandbox({ $0.limits = .init(list: nil, get: nil, update: nil, remove: 20) }) {
            (_, client, clock) async throws in
            for _ in 0..<20 { #expect(try await client.delete(RawClient.audiences + "/aud_x").status == 404) }
            clock.advance(by: .milliseconds(2_353))
            let answer = try await client.delete(RawClient.audiences + "/aud_x")
            #expect(answer.status == 429)
            #expect(answer.headers["content-type"] == "application/json")
            #expect(
                answer.body
                    == #"{"errors":[{"type":"RequestError","message":"Too many requests","data":{"remainingPoints":0,"#
                    + #""msBeforeNext":57647,"consumedPoints":21}}]}"#)
            #expect(answer.headers["x-ratelimit-consumed"] == "21")
            #expect(answer.headers["x-ratelimit-remaining"] == "0")
            #expect(answer.headers["retry-after"] == nil)
        }
    }

    @Test func theFixedWindowOpensAtTheFirstCallAndCountsRejectedOnes() async throws {
        try await withSandbox({ $0.limits = .init(list: 2, get: nil, update: nil, remove: nil) }) {
            (_, client, clock) async throws in
            clock.advance(by: .seconds(17))
            #expect(try await client.get(Self.page).status == 200)
            clock.advance(by: .seconds(50))
            #expect(try await client.get(Self.page).status == 200)
            #expect(try await client.get(Self.page).status == 429)
            clock.advance(by: .milliseconds(9_999))
            let last = try await client.get(Self.page)
            #expect(last.status == 429)
            #expect(last.error?["data"]?["msBeforeNext"]?.number == 1)
            #expect(last.error?["data"]?["consumedPoints"]?.number == 4)
            clock.advance(by: .milliseconds(1))
            let next = try await client.get(Self.page)
            #expect(next.status == 200)
            #expect(next.headers["x-ratelimit-consumed"] == "1")
        }
    }

    @Test func theSlidingLogRemembersEachAcceptedCall() async throws {
        try await withSandbox({
            $0.limits = .init(list: 2, get: nil, update: nil, remove: nil)
            $0.rateModel = .slidingLog
        }) { (_, client, clock) async throws in
            #expect(try await client.get(Self.page).status == 200)
            clock.advance(by: .seconds(50))
            #expect(try await client.get(Self.page).status == 200)
            let rejected = try await client.get(Self.page)
            #expect(rejected.status == 429)
            #expect(rejected.error?["data"]?["msBeforeNext"]?.number == 10_000)
            clock.advance(by: .seconds(10))
            // The first has left, the second has not, and the rejected call never counted.
            #expect(try await client.get(Self.page).status == 200)
            #expect(try await client.get(Self.page).status == 429)
        }
    }

    @Test func eachOperationAndEachTokenHasItsOwnBucket() async throws {
        try await withSandbox({ $0.limits = .init(list: 1, get: 1, update: 1, remove: 1) }) {
            (_, client, _) async throws in
            let one = RawClient.audiences + "/aud_x"
            #expect(try await client.get(Self.page).status == 200)
            #expect(try await client.get(one).status == 404)
            #expect(try await client.patch(one, #"{"enabled":true}"#).status == 404)
            #expect(try await client.delete(one).status == 404)
            #expect(try await client.get(Self.page).status == 429)
            #expect(try await client.get(one).status == 429)
            #expect(try await client.patch(one, #"{"enabled":true}"#).status == 429)
            #expect(try await client.delete(one).status == 429)
            var other = client
            other.token = "other"
            #expect(try await other.get(Self.page).status == 200)
        }
    }

    @Test func callsAtTheSameMomentNeverExceedTheLimit() async throws {
        try await withSandbox({ $0.limits = .seed }) { (sandbox, client, _) async throws in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<60 { group.addTask { try await client.get(Self.page).status } }
                return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(statuses == [200: 25, 429: 35])
            #expect(sandbox.requests.map(\.number) == Array(1...60))
        }
    }

    @Test func unauthorizedCallsAndUnknownPathsCountNowhere() async throws {
        try await withSandbox({
            $0.limits = .init(list: 1, get: 1, update: 1, remove: 1)
            $0.tokens = .only(["demo"])
        }) { (_, client, _) async throws in
            var stranger = client
            stranger.token = "stranger"
            #expect(try await stranger.get(Self.page).status == 401)
            #expect(try await client.get("/spaces").status == 404)
            #expect(try await client.get(Self.page).headers["x-ratelimit-consumed"] == "1")
        }
    }

    @Test func limitsCanChangeWhileItRuns() async throws {
        try await withSandbox({ $0.limits = .init(list: 1, get: nil, update: nil, remove: nil) }) {
            (sandbox, client, _) async throws in
            #expect(try await client.get(Self.page).status == 200)
            #expect(try await client.get(Self.page).status == 429)
            sandbox.limits = .current
            let answer = try await client.get(Self.page)
            #expect(answer.status == 200)
            #expect(answer.headers["x-ratelimit-consumed"] == "3")
            #expect(answer.headers["x-ratelimit-remaining"] == "57")
            sandbox.limits = .off
            #expect(try await client.get(Self.page).headers["x-ratelimit-consumed"] == nil)
        }
    }

    @Test func headersOnErrorsAreASwitch() async throws {
        try await withSandbox({ $0.limits = .init(list: 1, get: 1, update: 1, remove: 1) }) {
            (sandbox, client, _) async throws in
            let missing = try await client.get(RawClient.audiences + "/aud_x")
            #expect(missing.headers["x-ratelimit-remaining"] == "0")
            sandbox.behaviour.rateHeadersOnErrors = false
            let rejected = try await client.get(RawClient.audiences + "/aud_x")
            #expect(rejected.status == 429)
            #expect(rejected.headers.keys.contains { $0.hasPrefix("x-ratelimit") } == false)
            #expect(try await client.get(Self.page).headers["x-ratelimit-remaining"] == "0")
        }
    }

    @Test func theWindowsLengthIsAnOption() async throws {
        try await withSandbox({
            $0.limits = .init(list: 1, get: nil, update: nil, remove: nil)
            $0.window = .seconds(2)
        }) { (_, client, clock) async throws in
            #expect(try await client.get(Self.page).status == 200)
            clock.advance(by: .milliseconds(1_999))
            #expect(try await client.get(Self.page).status == 429)
            clock.advance(by: .milliseconds(1))
            #expect(try await client.get(Self.page).status == 200)
        }
    }

    @Test func namedLimitsAreThePublishedFigures() {
        #expect(SandboxLimits(named: "seed") == SandboxLimits(list: 25, get: 100, update: 10, remove: 20))
        #expect(SandboxLimits(named: "current") == SandboxLimits(list: 60, get: 100, update: 50, remove: 50))
        #expect(SandboxLimits(named: "off") == .off)
        #expect(SandboxLimits(named: "Seed") == nil)
    }

    /// The client's rule, tried on both models: call k leaves no earlier than a window after the answer to call k−L.
    @Test(arguments: SandboxRateModel.allCases)
    func theClientsRuleIsNeverRejected(model: SandboxRateModel) {
        let limit = 10
        for seed in 0..<50 {
            var random = RandomSource(seed: UInt64(seed), stream: "schedule")
            var limiter = RateLimiter(model: model, window: .seconds(60))
            var now = Duration.seconds(random.below(1_000))
            var answered: [Duration] = []
            for call in 0..<137 {
                if call >= limit { now = max(now, answered[call - limit] + .seconds(60)) }
                let arrival = now + .milliseconds(random.below(300))
                let verdict = limiter.admit(token: "t", operation: .update, limit: limit, at: arrival)
                #expect(verdict.allowed, "call \(call) of schedule \(seed)")
                now = arrival + .milliseconds(random.below(300))
                answered.append(now)
            }
        }
    }

    /// And the rule is tight: the same calls without the answer's way back are sometimes rejected by the sliding log.
    @Test func sendingByDepartureTimesIsRejected() {
        var limiter = RateLimiter(model: .slidingLog, window: .seconds(60))
        #expect(limiter.admit(token: "t", operation: .update, limit: 1, at: .milliseconds(200)).allowed)
        #expect(!limiter.admit(token: "t", operation: .update, limit: 1, at: .seconds(60)).allowed)
    }
}
