// What happened on the wire, for `--trace` and for tests. No header and no body is in it; the token is masked.

/// One request that was sent, and how it ended.
public struct Exchange: Sendable, Hashable {
    public let method: String
    /// Path and query, percent-encoded.
    public let target: String
    public let bucket: Bucket
    /// The HTTP status, nil when no answer came.
    public let status: Int?
    /// Why no answer came.
    public let failure: String?
    /// The API's own number for the request.
    public let requestID: String?
    /// Which try of the call this was, from 1.
    public let attempt: Int
    /// When it was sent.
    public let sentAt: Timestamp
    /// How long the call had waited for the rate limit before.
    public let waited: Duration
    /// From sending to the last byte of the answer.
    public let duration: Duration
    /// The size of the answer's body.
    public let bytes: Int
}
