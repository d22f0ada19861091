// A server that cannot be reached any more in the middle of an apply: what never left is left to a resumed run.

import AudLanguage
import SegmentAudiences
import Synchronization
import Testing

@testable import AudRuntime

struct UnreachableTests {
    /// A workspace whose changes from the third on never leave, until it is reachable again.
    private final class Network: Sendable {
        private let changes = Mutex<Int?>(0)

        func mend() { changes.withLock { $0 = nil } }

        func fault(_ call: FakeWorkspace.Call) -> FakeWorkspace.Fault? {
            guard call.isWrite else { return nil }
            let isDown = changes.withLock { count in
                guard let number = count else { return false }
                count = number + 1
                return number >= 2
            }
            return isDown ? .refuse(APIError(.network, "No connection.", mayHaveBeenSent: false)) : nil
        }
    }

    @Test(arguments: ["disable", "remove"])
    func `the call is withdrawn, the rest is not attempted, and resume changes each audience once`(
        verb: String
    ) async throws {
        let network = Network()
        let fake = FakeWorkspace(
            ["s1": (1...5).map { Audience.sample("a\($0)") }], fault: { call, _ in network.fault(call) })
        let state = try StateFolder().open()
        func session() -> Session {
            Session(workspace: .fake(fake), output: RecordingOutput(), time: InstantTime(), state: state)
        }
        let first = session()
        _ = await first.run(SourceFile(name: "s", text: "list() | \(verb)"), as: .file)
        let report = await first.apply()
        #expect(
            report.outcomes.map(\.status) == [.done, .done, .notAttempted, .notAttempted, .notAttempted])
        #expect(report.error?.code == .apiNetwork)
        #expect(report.exitCode == .service)
        #expect(report.canResume)
        // Only one call found out.
        #expect(fake.writes.count == 3)
        let calls = try state.calls(of: 1)
        #expect(calls.map(\.outcome) == report.outcomes.map(\.status))
        #expect(calls.allSatisfy { $0.outcome == .done || $0.intent == nil })
        // What never left was not sent.
        #expect(calls.map(\.attempts) == [1, 1, 0, 0, 0])
        #expect(try state.run(1)?.state == .stopped)
        #expect(await first.plan.calls.map(\.id) == ["a3", "a4", "a5"])

        network.mend()
        let resumed = await session().resume(1)
        #expect(resumed.error == nil)
        #expect(resumed.outcomes.map(\.status) == Array(repeating: .done, count: 5))
        #expect(resumed.exitCode == .done)
        #expect(fake.applied.count == 5)
        #expect(Set(fake.applied.map { "\($0)" }).count == 5)
        #expect(try state.run(1)?.state == .done)
    }

    @Test func `an audience that a resumed run cannot read is tried again by the next`() async throws {
        let network = Network()
        let reads = Mutex(0)
        let fake = FakeWorkspace(
            ["s1": (1...5).map { Audience.sample("a\($0)") }],
            fault: { call, _ in
                guard call == .get("a3") else { return network.fault(call) }
                let number = reads.withLock { count in
                    count += 1
                    return count
                }
                return number == 2 ? .refuse(.sample(.unreadable)) : nil
            })
        let state = try StateFolder().open()
        func session() -> Session {
            Session(workspace: .fake(fake), output: RecordingOutput(), time: InstantTime(), state: state)
        }
        let first = session()
        _ = await first.run(SourceFile(name: "s", text: "list() | disable on error continue"), as: .file)
        _ = await first.apply()
        network.mend()
        let second = await session().resume(1)
        #expect(second.outcomes.map(\.status) == [.done, .done, .failed, .done, .done])
        #expect(second.canResume)
        let last = await session().resume(1)
        #expect(last.outcomes.map(\.status) == Array(repeating: .done, count: 5))
        #expect(fake.applied.count == 5)
        #expect(try state.run(1)?.state == .done)
    }
}
