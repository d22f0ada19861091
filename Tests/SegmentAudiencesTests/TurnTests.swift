// A turn is either taken or left, never both and never neither.

import AudTesting
import Testing

@testable import SegmentAudiences

@Suite(.timeLimit(.minutes(1)))
struct TurnTests {
    private let clock = VirtualClock()

    @Test("Fired before, while and long after its task began to wait")
    func fired() async {
        let early = Turn()
        #expect(early.fire())
        #expect(await early.wait(until: nil, time: clock))
        let late = Turn()
        let (won, wasFired) = await clock.run {
            async let waiting = late.wait(until: clock.now().advanced(by: .seconds(9)), time: clock)
            try? await clock.sleep(for: .seconds(5))
            return (late.fire(), await waiting)
        }
        #expect(won && wasFired)
        #expect(clock.elapsed == .seconds(1005))
    }

    @Test("A turn that its task has left cannot be handed over")
    func left() async {
        let expired = Turn()
        let wasFired = await clock.run { await expired.wait(until: clock.now().advanced(by: .seconds(1)), time: clock) }
        #expect(!wasFired)
        #expect(!expired.fire())
        let cancelled = Turn()
        let waiting = Task { await cancelled.wait(until: nil, time: clock) }
        waiting.cancel()
        #expect(await !waiting.value)
        #expect(!cancelled.fire())
    }
}
