// A clock that moves when a test says so.

import SegmentAudiences
import Synchronization

final class ManualTime: TimeSource {
    private struct State {
        var now = BootInstant(nanoseconds: 0)
        var number = 0
        var sleepers: [Int: (deadline: BootInstant, continuation: CheckedContinuation<Void, Never>)] = [:]
    }

    private let state = Mutex(State())

    func now() -> BootInstant { state.withLock { $0.now } }

    func wallNow() -> Timestamp { Timestamp(microseconds: now().nanoseconds / 1000) }

    func sleep(until deadline: BootInstant) async throws(CancellationError) {
        let number = state.withLock { state in
            state.number += 1
            return state.number
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if deadline <= state.now || Task.isCancelled { return true }
                    state.sleepers[number] = (deadline, continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: number) }?.continuation.resume()
        }
        if Task.isCancelled { throw CancellationError() }
    }

    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due
        }
        for sleeper in due.values { sleeper.continuation.resume() }
    }

    /// Whether somebody sleeps.
    var isSleptOn: Bool { state.withLock { !$0.sleepers.isEmpty } }
}
