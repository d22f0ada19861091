// Every failure of the API as one value: a status and the documented envelope. Error bodies are always
// `application/json`, whatever the client accepts.

import NIOCore

struct APIFailure: Error {
    var status: Int
    var type: String
    var message: String
    var field: String?
    /// Raw JSON of the envelope's `data`.
    var data: String?

    /// `{"errors":[{…}]}`
    var body: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeStaticString("{\"errors\":[{\"type\":")
        buffer.writeJSON(type)
        buffer.writeStaticString(",\"message\":")
        buffer.writeJSON(message)
        if let field {
            buffer.writeStaticString(",\"field\":")
            buffer.writeJSON(field)
        }
        if let data {
            buffer.writeStaticString(",\"data\":")
            buffer.writeString(data)
        }
        buffer.writeStaticString("}]}")
        return buffer
    }

    static func invalid(_ field: String, _ message: String) -> APIFailure {
        APIFailure(status: 422, type: "input-validation", message: message, field: field)
    }

    static func notFound(_ message: String) -> APIFailure {
        APIFailure(status: 404, type: "not-found", message: message)
    }

    static let unauthorized = APIFailure(
        status: 401, type: "unauthorized", message: "Send a Public API token as 'Authorization: Bearer <token>'.")

    static let wrongRegion = APIFailure(
        status: 401, type: "unauthorized",
        message: "Requests with this token must be sent to Segment's EU-hosted API (https://eu1.api.segmentapis.com).")

    static let noAudienceFeature = APIFailure(
        status: 403, type: "forbidden", message: "The Audience feature is not enabled for this workspace.")

    static let tooLarge = APIFailure(status: 413, type: "payload-too-large", message: "The body exceeds 1 MiB.")

    /// The documented body of a call over the limit.
    static func tooManyRequests(millisecondsBeforeNext: Int64, consumed: Int) -> APIFailure {
        let data =
            "{\"remainingPoints\":0,\"msBeforeNext\":\(millisecondsBeforeNext),\"consumedPoints\":\(consumed)}"
        return APIFailure(status: 429, type: "RequestError", message: "Too many requests", data: data)
    }
}
