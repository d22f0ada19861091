// A fake workspace behind the real client: what leaves as HTTP arrives here.

import HTTPTypes
import SegmentAudiences

struct FakeTransport: HTTPTransport {
    let workspace: FakeWorkspace

    func send(
        _ request: HTTPRequestMessage, timeout: Duration
    ) async throws(TransportError) -> HTTPResponseMessage {
        let parts = request.url.split(separator: "/").dropFirst(2).map(String.init)
        let space = parts[1]
        do {
            switch (request.method, parts.count) {
            case (.get, 3):
                let cursor = request.url.split(separator: "cursor=").dropFirst().first.map(String.init)
                let page = try await workspace.page(of: space, after: cursor)
                return answer(["audiences": .array(page.audiences.map(\.json)), "pagination": .object([:])])
            case (.get, _): return answer(["audience": try await workspace.get(parts[3], in: space).json])
            case (.patch, _):
                let enabled = String(decoding: request.body, as: UTF8.self) == #"{"enabled":true}"#
                return answer([
                    "audience": try await workspace.setEnabled(enabled, id: parts[3], in: space).json
                ])
            default:
                _ = try await workspace.remove(parts[3], in: space)
                return answer(["status": .string("SUCCESS")])
            }
        } catch {
            return HTTPResponseMessage(status: 404)
        }
    }

    func shutdown() async {}

    private func answer(_ data: [String: JSONValue]) -> HTTPResponseMessage {
        HTTPResponseMessage(status: 200, body: Array(JSONValue.object(["data": .object(data)]).text.utf8))
    }
}
