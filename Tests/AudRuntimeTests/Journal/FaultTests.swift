// Whatever the server or the state file does, the partition tells the truth, and nothing is sent without evidence.

import AudLanguage
import AudSandbox
import GRDB
import SegmentAudiences
import Synchronization
import Testing

@testable import AudRuntime

struct FaultTests {
    private static let effects: [SandboxFault.Effect] = [
        .dropBeforeApplying, .dropAfterApplying, .serverError(applying: true), .serverError(applying: false),
        .html(status: 502), .cutBody(keeping: 10), .truncateBody(keeping: 10), .emptyBody, .status(429),
        .status(409), .status(422),
    ]

    @Test(arguments: effects.indices, ["disable", "remove"])
    func `a fault at every k-th request leaves a partition that tells the truth`(
        effect: Int, verb: String
    ) async throws {
        for every in 1...5 {
            try await SandboxBench.with(count: 12) { bench in
                let session = try bench.session()
                try await bench.plan("list() | \(verb) on error continue", on: session)
                bench.sandbox.faults = [SandboxFault(Self.effects[effect], skip: every - 1, every: every, times: 40)]
                let report = await session.apply()
                try check(report, bench, verb)
                // When the server has come to itself, the run can be completed, unless calls were refused for good.
                bench.sandbox.faults = []
                guard report.canResume else { return }
                let second = try await bench.session().resume(1)
                #expect(second.error == nil)
                #expect(second.counts[.unknown] == 0)
                #expect(second.counts[.notAttempted] == 0)
                try check(second, bench, verb)
            }
        }
    }

    private func check(_ report: RunReport, _ bench: SandboxBench, _ verb: String) throws {
        #expect(report.outcomes.count == 12)
        #expect(report.counts.values.reduce(0, +) == 12)
        let journal = try bench.folder.open().calls(of: 1)
        #expect(journal.map(\.outcome) == report.outcomes.map(\.status))
        for outcome in report.outcomes {
            guard case .record(let item) = outcome.item, let id = item.text("id") else { throw Unexpected() }
            let audience = bench.sandbox.audience(id, in: bench.space)
            let isChanged = verb == "remove" ? audience == nil : audience?.enabled == false
            switch outcome.status {
            case .done: #expect(isChanged, "\(id): \(bench.log(of: id))")
            case .failed, .notAttempted: #expect(!isChanged, "\(id): \(bench.log(of: id))")
            // The change was made, by a try whose answer was lost.
            case .skipped, .gone: #expect(isChanged, "\(id)")
            case .unknown: #expect(outcome.error != nil)
            case .planned, .drifted: Issue.record("\(id) is \(outcome.status)")
            }
        }
    }

