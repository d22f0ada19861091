// Time for tests. Invariants: work that runs on this clock runs one job at a time in a fixed order; the clock moves only
// when no job can go on, and then exactly to the earliest sleeper's deadline. So a simulation of hours takes
// milliseconds, and gives the same answer every time. Only tasks of `run` (its body, task groups, `async let`, the actors
// they call, and `Task(executorPreference: clock)`) are seen: a body that awaits work elsewhere counts as idle.

import Dispatch
import Synchronization

/// A clock that jumps to the next deadline when everybody sleeps, and the executor that knows when that is.
package final class VirtualClock: TaskExecutor {
    private struct Sleeper {
        let id: UInt64
        let deadline: Duration
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var elapsed: Duration
        var jobs = 0
        var lastID: UInt64 = 0
        var sleepers: [Sleeper] = []
        /// Sleeps whose task was cancelled before they began to wait.
        var cancelled: Set<UInt64> = []
    }

    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "virtual clock")

    /// Makes a clock that shows `start`.
    package init(start: Duration = .seconds(1000)) {
        state = Mutex(State(elapsed: start))
    }

    /// What the clock shows.
    package var elapsed: Duration { state.withLock { $0.elapsed } }

    /// Runs `body`, its child tasks and the actors they call in virtual time.
    package func run<Result, Failure>(
        _ body: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        try await withTaskExecutorPreference(self, operation: body)
    }

    /// Sleeps until the clock shows `deadline`.
    package func sleep(until deadline: Duration) async throws(CancellationError) {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        let isOver = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let result = state.withLock { state -> Bool? in
                    if state.cancelled.remove(id) != nil { return false }
                    if deadline <= state.elapsed { return true }
                    state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
                    return nil
                }
                if let result { continuation.resume(returning: result) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil
                }
                return state.sleepers.remove(at: index)
            }
            sleeper?.continuation.resume(returning: false)
        }
        if !isOver || Task.isCancelled { throw CancellationError() }
    }

    /// Sleeps for a time.
    package func sleep(for duration: Duration) async throws(CancellationError) {
        try await sleep(until: elapsed + duration)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs += 1 }
        queue.async {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
            self.finishJob()
        }
    }

    /// When nothing is left to do, wakes the earliest sleeper, and only that one: of equal deadlines the first to sleep.
    private func finishJob() {
        let sleeper = state.withLock { state -> Sleeper? in
            state.jobs -= 1
            guard state.jobs == 0,
                let first = state.sleepers.indices.min(by: { left, right in
                    let (left, right) = (state.sleepers[left], state.sleepers[right])
                    return (left.deadline, left.id) < (right.deadline, right.id)
                })
            else { return nil }
            state.elapsed = max(state.elapsed, state.sleepers[first].deadline)
            return state.sleepers.remove(at: first)
        }
        sleeper?.continuation.resume(returning: true)
    }
}
