// What takes a run back: per audience, what counts is how it was before the run's first change and after its last.

import AudLanguage
import AudSandbox
import Testing

@testable import AudRuntime

@Suite("Undo")
struct UndoTests {
    private static let space = Space(id: "s1", alias: "prod")

    private func call(
        _ number: Int, _ verb: Verb, _ id: String, before: Bool?, _ status: AudLanguage.Outcome.Status? = .done,
        name: String? = "N", in space: Space = Self.space
    ) -> JournaledCall {
        JournaledCall(
            call: PlannedCall(
                number: number, verb: verb, space: space, id: id, name: name, key: "k_\(id)",
                before: ChangeSubject.state(before.map { .bool($0) } ?? .null),
                after: ChangeSubject.state(after: verb), source: "x.aud:1", policy: .stop,
                expectation: Expectation(name: name, key: "k_\(id)", enabled: before, state: "0123", updatedAt: 5)),
            intent: status == .notAttempted ? nil : 1, attempts: 1, status: status)
    }

    private func undo(_ calls: [JournaledCall]) -> Undo {
        Undo(
            of: JournaledRun(
                number: 7, kind: .apply, origin: RunOrigin(host: "h"), isStrict: true, began: 0, state: .done,
                owner: .current, counts: [:]),
            calls: calls)
    }

    @Test func `what was switched on is switched off again, exactly, and expects what the run has left`() throws {
        let undo = undo([call(1, .enable, "a", before: false)])
        #expect(undo.items.map(\.quality) == [.exact])
        #expect(undo.items.map(\.reason) == [nil])
        let call = try #require(undo.plan.calls.first)
        #expect(undo.plan.count == 1)
        #expect(call.verb == .disable && call.id == "a" && call.space == Self.space && call.number == 1)
        #expect(call.change == "enabled: true → false")
        #expect(call.source == "run 7, call 1")
        #expect(call.policy == .continue)
        #expect(call.expectation == Expectation(name: "N", key: "k_a", enabled: true, state: "0123", updatedAt: nil))
    }

    @Test func `what was switched off is switched on again, with a loss that is told`() {
        let undo = undo([call(1, .disable, "a", before: true)])
        #expect(undo.plan.calls.map(\.verb) == [.enable])
        #expect(undo.items.map(\.quality) == [.lossy])
        #expect(undo.items.first?.reason?.contains("Segment computes it anew") == true)
    }

    @Test func `commands in the reasons find the state file`() {
        let undo = Undo(
            of: JournaledRun(
                number: 7, kind: .apply, origin: RunOrigin(host: "h"), isStrict: true, began: 0, state: .done,
                owner: .current, counts: [:]),
            calls: [call(1, .disable, "a", before: true, .unknown), call(2, .remove, "b", before: nil)],
            stateOption: " --state x")
        #expect(undo.items.first?.reason?.contains("`aud banked 7 --state x` has it") == true)
        #expect(undo.items.last?.reason?.contains("`aud resume 7 --state x` finds out") == true)
    }

    @Test func `the last change is taken back first`() {
        let undo = undo([
            call(1, .disable, "a", before: true), call(2, .enable, "b", before: false),
            call(3, .disable, "c", before: true),
        ])
        #expect(undo.plan.calls.map(\.id) == ["c", "b", "a"])
        #expect(undo.plan.calls.map(\.number) == [1, 2, 3])
        #expect(undo.items.map(\.id) == ["c", "b", "a"])
        #expect(undo.items.map(\.quality) == [.lossy, .exact, .lossy])
    }

    @Test func `several calls on one audience count as one change`() {
        let nothing = undo([call(1, .disable, "a", before: true), call(2, .enable, "a", before: false)])
        #expect(nothing.items.isEmpty && nothing.plan.isEmpty)
        let one = undo([
            call(1, .enable, "a", before: false), call(2, .disable, "a", before: true),
            call(3, .disable, "b", before: true), call(4, .enable, "a", before: false),
        ])
        #expect(one.plan.calls.map(\.id) == ["a", "b"])
        #expect(one.plan.calls.map(\.verb) == [.disable, .enable])
        #expect(one.plan.calls.first?.source == "run 7, call 4")
    }

    @Test func `audiences of one id in two spaces are two`() {
        let undo = undo([
            call(1, .disable, "a", before: true), call(2, .enable, "a", before: false, in: Space(id: "s2")),
        ])
        #expect(undo.plan.calls.map(\.space.id) == ["s2", "s1"])
    }

    @Test func `what is removed is gone, whatever was done to it before`() {
        let undo = undo([call(1, .disable, "a", before: true), call(2, .remove, "a", before: false)])
        #expect(undo.plan.isEmpty)
        #expect(undo.items.map(\.quality) == [.impossible])
        #expect(undo.items.first?.reason?.contains("`aud banked 7`") == true)
    }

