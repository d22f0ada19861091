// An answer as the workspace decides it, and how much of it reaches the client.

import NIOCore

struct Reply {
    /// How the answer reaches the client.
    enum Delivery: Sendable {
        case whole
        case late(Duration)
        /// The connection is closed after so many bytes of the body.
        case cut(Int)
        /// The connection is closed before the head.
        case dropped
        /// Nothing is sent until the client gives up.
        case never
    }

    var status: Int
    var contentType: String?
    var headers: [(name: String, value: String)] = []
    var body: ByteBuffer
    var delivery = Delivery.whole
    /// Whether the API itself answers, and so adds its rate headers; a simulated proxy's answer has its own only.
    var isFromAPI = true

    init(status: Int, contentType: String?, body: ByteBuffer) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    init(_ failure: APIFailure) {
        self.init(status: failure.status, contentType: MediaType.plain, body: failure.body)
    }
}
