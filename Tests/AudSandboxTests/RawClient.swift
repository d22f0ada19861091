// A client that sends exactly the bytes a test names and shows exactly what comes back: no path is normalised, no header
// added, nothing retried. One connection per request, so that a dropped one is seen as such.

import NIOCore
import NIOPosix

@testable import AudSandbox

struct RawClient {
    let port: Int
    var token: String? = "demo"

    static let prod = "9aQ1Lj62S4bomZKLF4DPqW"
    static let audiences = "/spaces/\(prod)/audiences"

    init(url: String, token: String? = "demo") {
        port = url.split(separator: ":").last.flatMap { Int($0) } ?? 0
        self.token = token
    }

    /// What came back before the connection closed.
    struct Answer: Equatable {
        var status = 0
        /// Names in lower case.
        var headers: [String: String] = [:]
        var body = ""
        /// Whether the body has the length that the head promised.
        var isComplete = false

        var json: JSONValue? { JSONValue(parsing: body.utf8) }
        var audience: JSONValue? { json?["data"]?["audience"] }
        var page: JSONValue? { json?["data"]?["pagination"] }
        var ids: [String] { json?["data"]?["audiences"]?.items.compactMap { $0["id"]?.text } ?? [] }
        var error: JSONValue? { json?["errors"]?.items.first }
    }

    func get(_ target: String, headers: [String] = []) async throws -> Answer {
        try await send("GET", target, headers: headers) ?? Answer()
    }

    func patch(_ target: String, _ body: String, headers: [String] = []) async throws -> Answer {
        try await send("PATCH", target, headers: headers, body: body) ?? Answer()
    }

    func delete(_ target: String) async throws -> Answer {
        try await send("DELETE", target) ?? Answer()
    }

    /// Nil when the connection closed before a head.
    func send(_ method: String, _ target: String, headers: [String] = [], body: String? = nil) async throws -> Answer? {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"]
        if let token { lines.append("Authorization: Bearer \(token)") }
        lines += headers
        if let body { lines.append("Content-Length: \(body.utf8.count)") }
        return RawClient.parse(try await exchange((lines + ["", body ?? ""]).joined(separator: "\r\n")))
    }

    /// Sends bytes and returns all that comes until the connection closes.
    func exchange(_ bytes: String) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var received = ByteBuffer()
            do {
                try await outbound.write(ByteBuffer(string: bytes))
                for try await chunk in inbound { received.writeImmutableBuffer(chunk) }
            } catch is IOError {
                // A reset ends the answer as a close does.
            }
            return String(buffer: received)
        }
    }

    private static func parse(_ text: String) -> Answer? {
        // By scalar: "\r\n" is one Character.
        let scalars = Array(text.unicodeScalars)
        let separator = Array("\r\n\r\n".unicodeScalars)
        guard let end = scalars.indices.first(where: { scalars[$0...].starts(with: separator) }) else { return nil }
        let head = String(String.UnicodeScalarView(scalars[..<end]))
        var answer = Answer()
        for line in head.split(whereSeparator: \.isNewline) {
            if answer.status == 0 {
                answer.status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            } else if let colon = line.firstIndex(of: ":") {
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                answer.headers[line[..<colon].lowercased()] = String(value)
            }
        }
        answer.body = String(String.UnicodeScalarView(scalars[(end + 4)...]))
        answer.isComplete = answer.headers["content-length"].flatMap { Int($0) } == answer.body.utf8.count
        return answer
    }
}

extension JSONValue {
    subscript(_ field: String) -> JSONValue? {
        if case .object(let fields) = self { fields[field] } else { nil }
    }

    var items: [JSONValue] {
        if case .array(let items) = self { items } else { [] }
    }

    var fields: Set<String> {
        if case .object(let fields) = self { Set(fields.keys) } else { [] }
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }
}

/// Runs a test against a sandbox on a clock that stands still. The limits are off unless the test sets them.
func withSandbox(
    _ adjust: (inout SandboxOptions) -> Void = { _ in },
    _ body: (Sandbox, RawClient, ManualSandboxClock) async throws -> Void
) async throws {
    let clock = ManualSandboxClock()
    var options = SandboxOptions()
    options.clock = clock
    options.limits = .off
    adjust(&options)
    try await Sandbox.with(options) { sandbox, url in
        try await body(sandbox, RawClient(url: url), clock)
    }
}
