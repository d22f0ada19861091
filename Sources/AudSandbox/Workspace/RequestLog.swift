// The last requests, oldest first. The bearer token is masked on the way in.

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
        let request = SandboxRequest(
            number: number, at: now, method: call.method, path: call.path, query: call.query,
            headers: call.headers.map { $0.name.lowercased() == "authorization" ? ($0.name, "***") : $0 },
            body: call.body.map { String(buffer: $0) } ?? "", operation: operation, status: reply.sentStatus)
        guard capacity > 0 else { return request }
        if entries.count == capacity { entries.removeFirst() }
        entries.append(request)
        return request
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
