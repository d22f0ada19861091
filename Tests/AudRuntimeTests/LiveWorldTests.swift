// Live, a change goes out when the script reaches it; what holds already costs nothing, and whatever happens, each
// target has exactly one outcome.

import AudLanguage
import SegmentAudiences
import Testing

@testable import AudRuntime

struct LiveWorldTests {
    @Test func `changes are sent in order, and what holds already is not sent`() async throws {
        let bench = Bench(FakeWorkspace(count: 4))
        let all = try await bench.live.list()
        let outcomes = try await bench.live.change(.disable, all.map { .of($0) })
        #expect(outcomes.map(\.status) == [.done, .done, .skipped, .done])
        #expect(bench.fake.writes == [.setEnabled(false, "a1"), .setEnabled(false, "a2"), .setEnabled(false, "a4")])
        #expect(bench.fake.calls.count == 4)
    }

    @Test func `a target known only by its id is read before an update, and any target before its removal`()
        async throws
    {
        let bench = Bench(FakeWorkspace(count: 3))
        #expect(try await bench.live.change(.disable, [.id("a1"), .id("a3")]).map(\.status) == [.done, .skipped])
        #expect(bench.fake.calls == [.get("a1"), .setEnabled(false, "a1"), .get("a3")])
        #expect(try await bench.live.change(.remove, [.id("a2")]).map(\.status) == [.done])
        // Who refers to it is looked up before.
        #expect(bench.fake.calls.suffix(3) == [.page(space: "s1", cursor: nil), .get("a2"), .remove("a2")])
        // A removal writes down what it destroys, so what the script had read long ago is not enough.
        let seen = try await bench.live.get("a1")
        #expect(try await bench.live.change(.remove, seen).map(\.status) == [.done])
        #expect(bench.fake.calls.suffix(2) == [.get("a1"), .remove("a1")])
    }

    /// A removal cannot be undone, and it reads its audience anyway.
    @Test func `a removal leaves alone what somebody else has changed since it was read, and the rest goes on`()
        async throws
    {
        let bench = Bench(FakeWorkspace(count: 4))
        let all = try await bench.live.list()
        bench.fake.mutate("a1") { $0.with(enabled: false) }
        bench.fake.mutate("a2") { $0.with("name", .string("theirs")) }
        // What the script itself has done is no drift.
        try await bench.live.change(.disable, all[3])
        let outcomes = try await bench.live.change(.remove, [.of(all[0]), .of(all[1]), .of(all[3])])
        #expect(outcomes.map(\.status) == [.drifted, .drifted, .done])
        #expect(outcomes[0].error?.message.hasSuffix(": enabled") == true)
        #expect(bench.fake.writes == [.setEnabled(false, "a4"), .remove("a4")])
    }

    @Test func `what this session changed is known to it, until a newer read`() async throws {
        let bench = Bench(FakeWorkspace(count: 3))
        let audience = try await bench.live.get("a1")
        try await bench.live.change(.disable, audience)
        #expect(try await bench.live.change(.disable, audience).map(\.status) == [.skipped])
        // Somebody else enables it, the script reads it again, and may then disable it with its old value.
        _ = try await bench.fake.setEnabled(true, id: "a1", in: "s1")
        _ = try await bench.live.get("a1")
        #expect(try await bench.live.change(.disable, audience).map(\.status) == [.done])
        #expect(bench.fake.enabled["a1"] == false)
        // A listing counts as a read too, and tells what somebody else did.
        _ = try await bench.fake.setEnabled(true, id: "a1", in: "s1")
        _ = try await bench.live.list()
        #expect(try await bench.live.change(.disable, audience).map(\.status) == [.done])
    }

    @Test(arguments: [
        (APIError.Kind.notFound, Outcome.Status.gone), (.conflict, .failed), (.validation, .failed), (.server, .failed),
        (.network, .failed), (.invalidArgument, .failed),
    ])
    func `a refusal is the outcome of its item`(kind: APIError.Kind, status: Outcome.Status) async throws {
        let bench = Bench(
            FakeWorkspace(
                count: 4,
                fault: { call, _ in
                    call == .setEnabled(false, "a2") ? .refuse(.sample(kind, status: 400)) : nil
                }))
        let all = try await bench.live.list()
        let going = try await bench.live.change(.disable, all.map { .of($0) }, .continue)
        #expect(going.map(\.status) == [.done, status, .skipped, .done])
        #expect(going[1].error != nil)
        let stopping = Bench(
            FakeWorkspace(
                count: 4,
                fault: { call, _ in
                    call == .setEnabled(false, "a2") ? .refuse(.sample(kind, status: 400)) : nil
                }))
        let first = try await stopping.live.change(.disable, all.map { .of($0) })
        #expect(first.map(\.status) == [.done, status, .notAttempted, .notAttempted])
    }

