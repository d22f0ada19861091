// Plans on their way out of a session and back into one, and what a preview knows of the rest of a space.

import AudLanguage
import AudTesting
import SegmentAudiences
import Testing

@testable import AudRuntime

@Suite("Saved plans, and what plans do to others")
struct SavedPlanTests {
    private static let script = """
        let all = list()
        all | take 3 | disable on error continue
        all | skip 4 | take 2 | remove
        """

    private func workspace() -> FakeWorkspace {
        FakeWorkspace(["s1": (1...12).map { .sample("a\($0)") }])
    }

    /// Audiences of which the last three refer to others by key.
    private func referring() -> FakeWorkspace {
        func sample(_ id: String, _ query: String) -> Audience {
            Audience.sample(id).replacing(
                "definition", with: .object(["query": .string(query), "type": .string("users")]))
        }
        return FakeWorkspace(
            [
                "s1": (1...4).map { Audience.sample("a\($0)") } + [
                    sample("b1", "trait('key_a1').equals(true)"), sample("b2", "event('key_a1').count() >= 1"),
                    sample("b3", "NOT (trait(\"key_a2\") = true AND trait('key_a1') = true)"),
                ]
            ], pageSize: 3)
    }

    @Test("a saved plan that is staged elsewhere sends what the first session would have sent")
    func sendsTheSame() async throws {
        let (one, other) = (SessionBench(workspace()), SessionBench(workspace()))
        try await one.run(Self.script)
        let file = try await one.session.save(host: "h")
        try await other.session.stage(try PlanFile(reading: Array(file.text.utf8)))
        let before = other.fake.writes
        #expect(before.isEmpty)
        let report = await other.clock.run { await other.session.apply() }
        let first = await one.clock.run { await one.session.apply() }
        #expect(other.fake.writes == one.fake.writes)
        #expect(other.fake.writes.count == 5)
        #expect(report.counts == first.counts)
        #expect(report.counts[.done] == 5)
        #expect(await other.session.plan.isEmpty)
    }

    @Test("deleted lines are not sent, and the others are sent in their order")
    func deletedLines() async throws {
        let (one, other) = (SessionBench(workspace()), SessionBench(workspace()))
        try await one.run(Self.script)
        let text = try await one.session.save(host: "h").text
        let kept = text.split(separator: "\n").filter { !$0.contains("#2:") && !$0.contains("#4:") }
        try await other.session.stage(try PlanFile(reading: Array(kept.joined(separator: "\n").utf8)))
        #expect(await other.session.plan.deleted == [2, 4])
        _ = await other.clock.run { await other.session.apply() }
        #expect(other.fake.writes == [.setEnabled(false, "a1"), .setEnabled(false, "a3"), .remove("a6")])
    }

    @Test("of two processes that begin a plan together one sends it, and the other is told which run does")
    func once() async throws {
        let (fake, state) = (workspace(), try StateFolder().open())
        func session() -> Session {
            Session(
                workspace: .fake(fake, time: InstantTime()), output: RecordingOutput(), time: InstantTime(),
                state: state)
        }
        let planner = session()
        _ = await planner.run(SourceFile(name: "s", text: "list() | disable"), as: .file)
        let file = try await planner.save(host: "h")
        let (one, other) = (session(), session())
        try await one.stage(file)
        try await other.stage(file)
        #expect(await one.apply().counts[.done] == 12)
        let second = await other.apply()
        #expect(second.error?.message == "this plan was applied already, as run 1, so nothing was sent")
        #expect(second.exitCode == .refused)
        #expect(fake.applied.count == 12)
    }

    @Test("the session's plan has the id of its file until another call is staged")
    func identity() async throws {
        let bench = SessionBench(workspace())
        try await bench.line("list() | take 2 | disable")
        #expect(await bench.session.plan.id == nil)
        let file = try await bench.session.save(host: "h", parameters: ["days": "90"])
        #expect(await bench.session.plan.id == file.plan.id)
        #expect(file.origin.parameters == [.init(name: "days", text: "90")])
        try await bench.line("1 + 1")
        #expect(await bench.session.plan.id == file.plan.id)
        try await bench.line("list() | skip 2 | take 1 | disable")
        #expect(await bench.session.plan.id == nil)
    }

