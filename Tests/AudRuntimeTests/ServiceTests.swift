// A session on the real client, in virtual time: the limits of the API, the bill, and the time that a run may take.

import AudLanguage
import AudTesting
import SegmentAudiences
import Testing

@testable import AudRuntime

struct ServiceTests {
    /// A session whose requests go through the client, at the limits of the seed.
    private func session(
        _ fake: FakeWorkspace, _ clock: VirtualClock,
        _ options: SessionOptions = SessionOptions(caps: Caps(maxChanges: 1000))
    ) throws -> Session {
        var configuration = ServiceConfiguration(token: try #require(APIToken("sgp_aaaaaaaaaaaaaaaaaaaaaaaa")))
        configuration.limits = .seed
        let service = AudienceService(
            configuration: configuration, transport: FakeTransport(workspace: fake), time: clock, random: { 0.5 }
        )
        let workspace = Workspace(aliases: ["prod": "s1"], defaultSpace: "prod") { Connection(service) }
        return Session(workspace: workspace, options: options, output: RecordingOutput(), time: clock)
    }

    private func run(_ text: String, _ session: Session) async throws -> RunReport {
        guard case .finished(let report) = await session.run(SourceFile(name: "s", text: text), as: .file) else {
            throw Unexpected()
        }
        return report
    }

    @Test(arguments: [(1, 0), (10, 0), (11, 60), (137, 780)])
    func `the bill of n updates is the time that they take`(updates: Int, seconds: Int) async throws {
        let clock = VirtualClock()
        let ids = (1...updates).map { Audience.sample("a\($0)") }
        let session = try session(FakeWorkspace(["s1": ids]), clock)
        try await clock.run {
            #expect(try await run("list() | disable", session).staged == updates)
            let bill = try await session.bill()
            #expect(bill.duration == .seconds(seconds))
            let report = await session.apply()
            #expect(report.counts[.done] == updates)
            #expect(report.duration == bill.duration)
            #expect(clock.wallNow().microseconds == bill.finish)
        }
    }

    @Test func `the bill holds when updates and removals take turns`() async throws {
        let clock = VirtualClock()
        let session = try session(FakeWorkspace(["s1": (1...80).map { .sample("a\($0)") }]), clock)
        try await clock.run {
            _ = try await run(
                """
                let all = list()
                all | take 25 | disable
                all | skip 25 | take 30 | remove
                all | skip 55 | disable
                """, session
            )
            let bill = try await session.bill()
            #expect(await session.apply().duration == bill.duration)
        }
    }

    @Test func `an apply that would outlast its time stops at once and says what is left`() async throws {
        let clock = VirtualClock()
        let options = SessionOptions(wallTime: .seconds(70))
        let fake = FakeWorkspace(["s1": (1...25).map { .sample("a\($0)") }])
        let session = try session(fake, clock, options)
        try await clock.run {
            _ = try await run("list() | disable", session)
            let report = await session.apply()
            #expect(report.counts[.done] == 20)
            #expect(report.counts[.notAttempted] == 5)
            #expect(report.error?.code == .timeLimit)
            #expect(report.exitCode == .outOfBudget)
            #expect(report.duration == .seconds(60))
        }
    }

    @Test func `an apply that waits for the limit can be interrupted`() async throws {
        let clock = VirtualClock()
        let fake = FakeWorkspace(["s1": (1...25).map { .sample("a\($0)") }])
        let session = try session(fake, clock)
        try await clock.run {
            _ = try await run("list() | disable", session)
            let report = await withTaskGroup(of: RunReport?.self) { group in
                group.addTask { await session.apply() }
                group.addTask {
                    try? await clock.sleep(for: .seconds(90))
                    return nil
                }
                var report: RunReport?
                for await answer in group {
                    if let answer { report = answer }
                    group.cancelAll()
                }
                return report
            }
            #expect(report?.counts[.done] == 20)
            #expect(report?.counts[.notAttempted] == 5)
            #expect(report?.exitCode == .interrupted)
            #expect(report?.duration == .seconds(90))
        }
    }
}
