// An audience that is locked holds up its own calls and no others.

import AudLanguage
import AudTesting
import SegmentAudiences
import Synchronization
import Testing

@testable import AudRuntime

struct LockedAudienceTests {
    private func workspace(locked id: String, times: Int) -> FakeWorkspace {
        let refusals = Mutex(0)
        return FakeWorkspace(
            count: 6,
            fault: { call, _ in
                guard call == .setEnabled(false, id) || call == .remove(id) else { return nil }
                let isLocked = refusals.withLock { count in
                    count += 1
                    return count <= times
                }
                return isLocked ? .refuse(.sample(.conflict, status: 409)) : nil
            })
    }

    @Test func `its call is queued again while others go on, and its later calls stay behind it`() async throws {
        let bench = Bench(workspace(locked: "a1", times: 2))
        let all = try await bench.dry.list()
        try await bench.dry.change(.disable, all[0], all[1])
        try await bench.dry.change(.remove, all[0])
        try await bench.dry.change(.disable, all[3])
        let start = bench.clock.elapsed
        let report = try await bench.apply()
        #expect(report.counts[.done] == 4)
        #expect(
            bench.fake.writes == [
                .setEnabled(false, "a1"), .setEnabled(false, "a2"), .setEnabled(false, "a4"), .setEnabled(false, "a1"),
                .setEnabled(false, "a1"), .remove("a1"),
            ]
        )
        // 5 s, then 10 s.
        #expect(bench.clock.elapsed - start == .seconds(15))
    }

    @Test func `a lock that never goes fails its call in the end`() async throws {
        let bench = Bench(workspace(locked: "a1", times: .max))
        let all = try await bench.dry.list()
        _ = try await bench.dry.change(.disable, [.of(all[0]), .of(all[1])], .continue)
        let start = bench.clock.elapsed
        let report = try await bench.apply()
        #expect(report.outcomes.map(\.status) == [.failed, .done])
        #expect(report.outcomes[0].error?.code == .apiConflict)
        #expect(bench.fake.writes.count == 7)
        #expect(bench.clock.elapsed - start == .seconds(135))
    }

    @Test func `while only locked audiences are left, progress names the next try`() async throws {
        let bench = SessionBench(workspace(locked: "a1", times: 2))
        try await bench.run("get(\"a1\") | disable")
        let start = bench.clock.now()
        _ = await bench.clock.run { await bench.session.apply() }
        let waits = bench.output.progress.filter(\.isLocked)
        #expect(waits.map(\.item) == ["Audience a1", "Audience a1"])
        #expect(waits.map { $0.waitsUntil.map { start.duration(to: $0) } } == [.seconds(5), .seconds(15)])
    }

    @Test func `its wait ends at once when the run is interrupted`() async throws {
        let bench = SessionBench(workspace(locked: "a1", times: .max))
        try await bench.run("get(\"a1\") | disable")
        let start = bench.clock.elapsed
        let report = await bench.clock.run {
            let task = Task(executorPreference: bench.clock) { await bench.session.apply() }
            try? await bench.clock.sleep(for: .seconds(3))
            task.cancel()
            return await task.value
        }
        #expect(report.outcomes.map(\.status) == [.notAttempted])
        #expect(report.exitCode == .interrupted)
        #expect(bench.clock.elapsed - start == .seconds(3))
        #expect(await bench.session.plan.count == 1)
    }
}
