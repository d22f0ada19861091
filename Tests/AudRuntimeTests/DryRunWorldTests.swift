// A dry run reads the real workspace, changes nothing, and shows later reads what it would have changed.

import AudLanguage
import AudTesting
import SegmentAudiences
import Testing

@testable import AudRuntime

struct DryRunWorldTests {
    @Test func `after disable, get and list show it disabled, and the server is unchanged`() async throws {
        let bench = Bench(FakeWorkspace(count: 5))
        let audience = try await bench.dry.get("a1")
        #expect(audience.isEnabled == true)
        let outcomes = try await bench.dry.change(.disable, audience)
        #expect(outcomes.map(\.status) == [.planned])
        #expect(try await bench.dry.get("a1").isEnabled == false)
        #expect(try await bench.dry.list().map(\.isEnabled) == [false, true, false, true, true])
        #expect(bench.fake.enabled["a1"] == true)
        #expect(bench.fake.writes.isEmpty)
    }

    @Test func `after remove, list is one shorter and get answers as the server would`() async throws {
        let bench = Bench(FakeWorkspace(count: 5, pageSize: 2))
        try await bench.dry.change(.remove, try await bench.dry.get("a2"))
        #expect(try await bench.dry.list().map { $0.text("id") } == ["a1", "a3", "a4", "a5"])
        let error = try await #require(throws: RuntimeError.self) { try await bench.dry.get("a2") }
        #expect(error.kind == .notFound)
        #expect(error.status == 404)
        #expect(error.message == "there is no audience a2 in prod: this dry run removed it")
        #expect(bench.record.incomplete.isEmpty)
        #expect(bench.fake.writes.isEmpty)
    }

    @Test func `what is so already is skipped and costs no request`() async throws {
        let bench = Bench(FakeWorkspace(count: 3))
        let disabled = try await bench.dry.get("a3")
        let before = bench.fake.calls.count
        #expect(try await bench.dry.change(.disable, disabled).map(\.status) == [.skipped])
        #expect(bench.fake.calls.count == before)
        #expect(await bench.dry.checkpoint.plan.isEmpty)
    }

    @Test func `what was recorded counts for more than what the script still holds`() async throws {
        let bench = Bench(FakeWorkspace(count: 3))
        let audience = try await bench.dry.get("a1")
        #expect(try await bench.dry.change(.disable, audience).map(\.status) == [.planned])
        #expect(try await bench.dry.change(.disable, audience).map(\.status) == [.skipped])
        #expect(try await bench.dry.change(.enable, audience).map(\.status) == [.planned])
        #expect(try await bench.dry.change(.remove, audience).map(\.status) == [.planned])
        let again = try await bench.dry.change(.remove, audience)
        #expect(again.map(\.status) == [.gone])
        #expect(again[0].error == nil)
        let late = try await bench.dry.change(.enable, audience)
        #expect(late.map(\.status) == [.gone])
        #expect(late[0].error?.kind == .notFound)
        #expect(await bench.dry.checkpoint.plan.calls.map(\.verb) == [.disable, .enable, .remove])
    }

    @Test func `a target known only by its id is read first`() async throws {
        let bench = Bench(FakeWorkspace(count: 3))
        let outcomes = try await bench.dry.change(.disable, [.id("a1"), .id("a3"), .id("a1")])
        #expect(outcomes.map(\.status) == [.planned, .skipped, .skipped])
        let call = try #require(await bench.dry.checkpoint.plan.calls.first)
        #expect(call.name == "Audience a1")
        #expect(call.change == "enabled: true → false")
        let gone = try await bench.dry.change(.remove, [.id("nobody"), .id("a1")])
        #expect(gone.map(\.status) == [.gone, .notAttempted])
        #expect(gone[0].error?.kind == .notFound)
    }

    @Test func `targets of other spaces are planned in their own`() async throws {
        let fake = FakeWorkspace([
            "s1": [.sample("a1")], "s2": [.sample("b1", space: "s2"), .sample("b2", space: "s2")],
        ])
        let bench = Bench(fake)
        let other = try await bench.dry.get("b1", "staging")
        _ = try await bench.dry.change(.disable, [.of(other), .id("b2", space: "staging"), .id("a1")])
        let plan = await bench.dry.checkpoint.plan
        #expect(plan.calls.map(\.space.id) == ["s2", "s2", "s1"])
        #expect(plan.calls.map(\.space.name) == ["staging", "staging", "prod"])
        #expect(try await bench.dry.list("staging").map(\.isEnabled) == [false, false])
    }

