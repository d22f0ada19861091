// The classes of failure: what is sent again, when, and what ends the call.

import AudTesting
import HTTPTypes
import SegmentAudiences
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RetryTests {
    private let clock = VirtualClock()

    @Test("429: waits as long as the body says, and does not count as a failure")
    func rateLimited() async throws {
        let refusals = Array(repeating: Step.tooMany(milliseconds: 57_647), count: 12)
        let server = ScriptedTransport(clock, refusals + [.audience()])
        let client = try service(clock, server).within(RunBudget(retries: 0)).reading
        let audience = try await clock.run { try await client.get("aud_1", in: "s") }
        #expect(audience.id == "aud_1")
        #expect(server.records.count == 13)
        #expect(server.gaps.allSatisfy { $0 > 57.6 && $0 < 58 })
    }

    @Test("429: the wait moves the whole bucket, not one call")
    func rateLimitMovesBucket() async throws {
        let server = ScriptedTransport(clock, [.tooMany(milliseconds: 30_000), .audience()])
        let client = try service(clock, server).reading
        await clock.run {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await client.get("aud_1", in: "s") }
                group.addTask {
                    try? await clock.sleep(for: .seconds(5))
                    _ = try? await client.get("aud_2", in: "s")
                }
            }
        }
        let start = try #require(server.records.first?.sentAt)
        #expect(server.records.count == 3)
        #expect(server.records.dropFirst().allSatisfy { $0.sentAt - start >= .milliseconds(30_100) })
    }

    @Test("429 in HTML without a word about waiting: the next try comes after a whole window")
    func htmlRateLimit() async throws {
        let html = Step.answer(429, headers: [.contentType: "text/html"], body: "<html><body>Slow down</body></html>")
        let server = ScriptedTransport(clock, [html, .audience()])
        let client = try service(clock, server).reading
        _ = try await clock.run { try await client.get("aud_1", in: "s") }
        #expect(server.gaps.first.map { $0 >= 60 && $0 < 61 } == true)
    }

    @Test("429 that asks for no wait is not asked again in a tight loop")
    func rateLimitWithoutWait() async throws {
        let server = ScriptedTransport(clock, Array(repeating: .tooMany(milliseconds: 0), count: 8) + [.audience()])
        let client = try service(clock, server).reading
        _ = try await clock.run { try await client.get("aud_1", in: "s") }
        #expect(server.gaps.last.map { $0 > 6 } == true)
    }

    @Test("429 beyond the deadline: not waited for")
    func rateLimitBeyondDeadline() async throws {
        let server = ScriptedTransport(clock, [.tooMany(milliseconds: 57_647)])
        let budget = RunBudget(deadline: clock.now().advanced(by: .seconds(10)))
        let client = try service(clock, server).within(budget).writing
        let error = try await clock.run {
            try await failure { try await client.setEnabled(true, id: "aud_1", in: "s") }
        }
        #expect(error.kind == .rateLimited)
        #expect(error.message.contains("58 s"))
        #expect(clock.elapsed < .seconds(1001))
    }

    @Test(
        "A read on 5xx, a time-out and a broken connection: exponential, then the answer",
        arguments: [
            Step.error(500), .error(503), .silence, .drop, .refuse,
            .answer(200, body: #"{"data":{"audience":{"id":"a"#),
        ])
    func readIsRetried(_ fault: Step) async throws {
        let server = ScriptedTransport(clock, [fault, fault, fault, .audience()])
        let client = try service(clock, server).reading
        let audience = try await clock.run { try await client.get("aud_1", in: "s") }
        #expect(audience.id == "aud_1")
        let busy = (server.gaps.first ?? 0) - 0.5
        #expect(server.gaps.map { (($0 - busy) * 10).rounded() / 10 } == [0.5, 1, 2])
    }

    @Test("Full jitter: a small random number means a short wait")
    func jitter() async throws {
        let server = ScriptedTransport(clock, latency: .zero, [.error(500), .error(500), .audience()])
        let client = try service(clock, server, random: 0.1).reading
        _ = try await clock.run { try await client.get("aud_1", in: "s") }
        #expect(server.gaps.map { ($0 * 100).rounded() / 100 } == [0.05, 0.1])
    }

    @Test("503 with Retry-After: at least as long as it says")
    func retryAfter() async throws {
        let server = ScriptedTransport(clock, [.error(503, headers: [.retryAfter: "7"]), .audience()])
        let client = try service(clock, server).reading
        _ = try await clock.run { try await client.get("aud_1", in: "s") }
        #expect(server.gaps.first.map { $0 >= 7 } == true)
    }

    @Test("The retries of one call are bounded")
    func attemptsAreBounded() async throws {
        let server = ScriptedTransport(clock, [.error(500, "boom")])
        let client = try service(clock, server).reading
        let error = try await clock.run { try await failure { try await client.get("a", in: "s") } }
        #expect(error.kind == .server)
        #expect(error.attempts == 6)
        #expect(error.isRetryable)
        #expect(error.message.contains("boom"))
    }

    @Test("The retries of a run are bounded, and successes pay for more")
    func budgetIsShared() async throws {
        let server = ScriptedTransport(clock, [.error(500)])
        let budget = RunBudget(retries: 7)
        let client = try service(clock, server).within(budget).reading
        await clock.run {
            for _ in 0..<4 { _ = try? await client.get("a", in: "s") }
        }
        #expect(server.records.count == 4 + 7)
        #expect(budget.retriesLeft == 0)

        let healthy = ScriptedTransport(clock, [.audience("a")])
        let other = try service(clock, healthy).within(budget).reading
        await clock.run {
            for _ in 0..<20 { _ = try? await other.get("a", in: "s") }
        }
        #expect((1...2).contains(budget.retriesLeft))
    }

    @Test(
        "Statuses that no second try mends end the call at once",
        arguments: [
            (400, APIError.Kind.validation), (401, .auth), (403, .forbidden), (404, .notFound), (413, .validation),
            (422, .validation), (301, .redirect), (302, .redirect), (307, .redirect), (308, .redirect),
        ])
    func finalStatuses(status: Int, kind: APIError.Kind) async throws {
        let server = ScriptedTransport(clock, [.error(status, "why", headers: [.location: "https://evil.example/"])])
        let service = try service(clock, server)
        let read = try await clock.run {
            try await failure { try await service.reading.get("a", in: "s") }
        }
        let change = try await clock.run {
            try await failure { try await service.writing.remove("a", in: "s") }
        }
        #expect(read.kind == kind)
        #expect(change.kind == kind)
        #expect(read.status == status)
        #expect(server.records.count == 2)
        #expect(server.records.allSatisfy { $0.request.url.hasPrefix("https://api.segmentapis.com/") })
    }

    @Test("Locked: queued again later, with a cap", arguments: [409, 423])
    func locked(_ status: Int) async throws {
        let server = ScriptedTransport(clock, latency: .zero, [.error(status), .error(status), .audience()])
        let client = try service(clock, server).writing
        _ = try await clock.run { try await client.setEnabled(true, id: "aud_1", in: "s") }
        #expect(server.gaps == [5, 10])

        let stuck = ScriptedTransport(clock, [.error(status)])
        let other = try service(clock, stuck).writing
        let error = try await clock.run {
            try await failure { try await other.setEnabled(true, id: "aud_1", in: "s") }
        }
        #expect(error.kind == .conflict)
        #expect(error.attempts == 6)
    }

    @Test("A change that found no connection was not sent: it is tried again like a read")
    func refusedChange() async throws {
        let server = ScriptedTransport(clock, [.refuse, .refuse, .audience()])
        let client = try service(clock, server).writing
        _ = try await clock.run { try await client.setEnabled(true, id: "aud_1", in: "s") }
        #expect(server.records.count == 3)

        let down = ScriptedTransport(clock, [.refuse])
        let other = try service(clock, down).writing
        let error = try await clock.run {
            try await failure { try await other.remove("aud_1", in: "s") }
        }
        #expect(error.kind == .network)
        #expect(!error.mayHaveBeenSent)
        #expect(error.isRetryable)
    }
}
