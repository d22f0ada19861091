// A transport that answers by script, in virtual time, and remembers what it was asked to send.

import AudTesting
import HTTPTypes
import SegmentAudiences
import Synchronization

/// What the server does with one request.
enum Step: Sendable {
    /// Answers.
    case answer(Int, headers: HTTPFields = [:], body: String = "")
    /// Takes no connection.
    case refuse
    /// Takes the request, then breaks the connection.
    case drop
    /// Takes the request and never answers.
    case silence

    static func audience(_ id: String = "aud_1", enabled: Bool = true) -> Step {
        let id = JSONValue.string(id).text
        return .answer(200, body: #"{"data":{"audience":{"id":\#(id),"enabled":\#(enabled)}}}"#)
    }

    static func page(_ ids: [String], next: String? = nil) -> Step {
        let audiences = ids.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
        let next = next.map { "\"\($0)\"" } ?? "null"
        return .answer(
            200, body: #"{"data":{"audiences":[\#(audiences)],"pagination":{"current":"MA==","next":\#(next)}}}"#
        )
    }

    static let removed = Step.answer(200, body: #"{"data":{"status":"SUCCESS"}}"#)

    static func error(_ status: Int, _ message: String = "no", type: String = "t", headers: HTTPFields = [:]) -> Step {
        .answer(status, headers: headers, body: #"{"errors":[{"type":"\#(type)","message":"\#(message)"}]}"#)
    }

    static func tooMany(milliseconds: Int) -> Step {
        .answer(
            429,
            body: #"{"errors":[{"type":"RequestError","message":"Too many requests","data":"#
                + #"{"remainingPoints":0,"msBeforeNext":\#(milliseconds),"consumedPoints":21}}]}"#
        )
    }
}

/// Answers the n-th request with the n-th step; the last step repeats.
final class ScriptedTransport: HTTPTransport {
    struct Record: Sendable {
        let request: HTTPRequestMessage
        let sentAt: Duration
    }

    private let clock: VirtualClock
    private let latency: Duration
    private let steps: [Step]
    private let log = Mutex<[Record]>([])

    init(_ clock: VirtualClock, latency: Duration = .milliseconds(100), _ steps: [Step]) {
        self.clock = clock
        self.latency = latency
        self.steps = steps
    }

    /// What was sent, in order.
    var records: [Record] { log.withLock { $0 } }
    /// `METHOD target` of what was sent.
    var calls: [String] {
        records.map { record in
            record.request.method.rawValue + " " + record.request.url.dropFirst("https://api.segmentapis.com".count)
        }
    }
    /// The seconds between one request and the next.
    var gaps: [Double] {
        let times = records.map(\.sentAt)
        return zip(times, times.dropFirst()).map { ($1 - $0) / .seconds(1) }
    }

    func send(_ request: HTTPRequestMessage, timeout: Duration) async throws(TransportError) -> HTTPResponseMessage {
        let number = log.withLock { log in
            log.append(Record(request: request, sentAt: clock.elapsed))
            return log.count
        }
        let step = steps[min(number, steps.count) - 1]
        if case .refuse = step {
            throw TransportError(.connect, mayHaveBeenSent: false, message: "Connection refused")
        }
        do {
            if case .silence = step {
                try await clock.sleep(for: timeout)
                throw TransportError(.timeout, mayHaveBeenSent: true, message: "waited 60 s")
            }
            try await clock.sleep(for: latency)
        } catch let error as TransportError {
            throw error
        } catch {
            throw TransportError(.cancelled, mayHaveBeenSent: true, message: "cancelled")
        }
        guard case .answer(let status, let headers, let body) = step else {
            throw TransportError(.dropped, mayHaveBeenSent: true, message: "Connection reset by peer")
        }
        return HTTPResponseMessage(status: status, headers: headers, body: Array(body.utf8))
    }

    func shutdown() async {}
}
