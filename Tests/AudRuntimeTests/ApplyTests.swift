// Applying sends exactly the plan, in order; and a script that is tried dry and then applied does what it would have
// done live.

import AudLanguage
import AudTesting
import SegmentAudiences
import Testing

@testable import AudRuntime

struct ApplyTests {
    @Test func `the calls of the plan are sent in its order and nothing else is`() async throws {
        let bench = Bench(FakeWorkspace(count: 6))
        let all = try await bench.dry.list()
        try await bench.dry.change(.disable, all[0], all[1], all[2])
        try await bench.dry.change(.remove, all[4])
        try await bench.dry.change(.enable, all[2], all[0])
        let report = try await bench.apply()
        #expect(
            bench.fake.writes == [
                .setEnabled(false, "a1"), .setEnabled(false, "a2"), .remove("a5"), .setEnabled(true, "a3"),
                .setEnabled(true, "a1"),
            ]
        )
        #expect(report.counts[.done] == 5)
        #expect(report.exitCode == .done)
    }

    @Test func `a failure under stop leaves the rest not attempted, under continue it does not`() async throws {
        for (policy, expected) in [
            (ErrorPolicy.stop, [Outcome.Status.done, .failed, .notAttempted]), (.continue, [.done, .failed, .done]),
        ] {
            let bench = Bench(
                FakeWorkspace(
                    count: 5,
                    fault: { call, _ in
                        call == .setEnabled(false, "a2") ? .refuse(.sample(.validation, status: 422)) : nil
                    }))
            let all = try await bench.dry.list()
            _ = try await bench.dry.change(.disable, [.of(all[0]), .of(all[1]), .of(all[3])], policy)
            let report = try await bench.apply()
            #expect(report.outcomes.map(\.status) == expected)
            #expect(report.exitCode == .someFailed)
        }
    }

    @Test(arguments: 0..<60)
    func `dry run then apply equals live`(seed: Int) async throws {
        let tried = Bench(.init(count: 12, pageSize: 5))
        let direct = Bench(.init(count: 12, pageSize: 5))
        let triedOutcomes = await perform(seed, on: tried.dry)
        let directOutcomes = await perform(seed, on: direct.live)
        #expect(tried.fake.writes.isEmpty)
        let report = try await tried.apply()
        #expect(report.error == nil)
        #expect(tried.fake.applied == direct.fake.applied)
        #expect(tried.fake.enabled == direct.fake.enabled)
        #expect(triedOutcomes.map { $0 == .planned ? .done : $0 } == directOutcomes)
    }

    /// Performs the same random actions on any world, on audiences that were read at various times.
    private func perform(_ seed: Int, on world: any World) async -> [Outcome.Status] {
        var random = SeededRandom(seed: UInt64(seed))
        var seen: [RecordValue] = []
        var statuses: [Outcome.Status] = []
        for _ in 0..<25 {
            if Int.random(in: 0..<6, using: &random) == 0, let fresh = try? await world.list() { seen = fresh }
            let request = Request.change(RandomRequest.change(using: &random, seen: seen))
            if case .outcomes(let outcomes) = await world.answer(request) { statuses += outcomes.map(\.status) }
        }
        return statuses
    }
}
