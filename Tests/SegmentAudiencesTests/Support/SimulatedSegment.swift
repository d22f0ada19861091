// A server in virtual time that keeps audiences, applies changes, counts calls as one of the two plausible rate limiters
// does, and fails where told to. Requests reach it after a random delay, answers another one.

import AudTesting
import HTTPTypes
import SegmentAudiences
import Synchronization

final class SimulatedSegment: HTTPTransport {
    enum Fault: Sendable {
        case dropBeforeApplying
        case dropAfterApplying
        case errorAfterApplying
    }

    enum Limiter: Sendable {
        /// 60 s from the first call that finds no window open.
        case fixedWindow
        /// Any 60 s.
        case slidingLog
    }

    private struct State {
        var audiences: [String: Bool]
        var random: SplitMix
        var methods: [String] = []
        var arrivals: [String: [Duration]] = [:]
        var rejected = 0
        var inFlight = 0
        var mostInFlight = 0
    }

    private let clock: VirtualClock
    private let faults: [Int: Fault]
    private let limiter: Limiter
    private let limits: [String: Int]
    private let slowest: Double
    private let state: Mutex<State>

    /// - Parameters:
    ///   - faults: what goes wrong, by the number of the request from 0.
    ///   - limits: calls a minute by method.
    ///   - slowest: the longest delay either way, in seconds.
    init(
        _ clock: VirtualClock, audiences: [String: Bool], faults: [Int: Fault] = [:], limits: [String: Int] = [:],
        limiter: Limiter = .slidingLog, slowest: Double = 0.1, seed: UInt64 = 1
    ) {
        self.clock = clock
        self.faults = faults
        self.limits = limits
        self.limiter = limiter
        self.slowest = slowest
        state = Mutex(State(audiences: audiences, random: SplitMix(seed)))
    }

    var methods: [String] { state.withLock { $0.methods } }
    var rejected: Int { state.withLock { $0.rejected } }
    var audiences: [String: Bool] { state.withLock { $0.audiences } }
    var mostInFlight: Int { state.withLock { $0.mostInFlight } }

    func send(_ request: HTTPRequestMessage, timeout: Duration) async throws(TransportError) -> HTTPResponseMessage {
        let method = request.method.rawValue
        let (number, there, back) = state.withLock { state in
            state.methods.append(method)
            state.inFlight += 1
            state.mostInFlight = max(state.mostInFlight, state.inFlight)
            return (state.methods.count - 1, state.random.delay(slowest), state.random.delay(slowest))
        }
        defer { state.withLock { $0.inFlight -= 1 } }
        try await pass(there)
        let fault = faults[number]
        let answer = state.withLock { state in
            fault == .dropBeforeApplying ? nil : self.answer(request, &state)
        }
        try await pass(back)
        guard let answer, fault != .dropAfterApplying else {
            throw TransportError(.dropped, mayHaveBeenSent: true, message: "Connection reset by peer")
        }
        return fault == .errorAfterApplying ? HTTPResponseMessage(status: 500) : answer
    }

    func shutdown() async {}

    private func pass(_ delay: Duration) async throws(TransportError) {
        do {
            try await clock.sleep(for: delay)
        } catch {
            throw TransportError(.cancelled, mayHaveBeenSent: true, message: "cancelled")
        }
    }

    private func answer(_ request: HTTPRequestMessage, _ state: inout State) -> HTTPResponseMessage {
        let method = request.method.rawValue
        var headers: HTTPFields = [:]
        if let limit = limits[method] {
            let (consumed, wait) = count(method, limit, &state)
            headers[.consumed] = "\(consumed)"
            headers[.remaining] = "\(max(0, limit - consumed))"
            if consumed > limit {
                state.rejected += 1
                let milliseconds = wait.wholeNanoseconds / 1_000_000 + 1
                let body = #"{"errors":[{"message":"Too many requests","data":{"msBeforeNext":\#(milliseconds)}}]}"#
                return HTTPResponseMessage(status: 429, headers: headers, body: Array(body.utf8))
            }
        }
        let id = String(request.url.split(separator: "/").last ?? "")
        guard let enabled = state.audiences[id] else { return HTTPResponseMessage(status: 404, headers: headers) }
        switch method {
        case "DELETE":
            state.audiences[id] = nil
            return HTTPResponseMessage(
                status: 200, headers: headers, body: Array(#"{"data":{"status":"SUCCESS"}}"#.utf8))
        case "PATCH": state.audiences[id] = request.body == Array(#"{"enabled":true}"#.utf8)
        default: break
        }
        let now = method == "PATCH" ? state.audiences[id] == true : enabled
        let body = #"{"data":{"audience":{"id":"\#(id)","enabled":\#(now)}}}"#
        return HTTPResponseMessage(status: 200, headers: headers, body: Array(body.utf8))
    }

    /// Counts an arrival; rejected calls count too.
    private func count(_ method: String, _ limit: Int, _ state: inout State) -> (consumed: Int, wait: Duration) {
        let now = clock.elapsed
        var arrivals = state.arrivals[method] ?? []
        switch limiter {
        case .fixedWindow: if let first = arrivals.first, now >= first + .seconds(60) { arrivals = [] }
        case .slidingLog: arrivals.removeAll { $0 <= now - .seconds(60) }
        }
        arrivals.append(now)
        state.arrivals[method] = arrivals
        return (arrivals.count, arrivals[0] + .seconds(60) - now)
    }
}

/// A small random generator with a seed (SplitMix64).
struct SplitMix: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func delay(_ longest: Double) -> Duration {
        .seconds(Double.random(in: 0...longest, using: &self))
    }
}

extension HTTPField.Name {
    static let consumed = HTTPField.Name("X-RateLimit-Consumed") ?? .date
    static let remaining = HTTPField.Name("X-RateLimit-Remaining") ?? .date
}
