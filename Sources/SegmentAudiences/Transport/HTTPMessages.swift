// One HTTP exchange as values: what the client asks a transport to send, and what comes back.

public import HTTPTypes

/// A request, ready to be sent. Its description leaves off the header fields, for the token is among them.
public struct HTTPRequestMessage: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    public let method: HTTPRequest.Method
    /// The whole address.
    public let url: String
    /// The header fields, the token among them: never log these.
    public let headers: HTTPFields
    /// The body, empty when there is none.
    public let body: [UInt8]

    /// Makes a request.
    public init(method: HTTPRequest.Method, url: String, headers: HTTPFields, body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    public var description: String { "\(method) \(url)" }
    public var customMirror: Mirror { Mirror(self, children: ["method": method, "url": url]) }
}

/// An answer, whole.
public struct HTTPResponseMessage: Sendable, Hashable {
    public let status: Int
    public let headers: HTTPFields
    public let body: [UInt8]

    /// Makes an answer.
    public init(status: Int, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