    @Test func `a change without an answer is not sent again before a read`() async throws {
        try await SandboxBench.with(count: 6) { bench in
            let session = try bench.session()
            try await bench.plan("list() | remove", on: session)
            bench.sandbox.faults = [
                SandboxFault(.dropBeforeApplying, on: [.remove], every: 2),
                SandboxFault(.dropAfterApplying, on: [.remove], every: 3),
            ]
            #expect(await session.apply().counts[.done] == 6)
            for number in 1...6 { #expect(bench.sendsNothingBlindly("aud_\(number)")) }
        }
    }

    @Test func `an audience that somebody changed behind aud's back is left to them`() async throws {
        try await SandboxBench.with(count: 3) { bench in
            let session = try bench.session()
            try await bench.plan("list() | disable", on: session)
            bench.sandbox.mutate("aud_2", in: bench.space) { $0.name = "Mine" }
            let report = await session.apply()
            #expect(report.outcomes.map(\.status) == [.done, .drifted, .done])
            #expect(bench.log(of: "aud_2") == ["GET 200"])
            #expect(try bench.folder.open().calls(of: 1)[1].error?.hasSuffix(": name") == true)
        }
    }

    @Test func `a page that fails in the middle of a listing changes nothing`() async throws {
        try await SandboxBench.with(count: 900) { bench in
            bench.sandbox.faults = [SandboxFault(.serverError(), on: [.list], page: 3)]
            let session = try bench.session()
            await #expect(throws: RuntimeError.self) { try await bench.plan("list() | disable", on: session) }
            #expect(await session.apply().changesNothing)
            #expect(bench.sandbox.requests.allSatisfy { $0.method == "GET" })
            #expect(try bench.folder.open().runs().isEmpty)
        }
    }

    // MARK: The state file

    /// Makes the state file behave as on a disk that is full.
    private static let full = "PRAGMA max_page_count = 1"
    /// Makes it behave as a file that may not be written.
    private static let readOnly = "PRAGMA query_only = 1"

    @Test(arguments: [full, readOnly])
    func `a state file that cannot be written stops an apply before its first change`(trouble: String) async throws {
        let (session, fake, state) = try fakeSession { _, _ in }
        try state.write { try $0.execute(sql: trouble) }
        _ = await session.run(SourceFile(name: "s", text: "list() | where .enabled | take 100 | disable"), as: .file)
        let report = await session.apply()
        #expect(report.error?.code == .stateUnusable)
        #expect(report.error?.help?.contains("--state FILE") == true)
        #expect(fake.writes.isEmpty)
        #expect(await session.plan.count == 100)
        // It can be sent once the file is well again.
        state.close()
        #expect(await session.apply().counts[.done] == 100)
    }

    @Test(arguments: [false, true])
    func `a state file that may not be written any more stops before the next change`(isLive: Bool) async throws {
        let (session, fake, _) = try fakeSession(isLive: isLive) { call, state in
            if call == .setEnabled(false, "a2") { try? state.write { try $0.execute(sql: Self.readOnly) } }
        }
        let result = await session.run(SourceFile(name: "s", text: "list() | take 6 | disable"), as: .file)
        let report: RunReport
        if isLive, case .finished(let finished) = result { report = finished } else { report = await session.apply() }
        #expect(fake.writes.count == 2)
        let done = report.outcomes.filter { $0.status == .done }.count
        #expect(done == 2)
        let asked = report.outcomes.filter { $0.status != .skipped }
        #expect(asked.filter { $0.status == .notAttempted }.count == asked.count - 2)
        #expect(report.error?.code == .stateUnusable)
        #expect(report.canResume)
    }

    @Test func `a disk that fills up stops before the next change, with the partition exact`() async throws {
        let (session, fake, _) = try fakeSession { call, state in
            if call == .remove("a2") { try? state.write { try $0.execute(sql: Self.full) } }
        }
        _ = await session.run(SourceFile(name: "s", text: "list() | take 90 | remove"), as: .file)
        let report = await session.apply()
        #expect(report.error?.message.hasPrefix("there is no room on the disk") == true)
        #expect(report.outcomes.count == 90)
        for (number, outcome) in report.outcomes.enumerated() {
            let isGone = fake.enabled["a\(number + 1)"] == nil
            #expect(outcome.status == (isGone ? .done : .notAttempted))
        }
        #expect((2..<90).contains(report.counts[.done] ?? 0))
    }

    @Test func `calls whose intents could not be written have none, and are not attempted`() async throws {
        let state = try StateFolder().open()
        let bench = Bench(FakeWorkspace(count: 5))
        let all = try await bench.dry.list()
        _ = try await bench.dry.change(.remove, all.map { .of($0) })
        // The first write fails; the last one, which closes the run, does not.
        let writes = Mutex(0)
        let journal = try RunJournal.begin(
            .apply, plan: nil, calls: await bench.dry.checkpoint.plan.calls, origin: RunOrigin(host: "h"),
            isStrict: false, in: state, mask: { $0 },
            now: {
                let count = writes.withLock { count in
                    count += 1
                    return count
                }
                let refusal = "CREATE TRIGGER refusal BEFORE UPDATE ON calls BEGIN SELECT RAISE(ABORT, 'no'); END"
                if count == 2 { try? state.write { try $0.execute(sql: refusal) } }
                if count == 3 { try? state.write { try $0.execute(sql: "DROP TRIGGER refusal") } }
                return 7
            })
        let report = try await bench.apply(journal: journal)
        #expect(report.error?.code == .stateUnusable)
        #expect(report.counts[.notAttempted] == 5)
        #expect(bench.fake.writes.isEmpty)
        let calls = try state.calls(of: 1)
        #expect(calls.map(\.outcome) == report.outcomes.map(\.status))
        #expect(calls.allSatisfy { !$0.isUnsettled && $0.attempts == 0 })
        #expect(writes.withLock { $0 } == 3)
    }

    private func fakeSession(
        isLive: Bool = false, _ before: @escaping @Sendable (FakeWorkspace.Call, StateDatabase) -> Void
    ) throws -> (Session, FakeWorkspace, StateDatabase) {
        let state = try StateFolder().open()
        let fake = FakeWorkspace(count: 200, before: { before($0, state) })
        let session = Session(
            workspace: .fake(fake), options: SessionOptions(mode: isLive ? .live : .dryRun),
            output: RecordingOutput(), state: state
        )
        return (session, fake, state)
    }
}
