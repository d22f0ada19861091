// A bound on the audiences that Segment still computes: the next change waits until a read shows that one is through.

import AudLanguage
import AudTesting
import SegmentAudiences
import Synchronization
import Testing

@testable import AudRuntime

struct EditsInProgressTests {
    private struct Place {
        let clock = VirtualClock()
        let workspace: ComputingWorkspace
        let session: Session
        let output = RecordingOutput()

        init(_ fake: FakeWorkspace, most: Int?, takes: Duration = .seconds(60), mode: Mode = .dryRun) {
            let workspace = ComputingWorkspace(fake, takes: takes, on: clock)
            let ledger = InProcessLedger(limits: .unlimited, time: clock)
            var options = SessionOptions(mode: mode)
            options.editsInProgress = most
            self.workspace = workspace
            session = Session(
                workspace: Workspace(aliases: ["prod": "s1"], defaultSpace: "prod") {
                    Connection(reading: workspace, writing: workspace, ledger: ledger)
                }, options: options, output: output, time: clock
            )
        }

        /// Sends what a script asks for, and answers how long that took.
        func send(_ script: String) async throws -> (report: RunReport, took: Duration) {
            let start = clock.elapsed
            let report = try await clock.run { () async throws -> RunReport in
                let result = await session.run(SourceFile(name: "s", text: script), as: .file)
                guard case .finished(let report) = result else { throw Unexpected() }
                return await session.mode == .live ? report : await session.apply()
            }
            return (report, clock.elapsed - start)
        }
    }

    /// Audiences `a1`…; the reads of `a1` end in these ways, in order, and then as usual. The first one comes before the
    /// change.
    private func fake(_ count: Int = 12, readsOfFirst: [APIError.Kind?] = []) -> FakeWorkspace {
        let reads = Mutex(readsOfFirst)
        return FakeWorkspace(
            ["s1": (1...count).map { Audience.sample("a\($0)") }],
            fault: { call, _ in
                guard call == .get("a1") else { return nil }
                let kind = reads.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                return kind.map { .refuse(.sample($0)) }
            })
    }

    @Test(arguments: [Mode.dryRun, .live])
    func `no more audiences are computed than allowed, and all are changed`(mode: Mode) async throws {
        let place = Place(fake(), most: 3, mode: mode)
        let (report, took) = try await place.send("list() | disable")
        #expect(report.counts[.done] == 12)
        #expect(place.workspace.mostAtOnce == 3)
        // Three of four batches are waited for. Looks are at 2, 5, 10, 20, 40 and 70 s after the change.
        #expect(took == .seconds(210))
        #expect(place.workspace.fake.writes.count == 12)
    }

    @Test(arguments: [Mode.dryRun, .live])
    func `without a bound nothing waits`(mode: Mode) async throws {
        let place = Place(fake(), most: nil, mode: mode)
        let (report, took) = try await place.send("list() | disable")
        #expect(report.counts[.done] == 12)
        #expect(place.workspace.mostAtOnce == 12)
        #expect(took == .zero)
    }

    @Test func `removals are no edits`() async throws {
        let place = Place(fake(), most: 1)
        let (report, took) = try await place.send("list() | remove")
        #expect(report.counts[.done] == 12)
        #expect(took == .zero)
        // One read before each change, and none after it.
        #expect(place.workspace.fake.calls.count == 1 + 24)
    }

    @Test func `a look that fails is taken again, and what is gone is not computed`() async throws {
        let place = Place(fake(2, readsOfFirst: [nil, .server, .network, .notFound]), most: 1)
        let (report, took) = try await place.send("list() | disable")
        #expect(report.counts[.done] == 2)
        #expect(took == .seconds(10))
    }

    @Test func `looks that fail again and again end the run, and the rest is not attempted`() async throws {
        let place = Place(fake(3, readsOfFirst: [nil, .server, .network, .timeout]), most: 1)
        let (report, took) = try await place.send("list() | disable")
        #expect(report.outcomes.map(\.status) == [.done, .notAttempted, .notAttempted])
        #expect(report.error?.code == .apiNetwork)
        #expect(report.exitCode == .service)
        #expect(took == .seconds(10))
    }

    @Test func `the wait is told, and ends at once when the run is interrupted`() async throws {
        let place = Place(fake(4), most: 2)
        let start = place.clock.elapsed
        let report = await place.clock.run {
            _ = await place.session.run(SourceFile(name: "s", text: "list() | disable"), as: .file)
            let task = Task(executorPreference: place.clock) { await place.session.apply() }
            try? await place.clock.sleep(for: .seconds(3))
            task.cancel()
            return await task.value
        }
        #expect(report.outcomes.map(\.status) == [.done, .done, .notAttempted, .notAttempted])
        #expect(report.exitCode == .interrupted)
        #expect(place.clock.elapsed - start == .seconds(3))
        #expect(place.output.progress.contains { $0.editsInProgress == 2 && $0.finished == 2 })
        #expect(await place.session.plan.count == 2)
    }

    @Test func `the bill counts edits and knows the bound`() async throws {
        let place = Place(fake(7), most: 2)
        _ = await place.clock.run {
            await place.session.run(
                SourceFile(name: "s", text: "list() | take 6 | disable; get(\"a7\") | remove"), as: .file)
        }
        let bill = try await place.session.bill()
        #expect(bill.edits == 6)
        #expect(bill.editsInProgress == 2)
    }
}