    @Test("a plan is staged where nothing else is")
    func stagingRules() async throws {
        let bench = SessionBench(workspace())
        try await bench.line("list() | take 1 | disable")
        let file = try await bench.session.save(host: "h")
        await #expect(throws: RuntimeError.self) { try await bench.session.stage(file) }
        await bench.session.discard()
        try await bench.session.setMode(.live)
        await #expect(throws: RuntimeError.self) { try await bench.session.stage(file) }
        try await bench.session.setMode(.dryRun)
        try await bench.session.stage(file)
        // What is staged from a file is seen by later reads like what was recorded.
        let report = try await bench.line("list() | take 1 | disable")
        #expect(report.counts[.skipped] == 1)
        #expect(await bench.session.plan.count == 1)
    }

    @Test("an incomplete read goes with the plan and stops it there")
    func incomplete() async throws {
        let fake = FakeWorkspace(["s1": [.sample("a1"), .sample("a2")]], total: { $0 + 1 })
        let (one, other) = (SessionBench(fake), SessionBench(workspace()))
        try await one.run("disable(get(\"a1\")); let seen = try (list() | count) else 0")
        let file = try await one.session.save(host: "h")
        #expect(file.plan.incomplete.count == 1)
        try await other.session.stage(try PlanFile(reading: Array(file.text.utf8)))
        let report = await other.clock.run { await other.session.apply() }
        #expect(report.exitCode == .refused)
        #expect(other.fake.writes.isEmpty)
    }

    // MARK: What a change rests on

    @Test("an altered copy changes nothing of what a call expects")
    func alteredCopies() async throws {
        let fake = FakeWorkspace(["s1": [.sample("a1", name: "Real"), .sample("a2", name: "Real 2")]])
        let (plain, altered) = (SessionBench(fake), SessionBench(fake))
        try await plain.run("list() | disable")
        try await altered.run(
            "list() | with name: \"x\", key: \"y\", enabled: false, description: \"z\", updatedAt: now() | disable")
        let calls = await altered.session.plan.calls
        let expected = await plain.session.plan.calls.map(\.expectation)
        #expect(calls.map(\.expectation) == expected)
        #expect(calls.map(\.name) == ["Real", "Real 2"])
        #expect(calls.map(\.change) == ["enabled: true → false", "enabled: true → false"])
    }

    @Test("a copy with another id is another audience, and is read")
    func alteredIdentity() async throws {
        let fake = FakeWorkspace(["s1": [.sample("a1", name: "One"), .sample("a2", name: "Two")]])
        let bench = SessionBench(fake)
        try await bench.run("[get(\"a1\")] | with id: \"a2\" | disable")
        #expect(await bench.session.plan.calls.map(\.name) == ["Two"])
        #expect(fake.calls == [.get("a1"), .get("a2")])
    }

    @Test("live changes rest on what was read, too")
    func alteredLive() async throws {
        let fake = FakeWorkspace(["s1": [.sample("a1", enabled: true)]])
        let bench = SessionBench(fake, SessionOptions(mode: .live))
        let report = try await bench.run("list() | with enabled: false | disable")
        #expect(report.counts[.done] == 1)
        #expect(fake.writes == [.setEnabled(false, "a1")])
    }

    // MARK: Simulated values

