// A request as the workspace sees it: a plain value with its whole body, so that the API is one synchronous function.

import NIOCore

struct Call {
    let method: String
    /// Still percent-encoded.
    let path: String
    let query: String?
    let headers: [(name: String, value: String)]
    /// Nil when it was larger than the server takes.
    let body: ByteBuffer?

    /// The value of a header, given its name in lower case; repeated headers are joined as HTTP says.
    func header(_ name: String) -> String? {
        let values = headers.lazy.filter { $0.name.lowercased() == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// The bearer token; nil when there is none.
    var token: String? {
        guard let value = header("authorization") else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let token = parts[1].filter { !$0.isWhitespace }
        return token.isEmpty ? nil : token
    }
}
