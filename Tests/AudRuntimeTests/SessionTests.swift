// Whole scripts and prompts on a session: what is staged, what is refused, what the report says.

import AudLanguage
import AudTesting
import SegmentAudiences
import Testing

@testable import AudRuntime

struct SessionTests {
    // MARK: A script

    @Test func `a dry run records, applying sends, and a second apply has nothing to send`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 9))
        let report = try await bench.run(
            """
            let stale = list() | where .enabled | sort by .key
            print("{len(stale)} stale")
            stale | at most 50 | disable on error continue
            """
        )
        #expect(report.error == nil)
        #expect(report.staged == 6)
        #expect(report.counts[.planned] == 6)
        #expect(bench.output.lines == ["dry | 6 stale"])
        #expect(bench.fake.writes.isEmpty)
        let plan = await bench.session.plan
        #expect(plan.calls.map(\.id) == ["a1", "a2", "a4", "a5", "a7", "a8"])
        #expect(plan.calls.allSatisfy { $0.source == "stale.aud:3" && $0.policy == .continue })

        let applied = await bench.session.apply()
        #expect(applied.counts[.done] == 6)
        #expect(applied.exitCode == .done)
        #expect(bench.fake.writes == plan.calls.map { .setEnabled(false, $0.id) })
        #expect(await bench.session.plan.isEmpty)
        #expect(await bench.session.apply().changesNothing)
        #expect(bench.fake.writes.count == 6)
    }

    @Test func `reads of the same run see what was recorded`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 5))
        let report = try await bench.run(
            """
            let a = get("a1")
            disable(a)
            remove("a2")
            print(get(a.id).enabled)
            print(list() | count)
            """
        )
        #expect(report.error == nil)
        #expect(bench.output.lines == ["dry | false", "dry | 4"])
    }

    @Test func `a script that changes nothing has unmarked lines and an empty report`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 5))
        let report = try await bench.run("print(list() | count)")
        #expect(bench.output.lines == ["5"])
        #expect(report.changesNothing)
        #expect(report.requests == 1)
        #expect(report.exitCode == .done)
    }

    @Test func `a script without requests opens nothing`() async throws {
        let output = RecordingOutput()
        let workspace = Workspace { () async throws(RuntimeError) -> Connection in
            Issue.record("nothing was to be opened")
            throw RuntimeError(.apiNetwork, .network, "no way")
        }
        let session = Session(workspace: workspace, output: output)
        guard case .finished(let report) = await session.run(SourceFile(name: "-e", text: "1 + 1"), as: .file),
            case .int(2)? = output.shown.first
        else { throw Unexpected() }
        #expect(report.requests == 0)
    }

    @Test func `a script that fails stages nothing, and its report shows what it had`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 9))
        let report = try await bench.run("list() | where .enabled | disable\nfail \"changed my mind\"")
        #expect(report.error?.message == "changed my mind")
        #expect(report.exitCode == .script)
        #expect(report.staged == 0)
        #expect(report.plan.count == 6)
        #expect(!report.plan.isComplete)
        #expect(await bench.session.plan.isEmpty)
        // The overlay is gone too.
        try await bench.run("print(list() | where .enabled | count)")
        #expect(bench.output.lines == ["6"])
    }

    @Test func `at most fails before anything is recorded`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 9))
        let report = try await bench.run("list() | where .enabled | at most 5 | disable")
        #expect(report.exitCode == .refused)
        #expect(report.plan.isEmpty)
    }

    @Test func `params come as texts and are data`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 3))
        try await bench.run("param who: string\nprint(who)", as: .file, ["who": "{1 + 1}\"; remove(\"a1\")"])
        #expect(bench.output.lines == ["{1 + 1}\"; remove(\"a1\")"])
        await #expect(throws: Rejected.self) { try await bench.run("param n: int\nprint(n)", as: .file, ["n": "many"]) }
        await #expect(throws: Rejected.self) { try await bench.run("param n: int = 1", as: .file, ["m": "1"]) }
    }

    // MARK: Live

    @Test func `live sends as it goes, and a second run finds all done`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 6), SessionOptions(mode: .live))
        let script = "list() | disable on error continue"
        let first = try await bench.run(script)
        #expect(first.counts[.done] == 4)
        #expect(first.counts[.skipped] == 2)
        #expect(bench.output.lines.isEmpty)
        let second = try await bench.run(script)
        #expect(second.counts[.skipped] == 6)
        #expect(bench.fake.writes.count == 4)
    }

    @Test func `an action's error may be caught, and the loop goes on`() async throws {
        let bench = SessionBench(
            FakeWorkspace(
                count: 6,
                fault: { call, _ in
                    call == .setEnabled(false, "a2") ? .refuse(.sample(.validation, status: 422)) : nil
                }), SessionOptions(mode: .live)
        )
        let report = try await bench.run(
            """
            var failed = []
            for a in list() | where .enabled {
              try { disable(a) } catch e { failed = [...failed, a.id] }
            }
            print(json(failed))
            """
        )
        #expect(bench.output.lines == ["[\"a2\"]"])
        #expect(report.counts[.failed] == 1)
        #expect(report.counts[.done] == 3)
        #expect(report.exitCode == .someFailed)
    }

    @Test func `a caught failed read ends changing, live and in a plan`() async throws {
        let fake = FakeWorkspace(
            count: 3,
            fault: { call, _ in
                call == .get("a3") ? .refuse(.sample(.server, status: 500)) : nil
            })
        let script = "let a = try get(\"a3\") else null\ndisable(get(\"a1\"))"
        let live = SessionBench(fake, SessionOptions(mode: .live))
        let report = try await live.run(script)
        #expect(report.exitCode == .refused)
        #expect(report.counts[.notAttempted] == 1)
        #expect(fake.writes.isEmpty)

        let dry = SessionBench(fake)
        let recorded = try await dry.run(script)
        #expect(recorded.error == nil)
        #expect(recorded.incomplete == ["a read failed: The call ended as server"])
        #expect(await dry.session.apply().error?.code == .incomplete)
        #expect(fake.writes.isEmpty)

        let allowed = SessionBench(fake, SessionOptions(allowIncomplete: true))
        try await allowed.run(script)
        #expect(await allowed.session.apply().counts[.done] == 1)
    }

    @Test func `a get that finds nothing is an answer, not an incomplete read`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 3))
        let report = try await bench.run("let a = try get(\"a99\") else null\ndisable(get(\"a1\"))")
        #expect(report.incomplete.isEmpty)
        #expect(report.staged == 1)
    }

    // MARK: Refusals

    @Test func `a plan over its cap is refused whole and kept`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 9), SessionOptions(caps: Caps(maxChanges: 5)))
        let recorded = try await bench.run("list() | disable")
        #expect(recorded.exitCode == .done)
        let report = await bench.session.apply()
        #expect(report.error?.message == "would change 6, the cap is 5")
        #expect(report.exitCode == .refused)
        #expect(bench.fake.writes.isEmpty)
        #expect(await bench.session.plan.count == 6)
        #expect(await bench.session.discard() == 6)
    }

    @Test func `a refused token cannot be caught`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 3, fault: { _, _ in .refuse(.sample(.auth, status: 401)) }))
        let report = try await bench.run("try { print(list() | count) } catch e { print(\"caught\") }")
        #expect(report.exitCode == .authentication)
        #expect(bench.output.lines.isEmpty)
    }

    @Test func `requests and changes have limits`() async throws {
        var limits = Limits()
        limits.requests = 2
        let reads = SessionBench(FakeWorkspace(count: 9, pageSize: 3), SessionOptions(limits: limits))
        let first = try await reads.run("list() | count")
        #expect(first.error?.code == .requestLimit)
        #expect(first.exitCode == .outOfBudget)
        #expect(first.requests == 2)
        limits.requests = 1
        let read = SessionBench(FakeWorkspace(count: 9, pageSize: 3), SessionOptions(limits: limits))
        let single = try await read.run("list() | count")
        #expect(single.error?.message == "the run would make more than 1 request to the API")
        limits.requests = 100
        limits.changes = 2
        let changes = SessionBench(FakeWorkspace(count: 9), SessionOptions(limits: limits))
        let second = try await changes.run("list() | disable")
        #expect(second.error?.code == .changeLimit)
        #expect(second.plan.isEmpty)
    }

    // MARK: Time and cancellation

    @Test func `a run ends at its wall time, and its report is whole`() async throws {
        let slow = FakeWorkspace(count: 9)
        let bench = SessionBench(slow, SessionOptions(mode: .live, wallTime: .seconds(100)))
        let report = try await bench.run("wait(\"a1\", until: x => false, timeout: 1h, every: 30s)")
        #expect(report.error?.code == .timeLimit)
        #expect(report.exitCode == .outOfBudget)
        #expect(report.duration == .seconds(100))
        #expect(report.requests == 4)
    }

    @Test(arguments: ["while true {}", "while true { print(1) }"])
    func `the wall time ends a loop that never waits`(text: String) async throws {
        let session = Session(
            workspace: .fake(FakeWorkspace(count: 1)), options: SessionOptions(wallTime: .seconds(20)),
            output: RecordingOutput(), time: TickingTime()
        )
        guard case .finished(let report) = await session.run(SourceFile(name: "s", text: text), as: .file) else {
            throw Unexpected()
        }
        #expect(report.error?.code == .timeLimit)
        #expect(report.error?.message == "the run took longer than the 20s that it may take")
    }

    @Test func `the wall time ends an apply between two calls`() async throws {
        let clock = VirtualClock()
        let fake = FakeWorkspace(
            count: 9,
            before: { call in
                if call.isWrite { try await clock.sleep(for: .seconds(10)) }
            })
        let session = Session(
            workspace: .fake(fake, time: clock), options: SessionOptions(wallTime: .seconds(25)),
            output: RecordingOutput(),
            time: clock
        )
        let report = await clock.run {
            _ = await session.run(SourceFile(name: "s", text: "list() | disable"), as: .file)
            return await session.apply()
        }
        #expect(report.outcomes.map(\.status) == [.done, .done] + Array(repeating: .notAttempted, count: 4))
        #expect(report.error?.code == .timeLimit)
        #expect(fake.applied.count == 2)
    }

    @Test func `a loop without end can be interrupted`() async {
        let fake = FakeWorkspace(count: 1)
        let session = Session(workspace: .fake(fake), output: RecordingOutput())
        let running = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await session.run(SourceFile(name: "s", text: "while true {}"), as: .prompt)
        }
        guard case .finished(let report) = await running.value else {
            Issue.record("the text does not run")
            return
        }
        #expect(report.exitCode == .interrupted)
    }

    /// A cancellation is heard at once, not at the machine's next pause: the rest of this text has none.
    @Test func `a cancellation reaches the machine through its signal`() async {
        let session = Session(workspace: .fake(FakeWorkspace(count: 1)), output: CancellingOutput())
        let running = Task {
            await session.run(SourceFile(name: "s", text: "print(1)\nlet n = json([1])"), as: .file)
        }
        guard case .finished(let report) = await running.value else {
            Issue.record("the text does not run")
            return
        }
        #expect(report.exitCode == .interrupted)
    }

    /// Values of a run stop with it, and what is shown behind one that was stopped does not.
    @Test func `the output is told what bounds a value, and when nothing does any more`() async {
        let output = CancellingOutput()
        var options = SessionOptions()
        options.limits.listLength = 77
        let session = Session(workspace: .fake(FakeWorkspace(count: 1)), options: options, output: output)
        await Task { _ = await session.run(SourceFile(name: "s", text: "print(1)\nprint(2)"), as: .file) }.value
        let bounds = output.bounds
        #expect(bounds.count == 2 && bounds[0].limits.listLength == 77)
        #expect(bounds.first?.stop.isRaised == true && bounds.last?.stop.isRaised == false)
    }

    /// The moment of the deadline raises the signal, whoever else looks at the clock.
    @Test func `the wall time reaches the machine through its signal`() async {
        let session = Session(
            workspace: .fake(FakeWorkspace(count: 1)), options: SessionOptions(wallTime: .seconds(20)),
            output: RecordingOutput(), time: WakingTime()
        )
        guard case .finished(let report) = await session.run(SourceFile(name: "s", text: "while true {}"), as: .file)
        else {
            Issue.record("the text does not run")
            return
        }
        #expect(report.error?.code == .cancelled)
    }

    @Test func `an interrupted apply says what was done and what was not`() async throws {
        let fake = FakeWorkspace(
            count: 9,
            before: { call in
                if call == .setEnabled(false, "a4") { withUnsafeCurrentTask { $0?.cancel() } }
            })
        let bench = SessionBench(fake)
        try await bench.run("list() | disable")
        let applying = Task { await bench.session.apply() }
        let report = await applying.value
        #expect(report.outcomes.map(\.status) == [.done, .done, .done] + Array(repeating: .notAttempted, count: 3))
        #expect(report.exitCode == .interrupted)
        #expect(fake.applied.count == 3)
        // What was not attempted is still staged.
        #expect(await bench.session.plan.calls.map(\.id) == ["a5", "a7", "a8"])
        #expect(await bench.session.plan.calls.map(\.number) == [1, 2, 3])
        #expect(await bench.session.apply().outcomes.map(\.status) == [.done, .done, .done])
        #expect(await bench.session.plan.isEmpty)
    }

    // MARK: The prompt

    @Test func `a statement that fails stages nothing, the calls before it stay`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 9))
        #expect(try await bench.line("disable(get(\"a1\"))").staged == 1)
        let failed = try await bench.line("for a in list() { if a.id == \"a5\" { fail \"no\" }\n disable(a) }")
        #expect(failed.error?.message == "no")
        #expect(failed.plan.count == 2)
        #expect(await bench.session.plan.calls.map(\.id) == ["a1"])
        try await bench.line("disable(get(\"a2\"))")
        #expect(await bench.session.plan.calls.map(\.number) == [1, 2])
    }

    @Test func `an unfinished statement asks for more`() async {
        let bench = SessionBench(FakeWorkspace(count: 1))
        guard
            case .incomplete(let open) = await bench.session.run(
                SourceFile(name: "prompt:1", text: "for a in list() {"), as: .prompt
            )
        else {
            Issue.record("the statement is not finished")
            return
        }
        #expect(open == ["{"])
    }

    @Test func `mode and space stay while calls are staged`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 3))
        try await bench.session.setSpace("staging")
        #expect(await bench.session.space == Space(id: "s2", alias: "staging"))
        try await bench.session.setSpace("prod")
        try await bench.line("disable(\"a1\")")
        let error = try await #require(throws: RuntimeError.self) { try await bench.session.setMode(.live) }
        #expect(error.message == "1 call is staged, so the mode stays")
        await #expect(throws: RuntimeError.self) { try await bench.session.setSpace("staging") }
        try await bench.session.setMode(.dryRun)
        await bench.session.discard()
        try await bench.session.setMode(.live)
        #expect(try await bench.line("disable(\"a1\")").counts[.done] == 1)
        #expect(bench.fake.enabled["a1"] == false)
    }

    @Test func `an incomplete listing sticks to the names that hold it, until discard`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 3, total: { $0 + 1 }))
        try await bench.line("let seen = list()")
        #expect(bench.output.notices == ["the listing of prod gave 3 of 4 audiences"])
        try await bench.line("disable(seen[0])")
        #expect(await bench.session.apply().error?.code == .incomplete)
        await bench.session.discard()
        try await bench.line("disable(seen[0])")
        #expect(await bench.session.apply().counts[.done] == 1)
    }

    @Test func `null and outcomes are not shown, other values are`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 3))
        try await bench.line("null")
        try await bench.line("disable(get(\"a1\"))")
        try await bench.line("list() | disable")
        #expect(bench.output.shown.isEmpty)
        try await bench.line("[]")
        try await bench.line("2")
        #expect(bench.output.shown.count == 2)
        #expect(bench.session.audiences.count == 3)
    }

    @Test func `the names that a text has bound are known to completion`() async throws {
        let bench = SessionBench(FakeWorkspace(count: 3))
        try await bench.line("let stale = list()")
        try await bench.line("fn retire(a) { disable(a) }")
        #expect(bench.session.names.contains("stale"))
        #expect(bench.session.names.contains("retire"))
    }

    @Test func `a second text is not run while one is running`() async throws {
        let clock = VirtualClock()
        let session = Session(
            workspace: .fake(FakeWorkspace(count: 1), time: clock), options: SessionOptions(mode: .live),
            output: RecordingOutput(), time: clock
        )
        let (first, second) = await clock.run {
            async let first = session.run(
                SourceFile(name: "s", text: "wait(\"a1\", until: x => false, timeout: 1min)"), as: .file
            )
            async let second = { () async -> RunResult in
                try? await clock.sleep(for: .seconds(10))
                return await session.run(SourceFile(name: "s", text: "1"), as: .file)
            }()
            return await (first, second)
        }
        guard case .finished(let refused) = second, case .finished = first else { throw Unexpected() }
        #expect(refused.error?.message == "the session is still running another text")
    }

    // MARK: Random programs

    @Test(arguments: 0..<40)
    func `no program sends a byte of a change in a dry run, and applying it equals running it live`(
        seed: Int
    ) async throws {
        let program = RandomProgram.make(seed: UInt64(seed))
        let dry = SessionBench(FakeWorkspace(count: 12, pageSize: 5))
        let live = SessionBench(FakeWorkspace(count: 12, pageSize: 5), SessionOptions(mode: .live))
        let recorded = try await dry.run(program)
        #expect(dry.fake.writes.isEmpty, "\(program)")
        let sent = try await live.run(program)
        #expect(recorded.error?.message == sent.error?.message)
        guard recorded.error == nil else { return }
        let report = await dry.session.apply()
        #expect(report.error == nil)
        #expect(dry.fake.applied == live.fake.applied, "\(program)")
        #expect(dry.fake.enabled == live.fake.enabled)
        #expect(dry.output.lines.map { $0.replacing("dry | ", with: "") } == live.output.lines)
    }
}
