// What is left of a run was confirmed when it began. Caps that somebody has chosen hold for it all the same.

import AudLanguage
import SegmentAudiences
import Synchronization
import Testing

@testable import AudRuntime

struct ResumeCapsTests {
    private static let count = 120

    /// A run of 120 changes of which 10 are made, and sessions that may go on with it.
    private struct Place {
        let fake: FakeWorkspace
        let state: StateDatabase
        private let isDown: @Sendable (Bool) -> Void

        init(_ verb: String) async throws {
            let left = Mutex<Int?>(10)
            isDown = { flag in left.withLock { $0 = flag ? 10 : nil } }
            fake = FakeWorkspace(
                ["s1": (1...ResumeCapsTests.count).map { Audience.sample("a\($0)") }],
                fault: { call, _ in
                    guard call.isWrite else { return nil }
                    let isGone = left.withLock { count in
                        guard let number = count else { return false }
                        count = max(0, number - 1)
                        return number == 0
                    }
                    return isGone ? .refuse(APIError(.network, "No connection.")) : nil
                })
            state = try StateFolder().open()
            let session = session(Caps(maxChanges: 200))
            _ = await session.run(SourceFile(name: "s", text: "list() | \(verb)"), as: .file)
            let report = await session.apply()
            #expect(report.counts[.done] == 10)
            isDown(false)
        }

        func session(_ caps: Caps) -> Session {
            Session(
                workspace: .fake(fake, time: InstantTime()), options: SessionOptions(caps: caps),
                output: RecordingOutput(), time: InstantTime(), state: state)
        }
    }

    @Test func `without a cap what was confirmed is carried through, however much it is`() async throws {
        let place = try await Place("disable")
        let report = await place.session(Caps()).resume(1)
        #expect(report.error == nil)
        #expect(report.counts[.done] == Self.count)
    }

    @Test func `what is left is measured by what it breaks, where somebody has chosen how many`() async throws {
        let query = JSONValue.object(["query": .string("trait('key_a3') = true"), "type": .string("users")])
        let other = try #require(Audience.sample("b1").with("definition", query))
        let left = Mutex<Int?>(1)
        let fake = FakeWorkspace(
            ["s1": (1...3).map { Audience.sample("a\($0)") } + [other]],
            fault: { call, _ in
                guard call.isWrite else { return nil }
                let isDown = left.withLock { count in
                    guard let number = count else { return false }
                    count = max(0, number - 1)
                    return number == 0
                }
                return isDown ? .refuse(APIError(.network, "No connection.")) : nil
            })
        let state = try StateFolder().open()
        func session(_ caps: Caps) -> Session {
            Session(
                workspace: .fake(fake, time: InstantTime()), options: SessionOptions(caps: caps),
                output: RecordingOutput(), time: InstantTime(), state: state)
        }
        let first = session(Caps())
        _ = await first.run(SourceFile(name: "s", text: "list() | take 3 | remove"), as: .file)
        #expect(await first.apply().counts[.done] == 1)
        left.withLock { $0 = nil }
        let refused = await session(Caps(maxBroken: 0)).resume(1)
        #expect(refused.error?.help?.contains("--max-broken 1") == true)
        #expect(refused.canResume)
        #expect(fake.applied.count == 1)
        #expect(await session(Caps(maxBroken: 1)).resume(1).counts[.done] == 3)
    }

    @Test(arguments: [
        ("disable", Caps(maxChanges: 109), "would change 110, the cap is 109"),
        ("remove", Caps(maxRemoves: 5), "would remove 110, the cap is 5"),
        ("disable", Caps(maxPercent: 91), "would change 110 of 120 audiences of prod, the cap is 91 %"),
    ])
    func `more than a cap is refused whole, and may be resumed again`(
        verb: String, caps: Caps, message: String
    ) async throws {
        let place = try await Place(verb)
        let before = place.fake.writes.count
        let report = await place.session(caps).resume(1)
        #expect(report.error?.message == message)
        #expect(report.exitCode == .refused)
        #expect(report.counts[.done] == 10)
        #expect(report.counts[.notAttempted] == 110)
        #expect(report.canResume)
        #expect(place.fake.writes.count == before)
        #expect(try place.state.run(1)?.state == .stopped)
        // What is left fits: no more than that is counted.
        let second = await place.session(Caps(maxChanges: 110, maxRemoves: 110)).resume(1)
        #expect(second.error == nil)
        #expect(second.counts[.done] == Self.count)
        #expect(place.fake.applied.count == Self.count)
    }
}
