// Faults: rules that make chosen requests go wrong. A rule counts the requests it matches, so "the third page" and
// "every seventh call" need no state in the test.

import NIOCore

/// A rule by which requests fail. Requests are matched after authentication and the rate limit; of several rules the
/// first that fires wins, and later rules do not count that request.
public struct SandboxFault: Sendable {
    /// A whole answer, in place of the API's.
    public struct Answer: Sendable {
        /// The status.
        public var status: Int
        /// The `Content-Type`; none when nil.
        public var contentType: String?
        /// Further headers.
        public var headers: [String: String]
        /// The body.
        public var body: String

        /// An answer.
        public init(status: Int, contentType: String?, headers: [String: String] = [:], body: String = "") {
            self.status = status
            self.contentType = contentType
            self.headers = headers
            self.body = body
        }
    }

    /// What happens.
    public enum Effect: Sendable {
        /// The connection is closed and nothing changes.
        case dropBeforeApplying
        /// The change happens, then the connection is closed without an answer.
        case dropAfterApplying
        /// The change happens, and no answer ever comes.
        case hang
        /// The answer comes late.
        case delay(Duration)
        /// Another answer, with or without the change.
        case answer(Answer, applying: Bool)
        /// The head promises the whole body, and the connection closes in the middle of it.
        case cutBody(keeping: Int)
        /// The body is shorter than it should be, but framed correctly.
        case truncateBody(keeping: Int)
        /// The right status with no body.
        case emptyBody
        /// A page whose `next` is its own cursor.
        case repeatCursor
        /// A redirect, without the change.
        case redirect(to: String)

        /// 500 in the documented envelope.
        public static func serverError(applying: Bool = true) -> Effect {
            status(500, applying: applying)
        }

        /// Any status in the documented envelope.
        public static func status(_ status: Int, applying: Bool = false) -> Effect {
            let failure = APIFailure(status: status, type: "RequestError", message: "Simulated fault \(status)")
            let body = String(buffer: failure.body)
            return .answer(Answer(status: status, contentType: MediaType.plain, body: body), applying: applying)
        }

        /// An HTML page, as a proxy in front of the API would send it.
        public static func html(status: Int = 502) -> Effect {
            let page = "<html><head><title>\(status)</title></head><body><h1>\(status)</h1><hr>nginx</body></html>\n"
            return .answer(Answer(status: status, contentType: "text/html", body: page), applying: false)
        }
    }

    /// What happens.
    public var effect: Effect
    /// The operations it happens to.
    public var operations: Set<SandboxOperation>
    /// Only this audience's calls.
    public var audience: String?
    /// Only this page of a listing, from 1.
    public var page: Int?
    /// How many matching requests pass before the rule counts.
    public var skip: Int
    /// Then every k-th fails.
    public var every: Int
    /// At most so many times.
    public var times: Int?

    /// A rule; with the effect alone it fires on every request.
    public init(
        _ effect: Effect, on operations: Set<SandboxOperation> = Set(SandboxOperation.allCases),
        audience: String? = nil, page: Int? = nil, skip: Int = 0, every: Int = 1, times: Int? = nil
    ) {
        self.effect = effect
        self.operations = operations
        self.audience = audience
        self.page = page
        self.skip = skip
        self.every = max(1, every)
        self.times = times
    }
}
