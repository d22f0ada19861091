// Everything that can go wrong with a call, as a value. Invariants: `kind` alone decides what a caller does; `message`
// is a whole explanation for a person (what happened, why it may be, what to do), with the token masked; text that came
// from the server is in it unescaped, so it is rendered like any other hostile text.

/// Why a call failed.
public struct APIError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What a caller must tell apart.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Refused by this client before anything was sent: an id or setting that cannot be right.
        case invalidArgument
        /// 401: the token is missing, wrong, expired or of the other region.
        case auth
        /// 403: the token may not do this.
        case forbidden
        /// 404: there is no such audience or space.
        case notFound
        /// 409 or 423, and it stayed so through all further tries: the audience is locked.
        case conflict
        /// 422, 400 or another 4xx: the request itself was refused.
        case validation
        /// 429, and the wait that Segment asks for does not fit before the deadline.
        case rateLimited
        /// 5xx on a read.
        case server
        /// No connection, or it broke on a read.
        case network
        /// No answer in time on a read.
        case timeout
        /// An answer that is not what the API documents, on a read.
        case unreadable
        /// A change whose answer never came, or proves nothing: it may have happened. Never send it again blindly.
        case outcomeUnknown
        /// The task was cancelled before the change was sent, or during a read.
        case cancelled
        /// The deadline or the retry budget is used up before the call could be sent.
        case budget
        /// A listing came back to a page it had been at.
        case repeatedCursor
        /// 3xx: redirects are never followed.
        case redirect
        /// The memory of the rate limits could not be used, so nothing was sent.
        case ledger
    }

    /// One entry of the API's error envelope.
    public struct Detail: Sendable, Hashable {
        public let type: String?
        public let message: String?
        public let field: String?

        /// Makes an entry.
        public init(type: String?, message: String?, field: String?) {
            self.type = type
            self.message = message
            self.field = field
        }
    }

    public var kind: Kind
    /// The explanation.
    public var message: String
    /// The HTTP status, when an answer came.
    public var status: Int?
    /// What the API itself said.
    public var details: [Detail]
    /// `GET`, `PATCH` …, nil when no request was made.
    public var method: String?
    /// The path of the request, percent-encoded, without the query.
    public var path: String?
    /// The API's own number for the request.
    public var requestID: String?
    /// The same call may succeed later without anything being changed.
    public var isRetryable: Bool
    /// The server may have received the request.
    public var mayHaveBeenSent: Bool
    /// How many times the request was sent.
    public var attempts: Int
    /// With `conflict`: how long the server asks to wait before the next try, when it says so.
    public var retryAfter: Duration?
    /// With `outcomeUnknown`: what happened (`timeout`, `network`, `server`, `unreadable` or `cancelled`).
    public var cause: Kind?

    /// Makes an error.
    public init(
        _ kind: Kind, _ message: String, status: Int? = nil, details: [Detail] = [], method: String? = nil,
        path: String? = nil, requestID: String? = nil, isRetryable: Bool = false, mayHaveBeenSent: Bool = false,
        attempts: Int = 0, cause: Kind? = nil
    ) {
        self.kind = kind
        self.message = message
        self.status = status
        self.details = details
        self.method = method
        self.path = path
        self.requestID = requestID
        self.isRetryable = isRetryable
        self.mayHaveBeenSent = mayHaveBeenSent
        self.attempts = attempts
        self.cause = cause
    }

    /// The type of the API's first error.
    public var apiType: String? { details.first?.type }
    /// The message of the API's first error.
    public var apiMessage: String? { details.first?.message }
    /// The field that the API's first error is about.
    public var apiField: String? { details.first?.field }

    /// The explanation and the request it is about.
    public var description: String {
        guard let method, let path else { return message }
        let id = requestID.map { ", request \($0)" } ?? ""
        return "\(message) (\(method) \(path)\(status.map { " → \($0)" } ?? "")\(id))"
    }
}
