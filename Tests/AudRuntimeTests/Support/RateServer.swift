// A server in virtual time that counts changes as one of the two plausible rate limiters does. A request that has left
// arrives, whatever becomes of who sent it.

import AudTesting
import HTTPTypes
import SegmentAudiences
import Synchronization

final class RateServer: HTTPTransport {
    enum Limiter: Sendable, CaseIterable {
        /// A window from the first call that finds none open.
        case fixedWindow
        /// Any interval of that length.
        case slidingLog
    }

    private struct State {
        var random: SeededRandom
        var counted: [Duration] = []
        var accepted: [Duration] = []
        var rejected = 0
    }

    private let clock: VirtualClock
    private let limiter: Limiter
    private let limit: Int
    private let slowest: Double
    private let state: Mutex<State>

    init(_ clock: VirtualClock, limiter: Limiter, limit: Int, slowest: Double, seed: UInt64) {
        self.clock = clock
        self.limiter = limiter
        self.limit = limit
        self.slowest = slowest
        state = Mutex(State(random: SeededRandom(seed: seed)))
    }

    var rejected: Int { state.withLock { $0.rejected } }
    /// When calls were accepted.
    var accepted: [Duration] { state.withLock { $0.accepted } }

    func send(_ request: HTTPRequestMessage, timeout: Duration) async throws(TransportError) -> HTTPResponseMessage {
        let (there, back) = state.withLock { state in
            (
                Duration.seconds(Double.random(in: 0...slowest, using: &state.random)),
                Duration.seconds(Double.random(in: 0...slowest, using: &state.random))
            )
        }
        let answer = await Task(executorPreference: clock) { [self] in
            try? await clock.sleep(for: there)
            return arrive()
        }.value
        do {
            try await clock.sleep(for: back)
        } catch {
            throw TransportError(.cancelled, mayHaveBeenSent: true, message: "cancelled")
        }
        return answer
    }

    func shutdown() async {}

    private func arrive() -> HTTPResponseMessage {
        state.withLock { state in
            let now = clock.elapsed
            switch limiter {
            case .fixedWindow: if let first = state.counted.first, now >= first + .seconds(60) { state.counted = [] }
            case .slidingLog: state.counted.removeAll { $0 <= now - .seconds(60) }
            }
            state.counted.append(now)
            let consumed = state.counted.count
            var headers: HTTPFields = [:]
            for (name, figure) in [("Consumed", consumed), ("Remaining", max(0, limit - consumed))] {
                if let name = HTTPField.Name("X-RateLimit-\(name)") { headers[name] = "\(figure)" }
            }
            guard consumed <= limit else {
                state.rejected += 1
                let body = #"{"errors":[{"message":"Too many requests","data":{"msBeforeNext":60000}}]}"#
                return HTTPResponseMessage(status: 429, headers: headers, body: Array(body.utf8))
            }
            state.accepted.append(now)
            let body = #"{"data":{"audience":{"id":"a","enabled":false}}}"#
            return HTTPResponseMessage(status: 200, headers: headers, body: Array(body.utf8))
        }
    }
}
