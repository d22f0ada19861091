// What a plan says of itself before anybody sends it.

import AudLanguage
import AudTesting
import SegmentAudiences
import Testing

@testable import AudRuntime

struct PlanTests {
    @Test func `confirmation grows with the impact`() {
        #expect(Plan.sample().confirmation == .none)
        #expect(Plan.sample(updates: 1).confirmation == .yes)
        #expect(Plan.sample(updates: 9).confirmation == .yes)
        #expect(Plan.sample(updates: 10).confirmation == .typeCount(10))
        #expect(Plan.sample(updates: 40, removals: 1).confirmation == .typeSpace("prod"))
    }

    @Test func `who is over a cap is told how to raise it from where they are`() {
        func help(_ caps: Caps, raising: Caps.Raising) -> String? {
            var caps = caps
            caps.raising = raising
            return Plan.sample(updates: 4, removals: 2).excess(over: caps)?.help
        }
        let atPrompt = Caps.Raising.setting(maxChanges: 6, maxRemoves: 1, maxPercent: nil)
        let (changes, removes) = (Caps(maxChanges: 3), Caps(maxRemoves: 1))
        #expect(help(changes, raising: .option)?.hasSuffix("raise the cap with --max-changes 6") == true)
        #expect(help(changes, raising: atPrompt)?.hasSuffix("raise the cap with `:set max-changes 6`") == true)
        #expect(
            help(removes, raising: atPrompt)?.hasSuffix(
                "start aud with --max-removes 2: `:set` raises no cap above the profile's 1") == true)
        let space = Space(id: "s1")
        var part = Caps(maxPercent: 1)
        #expect(part.excess(changes: 3, of: 212, in: space)?.help?.hasSuffix("--max-percent 2") == true)
        part.raising = atPrompt
        #expect(part.excess(changes: 3, of: 212, in: space)?.help?.hasSuffix("`:set max-percent 2`") == true)
    }

    @Test func `caps are measured against the whole plan`() {
        #expect(Plan.sample(updates: 100).excess(over: Caps()) == nil)
        #expect(
            Plan.sample(updates: 101).excess(over: Caps())?.message
                == "would change 101, the cap is 100 when nothing is said"
        )
        #expect(Plan.sample(updates: 3).excess(over: Caps(maxChanges: 2))?.message == "would change 3, the cap is 2")
        #expect(Plan.sample(removals: 3).excess(over: Caps(maxRemoves: 2))?.message == "would remove 3, the cap is 2")
        #expect(Plan.sample(removals: 3).excess(over: Caps(maxChanges: 2))?.code == .changeLimit)
        #expect(Plan.sample(removals: 2).excess(over: Caps(maxChanges: 2, maxRemoves: 2)) == nil)
    }

    @Test func `a plan that is not whole or rests on incomplete reads is refused`() {
        var failed = Plan.sample(updates: 1)
        failed.isComplete = false
        #expect(failed.refusal(caps: Caps(), allowIncomplete: true)?.exitCode == .refused)
        var partial = Plan.sample(updates: 1)
        partial.incomplete = ["the listing of prod gave 5 of 6 audiences"]
        #expect(partial.refusal(caps: Caps(), allowIncomplete: false)?.code == .incomplete)
        #expect(partial.refusal(caps: Caps(), allowIncomplete: true) == nil)
    }

    @Test func `the bill names the calls of each limit in the order of first use`() {
        let plan = Plan.sample(updates: 3, removals: 2)
        #expect(plan.buckets.map(\.bucket) == [.update, .remove])
        #expect(plan.buckets.map(\.calls) == [3, 2])
    }

    @Test(arguments: [(1, 0), (10, 0), (11, 60), (31, 180), (137, 780)])
    func `n updates at 10 a minute take a minute for each full ten before the last`(
        updates: Int, seconds: Int
    ) async throws {
        let clock = VirtualClock()
        let bill = try await Plan.sample(updates: updates).bill(
            ledger: InProcessLedger(limits: .seed, time: clock), now: clock.wallNow()
        )
        #expect(bill.duration == .seconds(seconds))
        #expect(bill.lines.map(\.duration) == [.seconds(seconds)])
        #expect(bill.finish == clock.wallNow().microseconds + Int64(seconds) * 1_000_000)
    }

    @Test func `a full bucket holds up the calls of the others behind it`() async throws {
        // 20 disables, then 25 removals: the removals begin when the last disable is sent, a minute later.
        let clock = VirtualClock()
        let bill = try await Plan.sample(updates: 20, removals: 25).bill(
            ledger: InProcessLedger(limits: .seed, time: clock), now: clock.wallNow()
        )
        #expect(bill.lines.map(\.duration) == [.seconds(60), .seconds(60)])
        #expect(bill.duration == .seconds(120))
    }

    @Test func `calls that were made already count against the bill`() async throws {
        let clock = VirtualClock()
        let ledger = InProcessLedger(limits: .seed, time: clock)
        for _ in 0..<10 {
            guard case .granted(let reservation) = await ledger.reserve(.update) else { throw Unexpected() }
            await ledger.close(reservation, .answered)
        }
        let bill = try await Plan.sample(updates: 1).bill(ledger: ledger, now: clock.wallNow())
        #expect(bill.duration == .seconds(60))
    }

    @Test(arguments: [(60, 60, 660), (60, 5, 360), (5, 60, 0), (6, 60, 60)])
    func `calls of other runs take every second turn`(own: Int, others: Int, seconds: Int) async throws {
        let clock = VirtualClock()
        let bill = try await Plan.sample(updates: own).bill(
            ledger: InProcessLedger(limits: .seed, time: clock), now: clock.wallNow(), others: [.update: others]
        )
        #expect(bill.duration == .seconds(seconds))
        #expect(bill.lines.map(\.duration) == [.seconds(seconds)])
        #expect(bill.lines.map(\.others) == [others])
    }

    @Test func `without limits a plan takes no time`() async throws {
        let bill = try await Plan.sample(updates: 500).bill(
            ledger: InProcessLedger(limits: .unlimited), now: Timestamp(microseconds: 0)
        )
        #expect(bill.duration == .zero)
        #expect(bill.lines.map(\.limit) == [nil])
    }

    @Test func `the plan as data has one record a call`() throws {
        guard case .list(let rows) = Plan.sample(updates: 1, removals: 1).value, case .record(let first) = rows[0]
        else {
            throw Unexpected()
        }
        #expect(rows.count == 2)
        #expect(
            first.shape.names
                == ["number", "verb", "id", "name", "key", "space", "spaceId", "before", "after", "source"]
        )
        #expect(first.text("verb") == "disable")
    }
}

extension Plan {
    static func sample(updates: Int = 0, removals: Int = 0) -> Plan {
        var plan = Plan()
        let space = Space(id: "s1", alias: "prod")
        let before = Value.record(RecordValue([("enabled", .bool(true))]))
        for number in 1...(max(1, updates + removals)) where number <= updates + removals {
            plan.calls.append(
                PlannedCall(
                    number: number, verb: number <= updates ? .disable : .remove, space: space, id: "a\(number)",
                    audience: nil, before: before,
                    after: number <= updates ? .record(RecordValue([("enabled", .bool(false))])) : .null,
                    source: "stale.aud:2", span: Span(file: 0, start: 0, end: 1), policy: .stop
                )
            )
        }
        return plan
    }
}
