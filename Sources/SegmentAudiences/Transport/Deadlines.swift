// Ends what is not over at its moment, with one timer for all that is under way: to set and cancel one for each answer
// wakes the event loop twice more than the answer itself does. The timer is the event loop's, because a cancelled
// `Task.sleep` keeps its memory until the time that it was to sleep has passed.

import NIOCore
import Synchronization

final class Deadlines: Sendable {
    private struct State {
        var waiting: [Int: (deadline: NIODeadline, end: @Sendable () -> Void)] = [:]
        var last = 0
        /// When the timer fires; nil when none is set.
        var timer: NIODeadline?
        /// How many timers were set. Only the last one counts.
        var timers = 0

        /// Sets a timer, whose number it answers.
        mutating func set(_ deadline: NIODeadline) -> Int {
            timer = deadline
            timers += 1
            return timers
        }
    }

    private let state = Mutex(State())

    /// Calls `end` on the loop unless ``remove(_:)`` is called before the deadline. Answers the number for that. O(1).
    func add(_ deadline: NIODeadline, on loop: any EventLoop, _ end: @escaping @Sendable () -> Void) -> Int {
        let (number, timer) = state.withLock { state in
            state.last += 1
            state.waiting[state.last] = (deadline, end)
            let isFirst = state.timer.map { deadline < $0 } ?? true
            return (state.last, isFirst ? state.set(deadline) : nil)
        }
        if let timer { schedule(timer, deadline, on: loop) }
        return number
    }

    /// It was over in time. O(1).
    func remove(_ number: Int) {
        _ = state.withLock { $0.waiting.removeValue(forKey: number) }
    }

    private func schedule(_ timer: Int, _ moment: NIODeadline, on loop: any EventLoop) {
        loop.scheduleTask(deadline: moment) { self.fire(timer, moment, on: loop) }
    }

    /// Ends what is due at a moment, and sets the timer for what is left.
    private func fire(_ timer: Int, _ moment: NIODeadline, on loop: any EventLoop) {
        let (due, next) = state.withLock { state in
            guard timer == state.timers else { return ([@Sendable () -> Void](), (NIODeadline, Int)?.none) }
            let due = state.waiting.filter { $0.value.deadline <= moment }
            for number in due.keys { state.waiting.removeValue(forKey: number) }
            state.timer = nil
            let next = state.waiting.values.map(\.deadline).min()
            return (due.values.map(\.end), next.map { ($0, state.set($0)) })
        }
        for end in due { end() }
        if let (deadline, timer) = next { schedule(timer, deadline, on: loop) }
    }
}
