// What a call is, as a value: method, path, query, bucket, body and how to read the answer. Invariant: the type says
// whether a call can change anything. A `ReadEndpoint` is always a GET, for its initializer takes no method; a sender
// that accepts only `ReadEndpoint` can therefore not send anything else. Adding an operation is one file beside this one.

import HTTPTypes

/// Marks calls that only read.
enum Read {}
/// Marks calls that change something.
enum Write {}

typealias ReadEndpoint<Response: Sendable> = Endpoint<Response, Read>
typealias WriteEndpoint<Response: Sendable> = Endpoint<Response, Write>

struct Endpoint<Response: Sendable, Effect>: Sendable {
    /// Reads the body of a 2xx answer.
    typealias Decoder = @Sendable (_ status: Int, _ body: [UInt8]) throws(UnreadableBody) -> Response

    let method: HTTPRequest.Method
    let path: Path
    let query: String
    let bucket: Bucket
    let body: [UInt8]
    let decode: Decoder

    private init(
        method: HTTPRequest.Method, path: Path, query: String, bucket: Bucket, body: [UInt8], decode: @escaping Decoder
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.bucket = bucket
        self.body = body
        self.decode = decode
    }
}

extension Endpoint where Effect == Read {
    init(_ path: Path, query: String = "", bucket: Bucket, decode: @escaping Decoder) {
        self.init(method: .get, path: path, query: query, bucket: bucket, body: [], decode: decode)
    }
}

extension Endpoint where Effect == Write {
    init(_ verb: ChangingVerb, _ path: Path, bucket: Bucket, body: [UInt8] = [], decode: @escaping Decoder) {
        self.init(method: verb.method, path: path, query: "", bucket: bucket, body: body, decode: decode)
    }
}

/// The methods that change something.
enum ChangingVerb {
    case patch
    case delete

    fileprivate var method: HTTPRequest.Method {
        switch self {
        case .patch: .patch
        case .delete: .delete
        }
    }
}

/// A path made of fixed words and ids from outside. Invariant: every id is one path segment, whatever characters it has.
struct Path: Sendable, Hashable, CustomStringConvertible {
    let description: String

    /// `/spaces/{space}/audiences` or, with an id, `/spaces/{space}/audiences/{id}`.
    static func audiences(of space: String, id: String? = nil) throws(APIError) -> Path {
        var path = "/spaces/\(try segment(space, "space id"))/audiences"
        if let id { path += "/\(try segment(id, "audience id"))" }
        return Path(description: path)
    }

    /// An id as one path segment. The API takes 1 to 255 characters; `.` and `..` would mean another path.
    private static func segment(_ id: String, _ what: String) throws(APIError) -> String {
        let length = id.unicodeScalars.count
        guard length > 0 else { throw APIError(.invalidArgument, "the \(what) is empty; nothing was sent") }
        guard length <= 255 else {
            throw APIError(
                .invalidArgument, "the \(what) has \(length) characters, the API takes at most 255; nothing was sent")
        }
        guard id != ".", id != ".." else {
            throw APIError(
                .invalidArgument, "\"\(id)\" cannot be the \(what): it would name another path; nothing was sent")
        }
        return PercentEncoding.encode(id)
    }
}

/// A 2xx body that is not what the API documents.
struct UnreadableBody: Error {
    let reason: String
    /// The body is the beginning of a good one.
    var isCutOff = false
}

extension JSONValue {
    /// The `data` member of the API's envelope.
    static func envelope(_ body: [UInt8]) throws(UnreadableBody) -> JSONValue {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: body)
        } catch {
            throw UnreadableBody(reason: error.description, isCutOff: error.endsEarly && !body.isEmpty)
        }
        guard let data = json["data"] else { throw UnreadableBody(reason: "the answer has no \"data\"") }
        return data
    }

    /// The `data.audience` of an answer to a call on this audience.
    static func audience(_ body: [UInt8], id: String) throws(UnreadableBody) -> Audience {
        guard let json = try envelope(body)["audience"] else {
            throw UnreadableBody(reason: "the answer has no \"audience\"")
        }
        guard let audience = Audience(json: json) else {
            throw UnreadableBody(reason: "the audience in the answer has no id")
        }
        guard audience.id == id else {
            throw UnreadableBody(reason: "the answer is about another audience than was asked for")
        }
        return audience
    }
}
