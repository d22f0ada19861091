// Where calls wait for their bucket. Invariants: calls of a bucket pass in the order they came; only the first one asks
// the ledger; a call that is cancelled or out of time leaves at once and the next one moves up. What another process does
// to a shared ledger wakes nobody here: the first call asks again at the moment that the ledger named, and the ledger
// names the earliest one that is possible.

import DequeModule
import Synchronization

final class RateGate: Sendable {
    private struct Lane {
        var isHeld = false
        var queue: Deque<Turn> = []
        /// Whoever holds the lane and waits for the ledger's moment, or for a change of it.
        var holder: Turn?
        /// Counts changes, so that one that comes between the question and the wait is not missed.
        var changes = 0
    }

    /// Why a call did not pass.
    enum Refusal: Error {
        case cancelled
        /// The bucket is free only at this moment, which is past the deadline.
        case tooLate(BootInstant)
        case ledger(APIError)
    }

    private let ledger: any RateLedger
    private let time: any TimeSource
    private let lanes = Mutex<[Bucket: Lane]>([:])

    init(ledger: any RateLedger, time: any TimeSource) {
        self.ledger = ledger
        self.time = time
    }

    /// Waits until a call of `bucket` may be sent, and notes it as sent.
    func pass(
        _ bucket: Bucket, deadline: BootInstant?, onWait: (BootInstant) -> Void
    ) async throws(Refusal) -> Reservation {
        try await enter(bucket, deadline: deadline)
        defer { leave(bucket) }
        while true {
            if Task.isCancelled { throw .cancelled }
            let seen = lanes.withLock { $0[bucket]?.changes ?? 0 }
            let answer: ReservationAnswer
            do { answer = try await ledger.reserve(bucket) } catch { throw .ledger(error) }
            switch answer {
            case .granted(let reservation): return reservation
            case .notBefore(let moment):
                if let deadline, moment > deadline { throw .tooLate(moment) }
                onWait(moment)
                let turn = Turn()
                let hasChanged = lanes.withLock { lanes in
                    lanes[bucket]?.holder = turn
                    return lanes[bucket]?.changes != seen
                }
                if !hasChanged { _ = await turn.wait(until: moment, time: time) }
                lanes.withLock { $0[bucket]?.holder = nil }
            }
        }
    }

    /// The ledger's answer for `bucket` may be another one now.
    func noteChange(of bucket: Bucket) {
        let holder = lanes.withLock { lanes in
            lanes[bucket]?.changes += 1
            return lanes[bucket]?.holder
        }
        holder?.fire()
    }

    private func enter(_ bucket: Bucket, deadline: BootInstant?) async throws(Refusal) {
        let turn = Turn()
        let isFree = lanes.withLock { lanes in
            if lanes[bucket, default: Lane()].isHeld {
                lanes[bucket]?.queue.append(turn)
                return false
            }
            lanes[bucket, default: Lane()].isHeld = true
            return true
        }
        if isFree { return }
        if await turn.wait(until: deadline, time: time) { return }
        lanes.withLock { $0[bucket]?.queue.removeAll { $0 === turn } }
        if Task.isCancelled { throw .cancelled }
        let moment: BootInstant
        do { moment = try await ledger.nextFree(bucket) } catch { throw .ledger(error) }
        throw .tooLate(moment)
    }

    /// Hands the lane to the next task that is still waiting.
    private func leave(_ bucket: Bucket) {
        lanes.withLock { lanes in
            while let next = lanes[bucket]?.queue.popFirst() {
                if next.fire() { return }
            }
            lanes[bucket]?.isHeld = false
        }
    }
}
