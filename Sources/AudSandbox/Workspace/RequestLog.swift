// The last requests, oldest first. The bearer token is masked on the way in, also where a client has put it by mistake: in
// the path, the query or the body.

import NIOCore

struct RequestLog {
    private let capacity: Int
    private var number = 0
    private var entries = CircularBuffer<SandboxRequest>()

    init(capacity: Int) {
        self.capacity = max(0, capacity)
    }

    var requests: [SandboxRequest] { Array(entries) }

    mutating func clear() {
        entries.removeAll()
    }

    mutating func append(
        _ call: Call, _ reply: Reply, _ operation: SandboxOperation?, at now: Duration
    ) -> SandboxRequest {
        number += 1
        let mask = TokenMask(call.token)
        let request = SandboxRequest(
            number: number, at: now, method: call.method, path: mask.masked(call.path),
            query: call.query.map(mask.masked),
            headers: call.headers.map { $0.name.lowercased() == "authorization" ? ($0.name, "***") : $0 },
            body: mask.masked(call.body.map { String(buffer: $0) } ?? ""), operation: operation,
            status: reply.sentStatus)
        guard capacity > 0 else { return request }
        if entries.count == capacity { entries.removeFirst() }
        entries.append(request)
        return request
    }
}

/// Takes a token out of texts. One under 16 characters is left alone: masking every "a" would hide nothing.
private struct TokenMask {
    private let needles: [String]

    init(_ token: String?) {
        guard let token, token.utf8.count >= 16 else {
            needles = []
            return
        }
        let encoded = token.utf8.map { byte in
            let isPlain = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
            if isPlain || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || "-._~".utf8.contains(byte) {
                return String(UnicodeScalar(byte))
            }
            return (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }.joined()
        needles = [token, encoded]
    }

    func masked(_ text: String) -> String {
        needles.reduce(text) { $0.replacing($1, with: "***") }
    }
}

extension Reply {
    /// The status that reaches the client; nil when none does.
    fileprivate var sentStatus: Int? {
        switch delivery {
        case .whole, .late, .cut: status
        case .dropped, .never: nil
        }
    }
}
