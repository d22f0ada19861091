// How requests travel. A transport sends once: it never retries, never follows a redirect, and when no whole answer came
// it says whether the server may have seen the request. "May have" is the safe answer wherever there is doubt.

/// Sends requests.
public protocol HTTPTransport: Sendable {
    /// Sends `request` once and returns the whole answer, whatever its status.
    /// - Parameter timeout: how long the exchange may take, from the call to the last byte of the answer.
    func send(_ request: HTTPRequestMessage, timeout: Duration) async throws(TransportError) -> HTTPResponseMessage
    /// Closes connections; nothing is sent afterwards.
    func shutdown() async
}

/// Why no whole answer came.
public struct TransportError: Error, Sendable, Hashable {
    /// What happened.
    public enum Kind: String, Sendable, Hashable {
        /// No connection: refused, unknown host, no route, TLS not agreed.
        case connect
        /// No answer in time.
        case timeout
        /// The connection broke before the whole answer had come.
        case dropped
        /// The answer is larger than the client accepts.
        case tooLarge
        /// The task was cancelled.
        case cancelled
    }

    public let kind: Kind
    /// The server may have received the request. False only when it is proved that no byte of it left.
    public let mayHaveBeenSent: Bool
    /// The cause in words.
    public let message: String

    /// Makes an error.
    public init(_ kind: Kind, mayHaveBeenSent: Bool, message: String) {
        self.kind = kind
        self.mayHaveBeenSent = mayHaveBeenSent
        self.message = message
    }
}
