// The rule of the ledger by itself: what is granted when, and what moves it.

import AudTesting
import HTTPTypes
import SegmentAudiences
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LedgerTests {
    private let clock = VirtualClock()

    private func ledger(_ count: Int) -> InProcessLedger {
        InProcessLedger(limits: LimitSet([.update: Limit(count: count)]), time: clock)
    }

    private func headers(consumed: Int, remaining: Int, reset: String? = nil) throws -> RateHeaders {
        var fields: HTTPFields = [.consumed: "\(consumed)", .remaining: "\(remaining)"]
        if let reset { fields[try #require(HTTPField.Name("X-RateLimit-Reset"))] = reset }
        return RateHeaders(fields, now: clock.wallNow())
    }

    @Test("Call k may be sent no earlier than 60 s after the answer to call k−L")
    func rule() async throws {
        let ledger = ledger(2)
        try await clock.run {
            let first = try #require(await ledger.take())
            let second = try #require(await ledger.take())
            try await clock.sleep(for: .seconds(3))
            await ledger.close(first, .answered)
            try await clock.sleep(for: .seconds(4))
            await ledger.close(second, .answered)
            #expect(await ledger.reserve(.update) == .notBefore(clock.now().advanced(by: .seconds(56))))
            try await clock.sleep(for: .seconds(56))
            #expect(await ledger.take() != nil)
            #expect(await ledger.reserve(.update) == .notBefore(clock.now().advanced(by: .seconds(4))))
        }
    }

    @Test("An unanswered call counts as if its answer came as late as it can; one that timed out a little longer")
    func unanswered() async throws {
        let ledger = ledger(1)
        try await clock.run {
            let call = try #require(await ledger.take())
            #expect(await ledger.reserve(.update) == .notBefore(clock.now().advanced(by: .seconds(125))))
            await ledger.close(call, .timedOut)
            #expect(await ledger.reserve(.update) == .notBefore(clock.now().advanced(by: .seconds(65))))
        }
    }

    @Test("A call that never left does not count")
    func notSent() async throws {
        let ledger = ledger(1)
        let call = try #require(await ledger.take())
        await ledger.close(call, .notSent)
        #expect(await ledger.take() != nil)
    }

    @Test("Headers lower a limit at once; a higher one is only proposed")
    func observedLimits() async throws {
        let ledger = ledger(10)
        let call = try #require(await ledger.take())
        await ledger.observe(try headers(consumed: 1, remaining: 49), of: call)
        var status = try #require(await ledger.snapshot().first)
        #expect(status.limit == Limit(count: 10, provenance: .profile))
        #expect(status.proposed == Limit(count: 50, provenance: .observed))
        await ledger.observe(try headers(consumed: 1, remaining: 4), of: call)
        status = try #require(await ledger.snapshot().first)
        #expect(status.limit == Limit(count: 5, provenance: .observed))
        #expect(status.proposed == nil)
        #expect(status.used == 1)
    }

    @Test("Calls of others count until the server's window ends")
    func foreignCalls() async throws {
        let ledger = ledger(10)
        let call = try #require(await ledger.take())
        await ledger.close(call, .answered)
        await ledger.observe(try headers(consumed: 10, remaining: 0, reset: "25"), of: call)
        #expect(await ledger.nextFree(.update) == clock.now().advanced(by: .seconds(25)))
        #expect(await ledger.snapshot().first?.used == 10)
    }

    @Test("Own calls in flight are not taken for calls of others")
    func ownCalls() async throws {
        let ledger = ledger(10)
        let first = try #require(await ledger.take())
        _ = await ledger.take()
        _ = await ledger.take()
        await ledger.close(first, .answered)
        await ledger.observe(try headers(consumed: 3, remaining: 7), of: first)
        #expect(await ledger.snapshot().first?.used == 3)
    }

    @Test("A bucket without a limit is never waited for, but a 429 blocks it all the same")
    func unlimited() async throws {
        let ledger = InProcessLedger(limits: .unlimited, time: clock)
        for _ in 0..<500 { #expect(await ledger.take() != nil) }
        #expect(await ledger.estimate(.update, calls: 1000) == .zero)
        let until = clock.now().advanced(by: .seconds(9))
        await ledger.block(.update, until: until)
        #expect(await ledger.reserve(.update) == .notBefore(until))
    }

    @Test("The bill", arguments: [(1, 0), (10, 0), (11, 60), (20, 60), (21, 120), (137, 780), (0, 0)])
    func estimate(calls: Int, seconds: Int) async {
        #expect(await ledger(10).estimate(.update, calls: calls) == .seconds(seconds))
    }

    @Test("The bill with calls that count already")
    func estimateInUse() async throws {
        let ledger = ledger(10)
        try await clock.run {
            for _ in 0..<4 { await ledger.close(try #require(await ledger.take()), .answered) }
            try await clock.sleep(for: .seconds(20))
        }
        #expect(await ledger.estimate(.update, calls: 6) == .zero)
        #expect(await ledger.estimate(.update, calls: 7) == .seconds(40))
        #expect(await ledger.estimate(.update, calls: 11) == .seconds(60))
        #expect(await ledger.estimate(.update, calls: 17) == .seconds(100))
    }

    @Test("The bill takes a call that was just sent for answered, and one that is overdue for lost")
    func estimateInFlight() async throws {
        let ledger = ledger(10)
        for _ in 0..<10 { _ = try #require(await ledger.take()) }
        #expect(await ledger.estimate(.update, calls: 1) == .seconds(60))
        // What may be sent is another matter: without an answer nobody knows when the server saw them.
        #expect(await ledger.nextFree(.update) == clock.now().advanced(by: .seconds(125)))
        try await clock.run { try await clock.sleep(for: .seconds(10)) }
        #expect(await ledger.estimate(.update, calls: 1) == .seconds(115))
    }

    @Test(
        "Limits in configuration",
        arguments: [
            ("10/60s", "10/60s"), ("5/1m", "5/60s"), ("3/500ms", "3/500ms"), ("0/60s", nil), ("10", nil),
            ("10/60", nil),
            ("-1/60s", nil), ("10/0s", nil), ("10/60s/x", nil),
        ] as [(String, String?)])
    func configuration(_ text: String, _ written: String?) {
        #expect(Limit(text)?.description == written)
    }
}

extension RateLedger {
    fileprivate func take() async -> Reservation? {
        guard case .granted(let reservation) = try? await reserve(.update) else { return nil }
        return reservation
    }
}