    @Test func `a planned call tells all that is needed to judge it`() async throws {
        let bench = Bench(FakeWorkspace(count: 3))
        let first = try await bench.dry.get("a1")
        try await bench.dry.change(.disable, first)
        try await bench.dry.change(.remove, first)
        let plan = await bench.dry.checkpoint.plan
        let call = plan.calls[0]
        #expect(call.number == 1)
        #expect([call.id, call.name, call.key] == ["a1", "Audience a1", "key_a1"])
        #expect(call.source == "stale.aud:2")
        #expect(plan.calls[1].number == 2)
        #expect(plan.calls[1].change == "removed")
        // The second call starts from what the first one leaves behind.
        guard case .record(let before) = plan.calls[1].before else { throw Unexpected() }
        #expect(before.isEnabled == false)
    }

    @Test func `print lines are marked only when the script can change something`() async {
        let changing = Bench(FakeWorkspace(count: 1), canChange: true)
        _ = await changing.dry.answer(.print("hello"))
        #expect(changing.output.lines == ["dry | hello"])
        let reading = Bench(FakeWorkspace(count: 1), canChange: false)
        _ = await reading.dry.answer(.print("hello"))
        #expect(reading.output.lines == ["hello"])
    }

    @Test func `confirm answers yes, asks nobody and is listed`() async {
        let bench = Bench(FakeWorkspace(count: 1), answer: false)
        guard case .value(.bool(true)) = await bench.dry.answer(.confirm("Really?")) else {
            Issue.record("a dry run goes on behind a question")
            return
        }
        #expect(bench.output.questions.isEmpty)
        #expect(bench.record.questions == ["Really?"])
    }

    @Test func `a wait passes real time only while nothing is recorded`() async throws {
        let bench = Bench(FakeWorkspace(count: 1))
        try await bench.clock.run {
            let start = bench.clock.elapsed
            guard case .value(.bool(true)) = await bench.dry.answer(.sleep(30_000_000)) else { throw Unexpected() }
            #expect(bench.clock.elapsed - start == .seconds(30))
            try await bench.dry.change(.disable, try await bench.dry.get("a1"))
            guard case .value(.bool(false)) = await bench.dry.answer(.sleep(30_000_000)) else { throw Unexpected() }
            #expect(bench.clock.elapsed - start == .seconds(30))
        }
    }

    @Test func `env gives only what the host allows`() async throws {
        let bench = Bench(FakeWorkspace(count: 1), options: SessionOptions(environment: ["TEAM": "growth"]))
        guard case .value(.string("growth")) = await bench.dry.answer(.environment("TEAM")) else { throw Unexpected() }
        guard case .failure(let error) = await bench.dry.answer(.environment("SEGMENT_TOKEN")) else {
            throw Unexpected()
        }
        #expect(error.message.contains("SEGMENT_TOKEN"))
        #expect(error.help == "it gives: TEAM")
    }

    @Test func `a read that fails inside an action makes the plan incomplete`() async throws {
        let bench = Bench(
            FakeWorkspace(
                count: 3,
                fault: { call, _ in
                    call == .get("a2") ? .refuse(.sample(.server, status: 500)) : nil
                }))
        let outcomes = try await bench.dry.change(.disable, [.id("a1"), .id("a2"), .id("a1")], .continue)
        #expect(outcomes.map(\.status) == [.planned, .failed, .skipped])
        #expect(bench.record.incomplete == ["The call ended as server"])
    }

    @Test func `a refused token ends the action whatever its policy`() async throws {
        let bench = Bench(
            FakeWorkspace(
                count: 3,
                fault: { call, _ in
                    call == .get("a2") ? .refuse(.sample(.auth, status: 401)) : nil
                }))
        let error = try await #require(throws: RuntimeError.self) {
            try await bench.dry.change(.disable, [.id("a1"), .id("a2"), .id("a3")], .continue)
        }
        #expect(error.kind == .auth)
        #expect(bench.record.outcomes.map(\.status) == [.planned, .notAttempted, .notAttempted])
    }

    @Test(arguments: 0..<40)
    func `no sequence of requests sends a change`(seed: Int) async {
        let fake = FakeWorkspace(
            count: 12, pageSize: 5,
            fault: { _, number in
                number % 7 == 0 ? .refuse(.sample(.server, status: 500)) : nil
            })
        let bench = Bench(fake)
        var random = SeededRandom(seed: UInt64(seed))
        var seen: [RecordValue] = []
        for _ in 0..<60 {
            let request = RandomRequest.next(using: &random, seen: seen)
            if case .page(let page, _) = await bench.dry.answer(request) {
                seen = page.compactMap { if case .record(let record) = $0 { record } else { nil } }
            }
        }
        #expect(fake.writes.isEmpty)
        #expect(!fake.calls.isEmpty)
    }
}