    @Test(arguments: [APIError.Kind.auth, .forbidden, .budget, .rateLimited, .cancelled])
    func `what concerns the whole run ends it whatever the policy`(kind: APIError.Kind) async throws {
        let bench = Bench(
            FakeWorkspace(
                count: 4,
                fault: { call, _ in
                    call == .setEnabled(false, "a2") ? .refuse(.sample(kind)) : nil
                }))
        let all = try await bench.live.list()
        let error = try await #require(throws: RuntimeError.self) {
            try await bench.live.change(.disable, all.map { .of($0) }, .continue)
        }
        #expect(!error.kind.canBeCaught)
        #expect(bench.record.outcomes.map(\.status) == [.done, .notAttempted, .notAttempted, .notAttempted])
    }

    @Test func `an unknown outcome is settled by a read before anything else`() async throws {
        let applied = Bench(
            FakeWorkspace(
                count: 2,
                fault: { call, number in
                    call.isWrite && number == 2 ? .applyThen(.sample(.outcomeUnknown, cause: .network)) : nil
                }))
        let first = try await applied.live.change(.disable, try await applied.live.list()[0])
        #expect(first.map(\.status) == [.done])
        #expect(applied.fake.writes.count == 1)

        let lost = Bench(
            FakeWorkspace(
                count: 2,
                fault: { call, number in
                    call.isWrite && number == 2 ? .refuse(.sample(.outcomeUnknown, cause: .network)) : nil
                }))
        let second = try await lost.live.change(.disable, try await lost.live.list()[0])
        #expect(second.map(\.status) == [.done])
        #expect(lost.fake.calls.suffix(3) == [.setEnabled(false, "a1"), .get("a1"), .setEnabled(false, "a1")])
    }

    @Test func `an unknown outcome that cannot be read stays unknown, and no later change is taken for needless`()
        async throws
    {
        let bench = Bench(
            FakeWorkspace(
                count: 2,
                fault: { call, number in
                    if call.isWrite && number == 2 { return .applyThen(.sample(.outcomeUnknown, cause: .network)) }
                    return call == .get("a1") ? .refuse(.sample(.network)) : nil
                }))
        let audience = try await bench.live.list()[0]
        let outcomes = try await bench.live.change(.disable, audience)
        #expect(outcomes.map(\.status) == [.unknown])
        #expect(outcomes[0].error?.code == .apiOutcomeUnknown)
        // The script's value says that it is enabled; nobody knows that any more.
        #expect(try await bench.live.change(.enable, audience).map(\.status) == [.done])
        #expect(bench.fake.enabled["a1"] == true)
    }

    @Test func `a removal of what is gone is no failure when the script had seen it`() async throws {
        let bench = Bench(FakeWorkspace(count: 3))
        let seen = try await bench.live.get("a1")
        _ = try await bench.fake.remove("a1", in: "s1")
        let known = try await bench.live.change(.remove, seen)
        #expect(known.map(\.status) == [.gone])
        #expect(known[0].error == nil)
        let mistyped = try await bench.live.change(.remove, [.id("a99")])
        #expect(mistyped.map(\.status) == [.gone])
        #expect(mistyped[0].error?.kind == .notFound)
    }

    @Test func `live stops before the change that a cap forbids`() async throws {
        let bench = Bench(FakeWorkspace(count: 9), options: SessionOptions(caps: Caps(maxChanges: 2)))
        let all = try await bench.live.list()
        let error = try await #require(throws: RuntimeError.self) {
            try await bench.live.change(.disable, all.map { .of($0) }, .continue)
        }
        #expect(error.message == "would change 3, the cap is 2")
        // Nobody knows how many more there are: a cap of three would be the next one to refuse.
        #expect(error.help?.contains("a dry run says how many it would be in all") == true)
        #expect(error.help?.contains("--max-changes N") == true)
        #expect(error.exitCode == .refused)
        #expect(bench.fake.writes.count == 2)
        #expect(bench.record.outcomes.count == 9)
        #expect(bench.record.outcomes.filter { $0.status == .notAttempted }.count == 6)
    }

    @Test func `removals have a cap of their own`() async throws {
        let bench = Bench(FakeWorkspace(count: 9), options: SessionOptions(caps: Caps(maxRemoves: 1)))
        let all = try await bench.live.list()
        try await bench.live.change(.disable, all[0], all[1])
        await #expect(throws: RuntimeError.self) { try await bench.live.change(.remove, all[0], all[1]) }
        #expect(bench.fake.writes.filter { $0 == .remove("a1") || $0 == .remove("a2") } == [.remove("a1")])
    }

    /// Audiences `a1` to `a3`, and `b1` and `b2` that refer to the key of `a1`.
    private func referring(
        fault: @escaping @Sendable (FakeWorkspace.Call, Int) -> FakeWorkspace.Fault? = { _, _ in nil }
    ) -> FakeWorkspace {
        let query = JSONValue.object(["query": .string("trait('key_a1') = true"), "type": .string("users")])
        return FakeWorkspace(
            [
                "s1": ["a1", "a2", "a3"].map { Audience.sample($0) }
                    + ["b1", "b2"].compactMap { Audience.sample($0).with("definition", query) }
            ], pageSize: 2, fault: fault)
    }

    @Test(arguments: [(0, nil), (1, nil), (2, true), (nil, nil)] as [(Int?, Bool?)])
    func `a removal that breaks more audiences than may break is refused before it is sent`(
        cap: Int?, isSent: Bool?
    ) async throws {
        for reads in [true, false] {
            let options = SessionOptions(caps: Caps(maxBroken: cap), assumeYes: true)
            let bench = Bench(referring(), options: options, answer: true)
            if reads { _ = try await bench.live.list() }
            if isSent == true {
                #expect(try await bench.live.change(.remove, [.id("a1")]).map(\.status) == [.done])
                continue
            }
            let error = try await #require(throws: RuntimeError.self) {
                try await bench.live.change(.remove, [.id("a1")], .continue)
            }
            #expect(error.exitCode == .refused)
            #expect(error.help?.contains("--max-broken 2") == true)
            #expect(bench.fake.writes.isEmpty)
            #expect(bench.record.outcomes.map(\.status) == [.notAttempted])
            // `--yes` is no answer to this, and nobody is asked.
            #expect(bench.output.questions.isEmpty)
        }
    }

    @Test func `what removals break adds up over a run, and what is removed itself counts no more`() async throws {
        let query = JSONValue.object(["query": .string("trait('key_a2') = true"), "type": .string("users")])
        let fake = referring()
        fake.mutate("b2") { $0.with("definition", query) }
        let bench = Bench(fake, options: SessionOptions(caps: Caps(maxBroken: 1)))
        #expect(try await bench.live.change(.remove, [.id("a1")]).map(\.status) == [.done])
        await #expect(throws: RuntimeError.self) { try await bench.live.change(.remove, [.id("a2")]) }
        #expect(try await bench.live.change(.remove, [.id("b1")]).map(\.status) == [.done])
        #expect(try await bench.live.change(.remove, [.id("a2")]).map(\.status) == [.done])
        // One listing was enough.
        #expect(bench.fake.calls.filter { if case .page = $0 { true } else { false } }.count == 3)
    }

    @Test func `who goes in the same action is not broken by it`() async throws {
        let bench = Bench(referring(), options: SessionOptions(caps: Caps(maxBroken: 0)))
        let all = try await bench.live.list()
        #expect(try await bench.live.change(.remove, all.map { .of($0) }).allSatisfy { $0.status == .done })
    }

    @Test(arguments: [true, false, nil] as [Bool?])
    func `without a cap a person is asked about each removal that breaks more`(answer: Bool?) async throws {
        let bench = Bench(referring(), answer: answer)
        let question = "Removing a1 (Audience a1) breaks 2 audiences that refer to it. Remove it?"
        if answer == true {
            #expect(try await bench.live.change(.remove, [.id("a1"), .id("a2")]).map(\.status) == [.done, .done])
        } else {
            let error = try await #require(throws: RuntimeError.self) {
                try await bench.live.change(.remove, [.id("a1")])
            }
            #expect(error.exitCode == .refused)
            #expect(bench.fake.writes.isEmpty)
        }
        #expect(bench.output.questions == [question])
    }

    @Test func `a removal is refused when who refers to it cannot be read`() async throws {
        let fake = referring { call, _ in
            if case .page(_, let cursor?) = call, cursor == "2" { .refuse(.sample(.server)) } else { nil }
        }
        let bench = Bench(fake, options: SessionOptions(caps: Caps(maxBroken: 9)))
        await #expect(throws: RuntimeError.self) { try await bench.live.change(.remove, [.id("a2")]) }
        #expect(fake.writes.isEmpty)
        let allowed = Bench(fake, options: SessionOptions(caps: Caps(maxBroken: 9), allowIncomplete: true))
        #expect(try await allowed.live.change(.remove, [.id("a2")]).map(\.status) == [.done])
    }

    @Test func `a live run tells its progress, without an end that only its script knows`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 16), SessionOptions(mode: .live))
        try await bench.run("list() | disable")
        let told = bench.output.progress
        #expect(told.map(\.finished) == Array(0..<11))
        #expect(told.allSatisfy { $0.total == nil && $0.finish == nil && $0.verb == .disable })
        #expect(told.map(\.item).prefix(3) == ["Audience a1", "Audience a2", "Audience a4"])
        #expect(bench.output.isProgressOver)
    }

    @Test func `a live run tells until when its next call waits for its limit`() async throws {
        let bench = Bench(FakeWorkspace(count: 2))
        let all = try await bench.live.list()
        try await bench.live.change(.disable, all[0])
        let free = bench.clock.now().advanced(by: .seconds(40))
        await (try await bench.connector.connection()).ledger.block(.update, until: free)
        try await bench.live.change(.disable, all[1])
        #expect(bench.output.progress.map(\.waitsUntil) == [nil, free])
    }

    @Test func `nothing is changed any more after an incomplete listing`() async throws {
        let fake = FakeWorkspace(count: 5, total: { $0 + 1 })
        let bench = Bench(fake)
        let all = try await bench.live.list()
        #expect(bench.record.incomplete == ["the listing of prod gave 5 of 6 audiences"])
        #expect(bench.output.notices == bench.record.incomplete)
        let error = try await #require(throws: RuntimeError.self) { try await bench.live.change(.disable, all[0]) }
        #expect(error.code == .incomplete)
        #expect(error.exitCode == .refused)
        #expect(fake.writes.isEmpty)

        let allowed = Bench(fake, options: SessionOptions(allowIncomplete: true))
        _ = try await allowed.live.list()
        #expect(try await allowed.live.change(.disable, all[0]).map(\.status) == [.done])
    }

    @Test func `a number of audiences that moves while pages are read is an incomplete listing`() async throws {
        let bench = Bench(FakeWorkspace(count: 6, pageSize: 2))
        guard case .page(_, let next?) = await bench.live.answer(.page(space: nil, cursor: nil)) else {
            throw Unexpected()
        }
        _ = try await bench.fake.remove("a1", in: "s1")
        _ = await bench.live.answer(.page(space: nil, cursor: next))
        #expect(bench.record.incomplete == ["the number of audiences in prod went from 6 to 5 while they were listed"])
    }

    @Test func `confirm asks, and fails closed when there is nobody`() async throws {
        let no = Bench(FakeWorkspace(count: 1), answer: false)
        guard case .value(.bool(false)) = await no.live.answer(.confirm("Really?")) else { throw Unexpected() }
        let nobody = Bench(FakeWorkspace(count: 1), answer: nil)
        guard case .failure(let error) = await nobody.live.answer(.confirm("Really?")) else { throw Unexpected() }
        #expect(error.exitCode == .refused)
        let yes = Bench(FakeWorkspace(count: 1), options: SessionOptions(assumeYes: true))
        guard case .value(.bool(true)) = await yes.live.answer(.confirm("Really?")) else { throw Unexpected() }
        #expect(yes.output.questions.isEmpty)
        #expect(yes.record.questions == ["Really?"])
    }

    @Test(arguments: 1...9)
    func `whatever every k-th call does, the partition adds up and tells the truth`(k: Int) async throws {
        let kinds: [APIError.Kind] = [.notFound, .conflict, .validation, .network, .outcomeUnknown, .server]
        let fake = FakeWorkspace(
            count: 40,
            fault: { call, number in
                guard number > 1, number % k == 0, k > 1 || call.isWrite else { return nil }
                let error = APIError.sample(kinds[number / k % kinds.count], cause: .network)
                return error.kind == .outcomeUnknown && number % 2 == 0 ? .applyThen(error) : .refuse(error)
            })
        let bench = Bench(fake)
        let before = fake.enabled
        let all = try await bench.live.list()
        let outcomes = try await bench.live.change(.disable, all.map { .of($0) }, .continue)
        let report = RunReport(bench.record, error: nil, duration: .zero)
        #expect(report.counts.values.reduce(0, +) == 40)
        #expect(outcomes.count == 40)
        for (audience, outcome) in zip(all, outcomes) {
            let id = try #require(audience.text("id"))
            switch outcome.status {
            case .done: #expect(fake.enabled[id] == false)
            case .failed, .gone, .notAttempted, .skipped: #expect(fake.enabled[id] == before[id])
            case .unknown: #expect(outcome.error?.code == .apiOutcomeUnknown)
            case .planned, .drifted: Issue.record("\(id) is \(outcome.status) in a live run")
            }
        }
    }

    @Test func `a cancellation between two changes leaves the rest not attempted`() async throws {
        let fake = FakeWorkspace(
            count: 9,
            before: { call in
                if call == .setEnabled(false, "a4") { withUnsafeCurrentTask { $0?.cancel() } }
            })
        let bench = Bench(fake)
        let all = try await bench.live.list()
        let running = Task { try await bench.live.change(.disable, all.map { .of($0) }) }
        let error = try await #require(throws: RuntimeError.self) { try await running.value }
        #expect(error.kind == .cancelled)
        #expect(
            bench.record.outcomes.map(\.status)
                == [.done, .done, .skipped, .done] + Array(repeating: .notAttempted, count: 5)
        )
    }
}
