// Between HTTP and the workspace: a request becomes a `Call`, a `Reply` is written, late, in part or not at all.
// A dropped connection is closed here before the error reaches the server, so that no byte of an answer precedes it.

import HTTPTypes
import HummingbirdCore
import NIOCore

struct Responder: Sendable {
    let sandbox: Sandbox

    private static let largestBody = 1 << 20

    private struct ConnectionDropped: Error {}

    func respond(to request: Request, writer: consuming ResponseWriter, channel: any Channel) async throws {
        if sandbox.options.latency > .zero { try await sandbox.options.clock.sleep(for: sandbox.options.latency) }
        let reply = sandbox.answer(try await call(request))
        let head = head(of: reply)
        switch reply.delivery {
        case .whole where request.method == .head:
            // An answer to HEAD has no body, or the next answer on the connection would be misread.
            try await writer.writeResponse(head)
        case .whole:
            try await writer.write(response: head, body: ResponseBody(byteBuffer: reply.body))
        case .late(let duration):
            try await sandbox.options.clock.sleep(for: duration)
            try await writer.write(response: head, body: ResponseBody(byteBuffer: reply.body))
        case .cut(let kept):
            var body = try await writer.writeHead(head)
            try await body.write(reply.body.prefix(kept))
            try? await channel.close()
            throw ConnectionDropped()
        case .dropped:
            try? await channel.close()
            throw ConnectionDropped()
        case .never:
            try await withTaskCancellationHandler {
                try await channel.closeFuture.get()
            } onCancel: {
                channel.close(promise: nil)
            }
            throw ConnectionDropped()
        }
    }

    private func call(_ request: Request) async throws -> Call {
        let target = request.head.path ?? "/"
        let question = target.firstIndex(of: "?")
        let headers = request.headers
        var body: ByteBuffer? = ByteBuffer()
        if headers[.contentLength] != nil || headers[.transferEncoding] != nil {
            do {
                body = try await request.body.collect(upTo: Responder.largestBody)
            } catch is NIOTooManyBytesError {
                body = nil
            }
        }
        return Call(
            method: request.method.rawValue,
            path: String(question.map { target[..<$0] } ?? target[...]),
            query: question.map { String(target[target.index(after: $0)...]) },
            headers: headers.map { ($0.name.rawName, $0.value) },
            body: body)
    }

    private func head(of reply: Reply) -> HTTPResponse {
        var fields = HTTPFields()
        fields.reserveCapacity(reply.headers.count + 2)
        if let contentType = reply.contentType { fields[.contentType] = contentType }
        fields[.contentLength] = String(reply.body.readableBytes)
        for (name, value) in reply.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        // Faults and switches may name any number; only final statuses of HTTP can be written.
        let code = (200...599).contains(reply.status) ? reply.status : 500
        return HTTPResponse(status: HTTPResponse.Status(code: code), headerFields: fields)
    }
}
