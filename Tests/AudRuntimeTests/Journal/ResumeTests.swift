// What an interrupt leaves, who may go on with it, and what a live run leaves.

import AudLanguage
import AudSandbox
import AudTesting
import GRDB
import SegmentAudiences
import Testing

@testable import AudRuntime

struct ResumeTests {
    @Test func `a change in flight is awaited when the run is interrupted`() async throws {
        let clock = VirtualClock()
        let fake = FakeWorkspace(count: 6)
        let token = try #require(APIToken("any"))
        let transport = LateTransport(clock: clock, inner: FakeTransport(workspace: fake))
        let service = AudienceService(
            configuration: ServiceConfiguration(token: token), transport: transport, time: clock
        )
        let state = try StateFolder().open()
        let session = Session(
            workspace: Workspace(aliases: ["prod": "s1"], defaultSpace: "prod") { Connection(service) },
            output: RecordingOutput(), time: clock, state: state
        )
        let report = await clock.run {
            _ = await session.run(SourceFile(name: "s", text: "list() | disable"), as: .file)
            let task = Task(executorPreference: clock) { await session.apply() }
            // Each answer takes 10 s: the second change is on its way.
            try? await clock.sleep(for: .seconds(25))
            task.cancel()
            return await task.value
        }
        #expect(report.outcomes.map(\.status) == [.done, .done, .notAttempted, .notAttempted])
        #expect(report.exitCode == .interrupted)
        #expect(fake.applied.count == 2)
        #expect(report.canResume)
        #expect(await session.plan.calls.map(\.id) == ["a4", "a5"])
        #expect(try state.calls(of: 1).map(\.outcome) == [.done, .done, .notAttempted, .notAttempted])
        let resumed = await clock.run { await session.resume(1) }
        #expect(resumed.outcomes.map(\.status) == [.done, .done, .done, .done])
        #expect(fake.applied.count == 4)
        #expect(try state.run(1)?.state == .done)
    }

