// A clock that moves when a test says so.

import SegmentAudiences
import Synchronization

final class ManualTime: TimeSource {
    private struct State {
        var now = BootInstant(nanoseconds: 0)
        var sleepers: [(deadline: BootInstant, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    func now() -> BootInstant { state.withLock { $0.now } }

    func wallNow() -> Timestamp { Timestamp(microseconds: now().nanoseconds / 1000) }

    func sleep(until deadline: BootInstant) async throws(CancellationError) {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if deadline <= state.now { return true }
                state.sleepers.append((deadline, continuation))
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.deadline <= state.now }
            state.sleepers.removeAll { $0.deadline <= state.now }
            return due
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Whether somebody sleeps.
    var isSleptOn: Bool { state.withLock { !$0.sleepers.isEmpty } }
}