    @Test func `without an outcome, or a state before, nothing is restored and the reason is told`() {
        let undo = undo([
            call(1, .disable, "a", before: true, .unknown), call(2, .disable, "b", before: true, nil),
            call(3, .disable, "c", before: nil),
            // That it was made is known, and what came of the second is not.
            call(4, .disable, "d", before: true), call(5, .enable, "d", before: false, .unknown),
        ])
        #expect(undo.plan.isEmpty)
        #expect(undo.items.map(\.id) == ["d", "c", "b", "a"])
        #expect(undo.count(.impossible) == 4)
        for place in [0, 2, 3] { #expect(undo.items[place].reason?.contains("`aud resume 7`") == true) }
        #expect(undo.items[1].reason == "whether it was enabled before is not known")
    }

    @Test(arguments: [
        AudLanguage.Outcome.Status.skipped, .gone, .drifted, .failed, .notAttempted,
    ])
    func `what was not changed is not taken back`(status: AudLanguage.Outcome.Status) {
        let undo = undo([call(1, .disable, "a", before: true, status), call(2, .remove, "b", before: true, status)])
        #expect(undo.items.isEmpty && undo.plan.isEmpty)
    }

    @Test func `a call that did not know its audience still expects how the run has left it`() {
        var made = call(1, .disable, "a", before: true)
        made.call.expectation = nil
        #expect(
            undo([made]).plan.calls.first?.expectation
                == Expectation(name: "N", key: "k_a", enabled: false, state: nil, updatedAt: nil))
    }

    @Test func `a hostile name is a name in the plan's file and in the data`() throws {
        let name = "\u{1B}[2J\")\nremove(\"b\" \u{202E}· #1"
        let undo = undo([
            call(1, .disable, "a", before: true, name: name), call(2, .remove, "b", before: true, name: name),
        ])
        let text = PlanFile(undo.plan, origin: PlanOrigin(host: "h", time: 0)).text
        let read = try PlanFile(reading: Array(text.utf8))
        #expect(read.plan.calls.map(\.verb) == [.enable])
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
        #expect(undo.items.allSatisfy { $0.name == name })
    }

    @Test func `as data it has the counts and every audience`() throws {
        let undo = undo([call(1, .disable, "a", before: true), call(2, .remove, "b", before: true)])
        #expect(
            try JSONText.write(undo.value)
                == #"{"run":7,"exact":0,"lossy":1,"impossible":1,"audiences":[{"undo":"impossible","id":"b","name":"N","#
                + #""space":"prod","why":"it was removed, and the API cannot bring it back; `aud banked 7` has it"},"#
                + #"{"undo":"lossy","id":"a","name":"N","space":"prod","why":"\#(Undo.lossyReason)"}]}"#)
    }

    // MARK: In a session

    @Test func `a run is undone, and an audience that somebody has changed since is left alone`() async throws {
        try await SandboxBench.with(count: 3) { bench in
            let session = try bench.session()
            try await bench.plan("list() | disable", on: session)
            #expect(await session.apply().exitCode == .done)
            #expect(bench.sandbox.mutate("aud_2", in: bench.space) { $0.name = "Another" })
            let undo = try await session.undo(1)
            #expect(undo.plan.count == 3)
            #expect(await session.plan.count == 3)
            let report = await session.apply()
            #expect(report.outcomes.map(\.status) == [.done, .drifted, .done])
            #expect(bench.sandbox.snapshot(bench.space).map(\.enabled).filter { $0 }.count == 2)
            // An undo is a run, and can be undone.
            #expect(try await session.undo(2).plan.calls.map(\.verb) == [.disable, .disable])
        }
    }

    @Test func `what cannot be undone here is explained, and nothing is staged`() async throws {
        let folder = try StateFolder()
        let state = folder.open()
        for (host, isSandbox) in [("https://elsewhere", false), ("here", true), ("here", false)] {
            let journal = try RunJournal.begin(
                .apply, plan: nil, calls: [], origin: RunOrigin(host: host, profile: "eu", isSandbox: isSandbox),
                isStrict: false, in: state, mask: { $0 }, now: { 0 })
            if host != "here" || isSandbox { try journal.finish(exitCode: .done, error: nil) }
        }
        let session = Session(
            workspace: .fake(FakeWorkspace(count: 1)), output: RecordingOutput(), state: state,
            origin: RunOrigin(host: "here"))
        func refusal(_ run: Int64, _ session: Session) async -> RuntimeError? {
            do throws(RuntimeError) {
                _ = try await session.undo(run)
                return nil
            } catch {
                return error
            }
        }
        #expect(await refusal(1, session)?.message == "run 1 was made at https://elsewhere, and this is here")
        #expect(await refusal(2, session)?.message.contains("simulated workspace") == true)
        #expect(await refusal(3, session)?.message.contains("is still carrying run 3") == true)
        #expect(await refusal(4, session)?.message == "there is no run 4 in this state file")
        #expect(await refusal(4, session)?.help == "`aud runs` lists the runs")
        let without = Session(workspace: .fake(FakeWorkspace(count: 1)), output: RecordingOutput())
        #expect(await refusal(1, without)?.code == .stateUnusable)
        // The simulated workspace of this very process is still there.
        let inside = Session(
            workspace: .fake(FakeWorkspace(count: 1)), output: RecordingOutput(), state: state,
            origin: RunOrigin(host: "here", isSandbox: true))
        #expect(await refusal(2, inside) == nil)
    }
}