    @Test func `what was switched meanwhile is not changed by the rest of a run`() async throws {
        try await SandboxBench.with(count: 5) { bench in
            #expect(
                try await DyingProcess.run(
                    bench, "list() | disable; list() | remove", limited: true, step: "afterOutcome", call: 2))
            bench.sandbox.mutate("aud_1", in: bench.space) { $0.enabled = true }
            bench.sandbox.mutate("aud_4", in: bench.space) { $0.key = "other" }
            bench.sandbox.delete("aud_5", in: bench.space)
            let report = try await bench.session().resume(1)
            // What is gone, or was changed by others, is theirs: the rest goes on.
            #expect(report.error == nil)
            #expect(
                report.outcomes.map(\.status) == [
                    .done, .done, .done, .drifted, .gone, .drifted, .done, .done, .drifted, .gone,
                ])
            #expect(report.exitCode == .someFailed)
            #expect(!report.canResume)
            #expect(bench.sandbox.snapshot(bench.space).map(\.id).sorted() == ["aud_1", "aud_4"])
        }
    }

    @Test func `a run of a living process is not carried by another`() async throws {
        try await SandboxBench.with(count: 2) { bench in
            let session = try bench.session()
            try await bench.plan("list() | disable", on: session)
            _ = try RunJournal.begin(
                .apply, plan: nil, calls: await session.plan.calls, origin: bench.origin, isStrict: false,
                in: bench.folder.open(), mask: { $0 }, now: { 0 }
            )
            let report = try await bench.session().resume(1)
            #expect(
                report.error?.message
                    == "process \(ProcessIdentity.current.pid) is carrying run 1, so this one does not")
            #expect(bench.sandbox.requests.allSatisfy { $0.method == "GET" })
        }
    }

    @Test func `runs of elsewhere, of a sandbox that is gone, and unknown ones are explained`() async throws {
        let state = try StateFolder().open()
        for (host, isSandbox) in [("https://elsewhere", false), ("here", true)] {
            let journal = try RunJournal.begin(
                .apply, plan: nil, calls: [], origin: RunOrigin(host: host, profile: "eu", isSandbox: isSandbox),
                isStrict: false, in: state, mask: { $0 }, now: { 0 }
            )
            try journal.finish(exitCode: .interrupted, error: nil)
        }
        try state.write { try $0.execute(sql: "UPDATE runs SET state = 'stopped'") }
        let session = Session(
            workspace: .fake(FakeWorkspace(count: 1)), output: RecordingOutput(), state: state,
            origin: RunOrigin(host: "here")
        )
        #expect(await session.resume(1).error?.message == "run 1 was made at https://elsewhere, and this is here")
        #expect(await session.resume(2).error?.message.contains("simulated workspace") == true)
        #expect(await session.resume(3).error?.message == "there is no run 3 in this state file")
        let without = Session(workspace: .fake(FakeWorkspace(count: 1)), output: RecordingOutput())
        #expect(await without.resume(1).error?.code == .stateUnusable)
    }

    @Test func `resuming a finished run tells what became of it and sends nothing`() async throws {
        try await SandboxBench.with(count: 3) { bench in
            let session = try bench.session()
            try await bench.plan("list() | disable", on: session)
            bench.sandbox.faults = [SandboxFault(.status(400), on: [.update], skip: 2)]
            #expect(await session.apply().exitCode == .someFailed)
            bench.sandbox.faults = []
            bench.sandbox.clearRequests()
            let resumed = try await bench.session().resume(1)
            #expect(resumed.error == nil)
            #expect(resumed.outcomes.map(\.status) == [.done, .done, .failed])
            #expect(resumed.exitCode == .someFailed)
            #expect(resumed.notes == ["run 1 has nothing left to do: every call has its outcome"])
            #expect(bench.sandbox.requests.isEmpty)
        }
    }

    @Test func `a live run is journaled, and resuming it settles and sends nothing`() async throws {
        try await SandboxBench.with(count: 4) { bench in
            var options = SessionOptions(mode: .live)
            options.caps.maxChanges = 100
            let session = try bench.session(limits: .unlimited, options)
            // The third change is made, and neither its answer nor the reads after it arrive.
            bench.sandbox.faults = [
                SandboxFault(.dropAfterApplying, on: [.update], skip: 2, times: 1),
                SandboxFault(.serverError(), on: [.get], skip: 0),
            ]
            let result = await session.run(
                SourceFile(name: "test.aud", text: "list() | disable; remove(\"aud_4\")"), as: .file)
            guard case .finished(let report) = result else { throw Unexpected() }
            #expect(report.outcomes.map(\.status) == [.done, .done, .unknown, .notAttempted])
            #expect(report.exitCode == .unknown)
            #expect(report.canResume)
            let run = try #require(try bench.folder.open().run(1))
            #expect(run.kind == .live)
            #expect(run.state == .stopped)
            // The journal knows what was not tried, as the report does.
            #expect(run.counts == report.counts.filter { $0.value > 0 })
            bench.sandbox.faults = []
            bench.sandbox.clearRequests()
            let resumed = try await bench.session().resume(1)
            #expect(resumed.outcomes.map(\.status) == [.done, .done, .done, .notAttempted])
            #expect(bench.sandbox.requests.map(\.method) == ["GET"])
            #expect(try bench.folder.open().run(1)?.state == .done)
        }
    }

    @Test func `a live removal banks the whole audience first`() async throws {
        try await SandboxBench.with(count: 2) { bench in
            let session = try bench.session(limits: .unlimited, SessionOptions(mode: .live))
            _ = await session.run(SourceFile(name: "test.aud", text: "list() | remove"), as: .file)
            #expect(bench.sandbox.snapshot(bench.space).isEmpty)
            let banked = try bench.folder.open().banked(by: 1)
            #expect(banked.map(\.call) == [1, 2])
            #expect(banked.allSatisfy { $0.audience.contains("Order Completed") })
        }
    }

    @Test func `a live run that ends with an error has stopped, and only its script can go on`() async throws {
        let state = try StateFolder().open()
        let fake = FakeWorkspace(count: 3)
        let session = Session(
            workspace: .fake(fake), options: SessionOptions(mode: .live), output: RecordingOutput(), state: state)
        let result = await session.run(
            SourceFile(name: "s", text: "get(\"a1\") | disable; fail \"no\"; get(\"a2\") | disable"), as: .file)
        guard case .finished(let report) = result else { throw Unexpected() }
        #expect(report.error?.message == "no")
        #expect(!report.canResume)
        let run = try #require(try state.run(1))
        #expect(run.state == .stopped)
        #expect(!run.canResume)
        #expect(run.error == "no")
        #expect(fake.applied == [.setEnabled(false, "a1")])
        // One that came to its end is done.
        _ = await session.run(SourceFile(name: "s", text: "get(\"a2\") | disable"), as: .file)
        #expect(try state.run(2)?.state == .done)
    }

    @Test func `a live run that sends nothing leaves no run`() async throws {
        let state = try StateFolder().open()
        let session = Session(
            workspace: .fake(FakeWorkspace(count: 3)), options: SessionOptions(mode: .live), output: RecordingOutput(),
            state: state
        )
        _ = await session.run(SourceFile(name: "s", text: "get(\"a3\") | disable"), as: .file)
        #expect(try state.runs().isEmpty)
    }

    /// Answers after 10 s, and is not hurried.
    private struct LateTransport: HTTPTransport {
        let clock: VirtualClock
        let inner: FakeTransport

        func send(
            _ request: HTTPRequestMessage, timeout: Duration
        ) async throws(TransportError) -> HTTPResponseMessage {
            do {
                try await clock.sleep(for: .seconds(10))
            } catch {
                throw TransportError(.cancelled, mayHaveBeenSent: true, message: "cancelled")
            }
            return try await inner.send(request, timeout: timeout)
        }

        func shutdown() async {}
    }
}