    @Test(
        "reads of what only Segment computes are listed, of changed audiences alone",
        arguments: [
            ("print(get(a.id).status)", ["stale.aud:3 read `status`"]),
            ("list() | where .updatedAt < now() | count", ["stale.aud:3 read `updatedAt`"]),
            ("let {updatedBy} = get(a.id)\nprint(updatedBy)", ["stale.aud:3 read `updatedBy`"]),
            ("print(get(a.id)[\"status\"])", ["stale.aud:3 read `status`"]),
            (
                "list() | where .status == \"Live\" | where .status != null | count",
                ["stale.aud:3 read `status`", "stale.aud:3 read `status`"]
            ),
            ("list() | with n: 1 | where .status == \"Live\" | count", ["stale.aud:3 read `status`"]),
            ("print({...get(a.id), n: 1}.status)", ["stale.aud:3 read `status`"]),
            ("print(without(get(a.id), \"key\").status)", ["stale.aud:3 read `status`"]),
            ("list() | with status: \"x\" | where .status == \"Live\" | count", []),
            ("print({...get(a.id), status: 1}.status)", []),
            ("list() | select .name, .enabled | where .enabled | count", []),
            ("list() | select .name, .status | count", ["stale.aud:3 read `status`"]),
            ("print(get(a.id).enabled)", []), ("print(get(a.id).name)", []), ("print(a.status)", []),
            ("print(get(\"a2\").status)", []), ("print(get(\"a2\")[\"status\"])", []),
            ("wait(a, until: x => not x.enabled)", []),
            ("print(disable(\"a2\").status)", ["stale.aud:3 read `status` of a change that is only planned"]),
            ("print(disable(\"a2\").error == null)", ["stale.aud:3 read `error` of a change"]),
            ("try { disable(\"a2\") } catch e { print(e.message) }", ["stale.aud:3 would catch the failure"]),
            ("print(try disable(\"a2\").item else 1)", ["stale.aud:3 would catch the failure"]),
            ("try { enable(\"a2\") } catch e { print(e.message) }", []),
            ("[\"a2\", \"a4\"] | disable on error continue | map .item | count", []),
            ("try { [\"a2\"] | disable on error continue } catch e { print(e.message) }", []),
            ("wait(a, until: x => x.status == \"Disabled\")", ["a `wait` was over", "stale.aud:3 read `status`"]),
            ("wait(a, until: x => not x.enabled)\nenable(a)", []),
            (
                "wait(a, until: x => false)\nenable(a)",
                ["a `wait` was over", "stale.aud:4 changes more after a `wait`, and a plan does not wait"]
            ),
        ] as [(String, [String])])
    func simulated(_ line: String, _ expected: [String]) async throws {
        let bench = SessionBench(workspace())
        try await bench.run("let a = get(\"a1\")\ndisable(a)\n\(line)")
        let simulated = await bench.session.plan.simulated
        #expect(
            simulated.map { reason in expected.contains { reason.hasPrefix($0) } }
                == Array(repeating: true, count: Set(expected).count), "\(simulated)")
    }

    // MARK: Consequences

    @Test("who refers to a changed audience is named, by the calls it refers to")
    func consequences() async throws {
        let bench = SessionBench(referring())
        try await bench.run("let all = list()\ndisable(all[0])\nremove(all[1])\nenable(all[2])")
        await bench.session.examine()
        let consequences = try #require(await bench.session.plan.consequences)
        #expect(consequences.references.map(\.id) == ["b1", "b3"])
        #expect(consequences.references.map(\.calls) == [[1], [1, 2]])
        #expect(consequences.references.map(\.breaks) == [false, true])
        #expect(consequences.broken == 1)
        #expect(consequences.unread.isEmpty)
        #expect(consequences.totals == ["s1": 7])
    }

    @Test("what is removed itself, or left as it was, has no consequences")
    func noConsequences() async throws {
        let bench = SessionBench(referring())
        try await bench.run(
            "let all = list()\ndisable(all[0])\nenable(all[0])\nremove(all[1])\nremove(all[6])\nremove(all[4])")
        await bench.session.examine()
        #expect(await bench.session.plan.consequences?.references.map(\.id) == [])
    }

    @Test("a removal lists the space if it was not read in full; an update says what was read")
    func listsOnceMore() async throws {
        let removal = SessionBench(referring())
        try await removal.run("remove(\"a1\")")
        await removal.session.examine()
        await removal.session.examine()
        #expect(await removal.session.plan.consequences?.references.map(\.id) == ["b1", "b3"])
        #expect(removal.fake.calls.count { if case .page = $0 { true } else { false } } == 3)

        let update = SessionBench(referring())
        try await update.run("list() | take 1 | disable")
        await update.session.examine()
        #expect(await update.session.plan.consequences?.references.isEmpty == true)
        #expect(
            await update.session.plan.consequences?.unread
                == ["only 3 audiences of prod were read: others may refer to what is changed"])
        #expect(update.fake.calls.count == 1)
    }

    @Test("a plan from a file is held against the whole space, whatever the session has read")
    func consequencesOfAFile() async throws {
        let (one, other) = (SessionBench(referring()), SessionBench(referring()))
        try await one.run("disable(list()[0])")
        let file = try await one.session.save(host: "h")
        try await other.session.stage(try PlanFile(reading: Array(file.text.utf8)))
        await other.session.examine()
        #expect(await other.session.plan.consequences?.references.map(\.id) == ["b1", "b3"])
        #expect(await other.session.plan.consequences?.unread == [])
    }

    @Test("a removal whose references cannot be read rests on an incomplete read")
    func listingFails() async throws {
        let fake = FakeWorkspace(
            ["s1": [.sample("a1")]],
            fault: { call, _ in
                if case .page = call { .refuse(.sample(.server, status: 500)) } else { nil }
            })
        let bench = SessionBench(fake)
        try await bench.run("remove(\"a1\")")
        await bench.session.examine()
        try await bench.line("1 + 1")
        #expect(await bench.session.plan.gaps.count == 1)
        let file = try await bench.session.save(host: "h")
        #expect(try PlanFile(reading: Array(file.text.utf8)).plan.gaps == file.plan.gaps)
        let report = await bench.clock.run { await bench.session.apply() }
        #expect(report.exitCode == .refused)
        #expect(fake.writes.isEmpty)
    }

    // MARK: Caps

    @Test("a plan that breaks more than is allowed is refused before its first call", arguments: [(0, 5), (1, 0)])
    func maxBroken(_ cap: Int, _ code: Int32) async throws {
        let bench = SessionBench(referring(), SessionOptions(caps: Caps(maxBroken: cap)))
        try await bench.run("remove(list()[1])")
        await bench.session.examine()
        let report = await bench.clock.run { await bench.session.apply() }
        #expect(report.exitCode.rawValue == code)
        #expect(bench.fake.writes.count == (code == 0 ? 1 : 0))
    }

    @Test(
        "a cap in percent is of the space's total",
        arguments: [(25, 3, true), (24, 3, false), (0, 1, false), (100, 12, true), (8, 1, false), (9, 1, true)])
    func maxPercent(_ percent: Int, _ changes: Int, _ isAllowed: Bool) async throws {
        for mode in [Mode.dryRun, .live] {
            let bench = SessionBench(workspace(), SessionOptions(mode: mode, caps: Caps(maxPercent: percent)))
            var report = try await bench.run("list() | take \(changes) | disable")
            if mode == .dryRun {
                await bench.session.examine()
                report = await bench.clock.run { await bench.session.apply() }
            }
            #expect(report.exitCode == (isAllowed ? .done : .refused), "\(mode)")
            let sent = mode == .live ? min(changes, percent * 12 / 100) : isAllowed ? changes : 0
            #expect(bench.fake.writes.count == sent, "\(mode)")
        }
    }

    @Test("without a total and without a whole listing there is no percentage, and the plan is refused with help")
    func unknownTotal() async throws {
        let fake = FakeWorkspace(["s1": [.sample("a1"), .sample("a2")]], pageSize: 1, total: { _ in nil })
        let bench = SessionBench(fake, SessionOptions(caps: Caps(maxPercent: 50)))
        try await bench.run("disable(\"a1\")")
        await bench.session.examine()
        let report = await bench.clock.run { await bench.session.apply() }
        #expect(report.exitCode == .refused)
        #expect(report.error?.help?.contains("list the space in the script") == true)
        #expect(fake.writes.isEmpty)
    }
}
