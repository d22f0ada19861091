// The live transport against a server on loopback: what comes back, what failed, and above all whether the server may
// have seen the request. Real sockets, but no waiting: every answer comes at once.

import HTTPTypes
import NIOCore
import NIOPosix
import SegmentAudiences
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LiveTransportTests {
    @Test("An answer comes back whole; the request is what was asked for, with the program's name")
    func answer() async throws {
        let text = "HTTP/1.1 418 Teapot\r\nX-RateLimit-Remaining: 7\r\nContent-Length: 2\r\n\r\nhi"
        let (result, requests) = try await exchange(.send(text), method: .patch, body: Array(#"{"enabled":true}"#.utf8))
        let response = try result.get()
        #expect(response.status == 418)
        #expect(response.headers[.remaining] == "7")
        #expect(String(decoding: response.body, as: UTF8.self) == "hi")
        let request = try #require(requests.first)
        #expect(request.hasPrefix("PATCH /spaces/a%2Fb HTTP/1.1\r\n"))
        #expect(request.lowercased().contains("user-agent: aud/1.2.3\r\n"))
        #expect(request.lowercased().contains("content-length: 16\r\n"))
        #expect(request.contains("Bearer t"))
    }

    @Test("A refused connection proves that nothing was sent")
    func refused() async throws {
        let server = try await LoopbackServer.start(.silence)
        await server.stop()
        let error = try await failure(port: server.port)
        #expect(error.kind == .connect)
        #expect(!error.mayHaveBeenSent)
        #expect(error.message.lowercased().contains("refused"))
    }

    @Test("An unknown host proves that nothing was sent")
    func unknownHost() async throws {
        let transport = AsyncHTTPClientTransport()
        let request = HTTPRequestMessage(method: .delete, url: "https://host.invalid/", headers: [:])
        let error = await #expect(throws: TransportError.self) {
            try await transport.send(request, timeout: .seconds(20))
        }
        #expect(error?.kind == .connect)
        #expect(error?.mayHaveBeenSent == false)
        await transport.shutdown()
    }

    @Test(
        "A connection that breaks before, in or after the head, or in the body, proves nothing",
        arguments: [
            "", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"dat\r\n",
        ])
    func dropped(_ text: String) async throws {
        let error = try await failure(.sendAndClose(text))
        #expect(error.kind == .dropped)
        #expect(error.mayHaveBeenSent)
    }

    @Test("What is no HTTP proves nothing")
    func garbage() async throws {
        let error = try await failure(.sendAndClose("SSH-2.0-OpenSSH_9.6\r\n\r\n"))
        #expect(error.mayHaveBeenSent)
    }

    @Test("A redirect is an answer, and is not followed")
    func redirect() async throws {
        let text = "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
        let (result, requests) = try await exchange(.send(text))
        #expect(try result.get().status == 307)
        #expect(requests.count == 1)
    }

    @Test("HTML is an answer like any other")
    func html() async throws {
        let text = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>hi</html>"
        let (result, _) = try await exchange(.send(text))
        #expect(try result.get().headers[.contentType] == "text/html")
        #expect(try result.get().body.count == 15)
    }

    @Test("A body beyond the cap is not read on")
    func oversized() async throws {
        let error = try await failure(.flood)
        #expect(error.kind == .tooLarge)
        #expect(error.message == "more than 100000 bytes")
    }

    @Test(
        "No answer in time, before the head and inside the body",
        arguments: [
            LoopbackServer.Behaviour.silence, .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
        ])
    func timeout(_ behaviour: LoopbackServer.Behaviour) async throws {
        let error = try await failure(behaviour, timeout: .milliseconds(50))
        #expect(error.kind == .timeout)
        #expect(error.mayHaveBeenSent)
    }

    @Test("Cancelling ends an exchange at once")
    func cancelled() async throws {
        let server = try await LoopbackServer.start(.silence)
        let transport = AsyncHTTPClientTransport()
        let request = HTTPRequestMessage(method: .get, url: "http://127.0.0.1:\(server.port)/", headers: [:])
        let task = Task { try await transport.send(request, timeout: .seconds(50)) }
        while server.requests.isEmpty { await Task.yield() }
        task.cancel()
        let error = await #expect(throws: TransportError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(error?.mayHaveBeenSent == true)
        await transport.shutdown()
        await server.stop()
    }

    @Test("After shutdown nothing is sent; a transport that was never used needs none")
    func shutdown() async throws {
        let transport = AsyncHTTPClientTransport()
        await transport.shutdown()
        let request = HTTPRequestMessage(method: .get, url: "http://127.0.0.1:1/", headers: [:])
        let error = await #expect(throws: TransportError.self) {
            try await transport.send(request, timeout: .seconds(5))
        }
        #expect(error?.mayHaveBeenSent == false)
        _ = AsyncHTTPClientTransport()
    }

    @Test("A whole client over real sockets")
    func client() async throws {
        let body = #"{"data":{"audience":{"id":"aud_1","enabled":true}}}"#
        let server = try await LoopbackServer.start(
            .send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        )
        var settings = try configuration()
        settings.baseURL = try BaseURL("http://127.0.0.1:\(server.port)")
        let service = AudienceService(configuration: settings)
        for _ in 0..<3 { #expect(try await service.reading.get("aud_1", in: "s").enabled == true) }
        #expect(server.requests.count == 3)
        await service.shutdown()
        await server.stop()
    }

    private func exchange(
        _ behaviour: LoopbackServer.Behaviour, method: HTTPRequest.Method = .get, body: [UInt8] = [],
        timeout: Duration = .seconds(20)
    ) async throws -> (Result<HTTPResponseMessage, TransportError>, requests: [String]) {
        let server = try await LoopbackServer.start(behaviour)
        let result = await send(method, server.port, body, timeout)
        let requests = server.requests
        await server.stop()
        return (result, requests)
    }

    private func failure(
        _ behaviour: LoopbackServer.Behaviour, timeout: Duration = .seconds(20)
    ) async throws -> TransportError {
        try error(of: try await exchange(behaviour, timeout: timeout).0)
    }

    private func failure(port: Int) async throws -> TransportError {
        try error(of: await send(.get, port, [], .seconds(20)))
    }

    private func error(of result: Result<HTTPResponseMessage, TransportError>) throws -> TransportError {
        switch result {
        case .failure(let error): return error
        case .success(let response):
            Issue.record("an answer came: \(response.status)")
            throw TransportError(.connect, mayHaveBeenSent: false, message: "no error")
        }
    }

    private func send(
        _ method: HTTPRequest.Method, _ port: Int, _ body: [UInt8], _ timeout: Duration
    ) async -> Result<HTTPResponseMessage, TransportError> {
        let transport = AsyncHTTPClientTransport(version: "1.2.3", largestBody: 100_000)
        let request = HTTPRequestMessage(
            method: method, url: "http://127.0.0.1:\(port)/spaces/a%2Fb", headers: [.authorization: "Bearer t"],
            body: body
        )
        let result: Result<HTTPResponseMessage, TransportError>
        do {
            result = .success(try await transport.send(request, timeout: timeout))
        } catch {
            result = .failure(error)
        }
        await transport.shutdown()
        return result
    }
}
