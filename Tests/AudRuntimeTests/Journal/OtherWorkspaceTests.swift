// With the token of another workspace no audience is found. That is nobody's removal, and a run does not take it for one.

import AudLanguage
import SegmentAudiences
import Testing

@testable import AudRuntime

struct OtherWorkspaceTests {
    private let state: StateDatabase
    private let right = FakeWorkspace(["s1": (1...5).map { Audience.sample("a\($0)") }])
    /// Has no space `s1`.
    private let wrong = FakeWorkspace(["s2": [Audience.sample("c1", space: "s2")]])

    init() throws {
        state = try StateFolder().open()
    }

    private func session(_ fake: FakeWorkspace) -> Session {
        Session(
            workspace: .fake(fake, time: InstantTime()), output: RecordingOutput(), time: InstantTime(), state: state)
    }

    private func saved(_ script: String) async throws -> PlanFile {
        let session = session(right)
        _ = await session.run(SourceFile(name: "s", text: script), as: .file)
        return try await session.save(host: "h")
    }

    @Test(arguments: ["disable", "remove"])
    func `nothing is sent, and the right workspace goes on with the run`(verb: String) async throws {
        let file = try await saved("list() | \(verb)")
        let other = session(wrong)
        try await other.stage(file)
        let report = await other.apply()
        #expect(report.counts[.notAttempted] == 5)
        #expect(report.error?.message.contains("knows neither the space \"prod\" (s1) nor its audiences") == true)
        #expect(report.exitCode == .service)
        #expect(report.canResume)
        #expect(wrong.calls == [.get("a1"), .page(space: "s1", cursor: nil)])
        #expect(await session(wrong).resume(1).counts[.notAttempted] == 5)
        let resumed = await session(right).resume(1)
        #expect(resumed.error == nil)
        #expect(resumed.counts[.done] == 5)
        #expect(right.applied.count == 5)
    }

    @Test func `a removal without an answer is not done because another workspace does not know its audience`()
        async throws
    {
        let session = session(right)
        _ = await session.run(SourceFile(name: "s", text: "list() | remove"), as: .file)
        let journal = try RunJournal.begin(
            .apply, plan: nil, calls: await session.plan.calls, origin: RunOrigin(), isStrict: false, in: state,
            mask: { $0 }, now: { 0 })
        try journal.write([.intent(1, banking: "{}")])
        try journal.finish(exitCode: .interrupted, error: nil)
        let report = await self.session(wrong).resume(1)
        #expect(report.outcomes[0].status == .unknown)
        #expect(report.canResume)
        #expect(await self.session(right).resume(1).counts[.done] == 5)
    }

    @Test func `where the space is there its audiences are gone`() async throws {
        let file = try await saved("list() | take 2 | disable")
        let empty = FakeWorkspace(["s1": []])
        let session = session(empty)
        try await session.stage(file)
        let report = await session.apply()
        #expect(report.outcomes.map(\.status) == [.gone, .gone])
        #expect(!report.canResume)
        // The space is looked at once.
        #expect(empty.calls == [.get("a1"), .page(space: "s1", cursor: nil), .get("a2")])
    }
}
