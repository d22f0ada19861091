// Everything about a service that a profile can set.

/// The settings of an ``AudienceService``.
public struct ServiceConfiguration: Sendable {
    /// Where the API is.
    public var baseURL: BaseURL
    /// The workspace's token.
    public var token: APIToken
    /// The media type that names the API's version.
    public var mediaType = "application/vnd.segment.v1alpha+json"
    /// The rate limits; ignored when a ledger is given to the service.
    public var limits = LimitSet.seed
    /// Retries and waits for locks.
    public var retry = RetryPolicy()
    /// Audiences per page, 1 to 200.
    public var pageSize = 200
    /// How long one exchange may take.
    public var responseTimeout: Duration = .seconds(60)
    /// Told of every exchange after it ended.
    public var onExchange: (@Sendable (Exchange) -> Void)?
    /// Told when a call begins to wait, before it waits.
    public var onWait: (@Sendable (WaitNotice) -> Void)?

    /// Makes settings with the defaults.
    public init(baseURL: BaseURL = .unitedStates, token: APIToken) {
        self.baseURL = baseURL
        self.token = token
    }
}

/// A wait that is about to begin.
public struct WaitNotice: Sendable, Hashable {
    /// What is waited for.
    public enum Reason: String, Sendable, Hashable {
        /// The bucket is used up.
        case limit
        /// Segment refused a call with 429.
        case rateLimited
        /// A read failed and will be sent again.
        case backoff
        /// The audience is locked.
        case locked
    }

    public let reason: Reason
    public let bucket: Bucket
    /// When the wait ends, if nothing shortens it.
    public let until: BootInstant
}
