// One line of the request log. The token never enters it: a log that is printed or kept must be safe to show.

/// A request that a ``Sandbox`` received, and what became of it.
public struct SandboxRequest: Sendable {
    /// 1 for the first request of the sandbox.
    public let number: Int
    /// When it was decided (time since 1970).
    public let at: Duration
    /// The method.
    public let method: String
    /// The path as it was sent, still percent-encoded.
    public let path: String
    /// The query as it was sent.
    public let query: String?
    /// The headers as they were sent, `Authorization` masked.
    public let headers: [(name: String, value: String)]
    /// The body.
    public let body: String
    /// The operation, when the path is one.
    public let operation: SandboxOperation?
    /// The status answered; `nil` when the connection was dropped or the answer never came.
    public let status: Int?

    /// The value of a header, whatever the case of its name.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
