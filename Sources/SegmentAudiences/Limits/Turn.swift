// One task's place in a queue, or its wait for a change: fired once, by whoever frees the way, or abandoned by its own
// task when that is cancelled or runs out of time. Invariant: exactly one of the two wins, and the loser learns it, so
// that a turn handed to a task that has just left is never lost.

import Synchronization

final class Turn: Sendable {
    private enum State {
        case idle
        case waiting(CheckedContinuation<Void, Never>)
        case fired
        case abandoned
    }

    private let state = Mutex(State.idle)

    /// Hands over the turn; false when its task has left.
    @discardableResult
    func fire() -> Bool {
        let (won, waiter) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
            switch state {
            case .idle:
                state = .fired
                return (true, nil)
            case .waiting(let continuation):
                state = .fired
                return (true, continuation)
            case .fired: return (true, nil)
            case .abandoned: return (false, nil)
            }
        }
        waiter?.resume()
        return won
    }

    /// Waits to be fired, until `deadline` at most, or until the task is cancelled.
    /// - Returns: whether it was fired; if not, it never will be.
    func wait(until deadline: BootInstant?, time: any TimeSource) async -> Bool {
        guard let deadline else {
            await waitForFiring()
            return wasFired
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await time.sleep(until: deadline) }
            group.addTask { await self.waitForFiring() }
            await group.next()
            group.cancelAll()
        }
        return wasFired
    }

    private var wasFired: Bool {
        state.withLock { state in
            if case .fired = state { return true }
            state = .abandoned
            return false
        }
    }

    private func waitForFiring() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state -> Bool in
                    guard case .idle = state, !Task.isCancelled else { return true }
                    state = .waiting(continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard case .waiting(let continuation) = state else { return nil }
                state = .idle
                return continuation
            }
            waiter?.resume()
        }
    }
}
