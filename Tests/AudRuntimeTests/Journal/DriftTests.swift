// Before each change its audience is looked at again, and left alone when it is not as the plan expected.

import AudLanguage
import SegmentAudiences
import Testing

@testable import AudRuntime

struct DriftTests {
    private func bench(count: Int = 6) -> Bench { Bench(FakeWorkspace(count: count)) }

    @Test(arguments: [
        ("name", JSONValue.string("Other"), ["name"]), ("key", .string("other"), ["key"]),
        ("description", .string("Other"), ["description or definition"]),
        (
            "definition", .object(["query": .string("other"), "type": .string("users")]),
            ["description or definition"]
        ),
    ])
    func `an audience that differs is left alone, and the rest goes on`(
        field: String, value: JSONValue, differs: [String]
    ) async throws {
        let bench = bench()
        let all = try await bench.dry.list()
        try await bench.dry.change(.disable, all[0], all[1], all[3])
        bench.fake.mutate("a2") { $0.with(field, value) }
        let report = try await bench.apply()
        #expect(report.outcomes.map(\.status) == [.done, .drifted, .done])
        #expect(report.outcomes[1].error?.message.hasSuffix(": \(differs.joined(separator: ", "))") == true)
        #expect(report.error == nil)
        #expect(report.exitCode == .drifted)
        #expect(bench.fake.writes == [.setEnabled(false, "a1"), .setEnabled(false, "a4")])
    }

    @Test func `what is already so costs no change, what is gone is gone`() async throws {
        let bench = bench()
        let all = try await bench.dry.list()
        _ = try await bench.dry.change(.disable, [.of(all[0]), .of(all[1]), .of(all[3])], .continue)
        bench.fake.mutate("a1") { $0.with(enabled: false) }
        bench.fake.mutate("a2") { _ in nil }
        let report = try await bench.apply()
        #expect(report.outcomes.map(\.status) == [.skipped, .gone, .done])
        #expect(report.outcomes[0].before == ["enabled": false] && report.outcomes[0].after == ["enabled": false])
        #expect(bench.fake.writes == [.setEnabled(false, "a4")])
        #expect(report.exitCode == .someFailed)
    }

    @Test func `an audience that is gone does not stop the rest, whatever the policy`() async throws {
        let bench = bench()
        let all = try await bench.dry.list()
        try await bench.dry.change(.disable, all[0], all[1], all[3])
        bench.fake.mutate("a1") { _ in nil }
        let report = try await bench.apply()
        #expect(report.outcomes.map(\.status) == [.gone, .done, .done])
        #expect(report.error == nil)
        #expect(report.exitCode == .someFailed)
        #expect(bench.fake.writes == [.setEnabled(false, "a2"), .setEnabled(false, "a4")])
    }

    @Test func `a removal of an audience that was switched is drift`() async throws {
        let bench = bench()
        let all = try await bench.dry.list()
        try await bench.dry.change(.remove, all[0])
        bench.fake.mutate("a1") { $0.with(enabled: false) }
        #expect(try await bench.apply().outcomes.map(\.status) == [.drifted])
        #expect(bench.fake.writes.isEmpty)
    }

    @Test func `a newer date alone is a note, and drift when that is wanted`() async throws {
        for isStrict in [false, true] {
            let bench = bench()
            let all = try await bench.dry.list()
            try await bench.dry.change(.disable, all[0])
            bench.fake.mutate("a1") { $0.with("updatedAt", .string("2026-01-01T00:00:00.000Z")) }
            let report = try await bench.apply(isStrict: isStrict)
            #expect(report.outcomes.map(\.status) == [isStrict ? .drifted : .done])
            #expect(bench.fake.writes.count == (isStrict ? 0 : 1))
        }
    }

    @Test func `the note says how many`() async throws {
        let fake = FakeWorkspace(count: 3)
        let bench = SessionBench(fake)
        try await bench.run("list() | where .enabled | disable")
        fake.mutate("a1") { $0.with("updatedAt", .string("2026-01-01T00:00:00.000Z")) }
        let report = await bench.session.apply()
        #expect(report.counts[.done] == 2)
        #expect(report.notes.count == 1)
        #expect(report.notes.first?.hasPrefix("1 audience has a newer updatedAt") == true)
    }

    @Test func `later calls on an audience compare with the answer to the earlier one`() async throws {
        // The server touches name and date of what it changes.
        let fake = FakeWorkspace(count: 2, answering: { $0.with("updatedAt", .string("2026-02-02T00:00:00.000Z")) })
        let bench = Bench(fake)
        let all = try await bench.dry.list()
        try await bench.dry.change(.disable, all[0])
        try await bench.dry.change(.enable, all[0])
        try await bench.dry.change(.remove, all[0])
        let report = try await bench.apply(isStrict: true)
        #expect(report.outcomes.map(\.status) == [.done, .done, .done])
    }

    @Test func `a later call on an audience whose earlier one drifted is drift as well`() async throws {
        let bench = bench()
        let all = try await bench.dry.list()
        try await bench.dry.change(.disable, all[0])
        try await bench.dry.change(.remove, all[0])
        bench.fake.mutate("a1") { $0.with("name", .string("Other")) }
        #expect(try await bench.apply().outcomes.map(\.status) == [.drifted, .drifted])
        #expect(bench.fake.writes.isEmpty)
    }

    @Test func `an audience that cannot be read fails, three in a row end the run`() async throws {
        let bench = Bench(
            FakeWorkspace(
                count: 9,
                fault: { call, _ in
                    switch call {
                    case .get("a2"), .get("a5"), .get("a7"), .get("a8"): .refuse(.sample(.network))
                    default: nil
                    }
                }))
        let all = try await bench.dry.list()
        _ = try await bench.dry.change(
            .remove, [0, 1, 2, 3, 4, 6, 7, 8].map { .of(all[$0]) }, .continue)
        let report = try await bench.apply()
        #expect(
            report.outcomes.map(\.status)
                == [.done, .failed, .done, .done, .failed, .failed, .failed, .notAttempted])
        #expect(report.error?.code == .apiNetwork)
    }
}
