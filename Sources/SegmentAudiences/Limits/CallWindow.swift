// The rule that keeps a bucket under its limit, as a plain value: any ledger (in memory, in a shared database) holds its
// rows in one of these. A call is *live* until `window` after its answer. A call may be sent when fewer than `count`
// calls are live. The server saw each live call no later than its answer and will see the new one no earlier than now,
// so no interval as long as the window, however aligned, ever holds more than `count` arrivals. With answers in order
// this is: call k no earlier than `window` after the answer to call k−L.

/// The live calls of one bucket.
package struct CallWindow: Sendable {
    /// One call that the server counts or may count.
    package struct Call: Sendable {
        package let id: UInt64
        /// The latest moment at which the server saw it; for an unanswered call the latest at which an answer may come.
        package var seenBy: BootInstant
        package var isAnswered: Bool
        /// How many calls were live when this one was added, itself included.
        package let liveThen: Int

        package init(id: UInt64, seenBy: BootInstant, isAnswered: Bool, liveThen: Int) {
            self.id = id
            self.seenBy = seenBy
            self.isAnswered = isAnswered
            self.liveThen = liveThen
        }
    }

    package var limit: Limit?
    /// Nothing is sent before this, whatever the calls say: a 429 moved the whole bucket.
    package private(set) var blockedUntil: BootInstant?
    package private(set) var calls: [Call] = []

    package init(limit: Limit?, blockedUntil: BootInstant? = nil, calls: [Call] = []) {
        self.limit = limit
        self.blockedUntil = blockedUntil
        self.calls = calls
    }

    /// When a call stops counting.
    private func free(_ call: Call) -> BootInstant {
        call.seenBy.advanced(by: limit?.window ?? .zero)
    }

    /// The earliest moment at which one more call may be sent.
    package func nextFree(at now: BootInstant) -> BootInstant {
        let floor = max(now, blockedUntil ?? now)
        guard let limit, calls.count >= limit.count else { return floor }
        // The count-th latest: when it is free, count − 1 live calls are left.
        let frees = calls.map(free).sorted(by: >)
        return max(floor, frees[limit.count - 1])
    }

    /// Adds a call; the server sees it no later than `seenBy`.
    package mutating func add(id: UInt64, seenBy: BootInstant, isAnswered: Bool = false) {
        calls.append(Call(id: id, seenBy: seenBy, isAnswered: isAnswered, liveThen: calls.count + 1))
    }

    /// Notes that the server saw call `id` no later than `moment`.
    package mutating func answer(id: UInt64, at moment: BootInstant) {
        guard let index = calls.firstIndex(where: { $0.id == id }) else { return }
        calls[index].seenBy = moment
        calls[index].isAnswered = true
    }

    /// Takes back a call that provably never reached the server.
    package mutating func withdraw(id: UInt64) {
        calls.removeAll { $0.id == id }
    }

    /// How many of our calls the server can have counted when it saw call `id`, at most: those live when that was sent,
    /// and all that were sent since. (By the time its answer is here, some of the former no longer count.)
    package func mostCounted(with id: UInt64) -> Int? {
        guard let call = calls.first(where: { $0.id == id }) else { return nil }
        return call.liveThen + calls.count { $0.id > id }
    }

    /// Sends nothing before `moment`.
    package mutating func block(until moment: BootInstant) {
        blockedUntil = max(blockedUntil ?? moment, moment)
    }

    /// Drops what no longer counts.
    package mutating func expire(at now: BootInstant) {
        calls = calls.filter { free($0) > now }
        if let blockedUntil, blockedUntil <= now { self.blockedUntil = nil }
    }

    /// A call that was sent no longer ago is taken for one that is about to be answered.
    private static let usualAnswer = Duration.seconds(10)

    /// When a call is likely to stop counting: the latest moment, but for a call whose answer can come any time now.
    private func likelyFree(_ call: Call, at now: BootInstant) -> BootInstant {
        let overdue = BucketState.assumedAnswer(sent: now.advanced(by: .zero - Self.usualAnswer))
        guard !call.isAnswered, call.seenBy > overdue else { return free(call) }
        return now.advanced(by: limit?.window ?? .zero)
    }

    /// How long after `now` the last of `count` further calls may be sent, when each is answered at once, and those that
    /// were just sent too.
    package func estimate(_ count: Int, at now: BootInstant) -> Duration {
        guard count > 0 else { return .zero }
        let floor = max(now, blockedUntil ?? now)
        guard let limit else { return now.duration(to: floor) }
        var frees = Array(calls.map { max(likelyFree($0, at: now), floor) }.sorted().suffix(limit.count))
        frees.insert(contentsOf: repeatElement(floor, count: limit.count - frees.count), at: 0)
        // Every further round of `limit.count` calls repeats the first one a window later.
        let (rounds, rest) = (count - 1).quotientAndRemainder(dividingBy: limit.count)
        return now.duration(to: frees[rest]) + limit.window * rounds
    }
}
