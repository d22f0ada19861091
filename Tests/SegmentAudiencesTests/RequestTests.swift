// What a request looks like on the wire, and where it may go.

import AudTesting
import HTTPTypes
import SegmentAudiences
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RequestTests {
    private let clock = VirtualClock()

    @Test("Method, address, headers and body of each call")
    func messages() async throws {
        let server = ScriptedTransport(clock, [.audience(), .page([]), .audience(), .audience(), .removed])
        let service = try service(clock, server)
        try await clock.run {
            _ = try await service.reading.get("aud_1", in: "9aQ1")
            _ = try await service.reading.page(of: "9aQ1", after: "Mw==")
            _ = try await service.writing.setEnabled(true, id: "aud_1", in: "9aQ1")
            _ = try await service.writing.setEnabled(false, id: "aud_1", in: "9aQ1")
            _ = try await service.writing.remove("aud_1", in: "9aQ1")
        }
        #expect(
            server.calls == [
                "GET /spaces/9aQ1/audiences/aud_1",
                "GET /spaces/9aQ1/audiences?pagination.count=200&pagination.cursor=Mw%3D%3D",
                "PATCH /spaces/9aQ1/audiences/aud_1", "PATCH /spaces/9aQ1/audiences/aud_1",
                "DELETE /spaces/9aQ1/audiences/aud_1",
            ])
        let requests = server.records.map(\.request)
        let type = "application/vnd.segment.v1alpha+json"
        #expect(requests.allSatisfy { $0.headers[.authorization] == "Bearer \(secret)" && $0.headers[.accept] == type })
        #expect(requests.map { $0.headers[.contentType] } == [nil, nil, type, type, nil])
        #expect(
            requests.map { String(decoding: $0.body, as: UTF8.self) }
                == ["", "", #"{"enabled":true}"#, #"{"enabled":false}"#, ""])
    }

    @Test(
        "Ids are one path segment, whatever is in them",
        arguments: [
            ("a/../b", "a%2F..%2Fb"), ("x?y#z", "x%3Fy%23z"), ("é😀", "%C3%A9%F0%9F%98%80"), ("%2e", "%252e"),
            (" ", "%20"),
            ("a\r\nHost: evil", "a%0D%0AHost%3A%20evil"), ("...", "..."), ("\\", "%5C"),
        ])
    func encoding(_ id: String, _ segment: String) async throws {
        let server = ScriptedTransport(clock, [.audience(id)])
        let client = try service(clock, server).reading
        _ = try await clock.run { try await client.get(id, in: id) }
        #expect(server.calls == ["GET /spaces/\(segment)/audiences/\(segment)"])
    }

    @Test(
        "Ids that cannot be right are refused before anything is sent",
        arguments: [
            "", ".", "..", String(repeating: "x", count: 256),
        ])
    func refusedIDs(_ id: String) async throws {
        let server = ScriptedTransport(clock, [.audience()])
        let service = try service(clock, server)
        let errors = try await clock.run {
            [
                try await failure { try await service.reading.get(id, in: "s") },
                try await failure { try await service.reading.page(of: id, after: nil) },
                try await failure { try await service.writing.remove(id, in: "s") },
                try await failure { try await service.writing.setEnabled(true, id: "a", in: id) },
            ]
        }
        #expect(errors.allSatisfy { $0.kind == .invalidArgument && $0.message.contains("nothing was sent") })
        #expect(server.records.isEmpty)
        #expect(try await service.ledger.snapshot().allSatisfy { $0.used == 0 })
    }

    @Test("Hooks tell of every exchange and wait, without the token")
    func hooks() async throws {
        let log = Mutex<(exchanges: [Exchange], waits: [WaitNotice])>(([], []))
        let server = ScriptedTransport(clock, [.tooMany(milliseconds: 5000), .drop, .audience(secret)])
        let client = try service(clock, server) {
            $0.onExchange = { exchange in log.withLock { $0.exchanges.append(exchange) } }
            $0.onWait = { notice in log.withLock { $0.waits.append(notice) } }
        }.reading
        _ = try await clock.run { try await client.get(secret, in: "s") }
        let (exchanges, waits) = log.withLock { $0 }
        #expect(exchanges.map(\.status) == [429, nil, 200])
        #expect(exchanges.map(\.attempt) == [1, 2, 3])
        #expect(exchanges.map(\.failure) == [nil, "Connection reset by peer", nil])
        #expect(exchanges[1].waited == .seconds(5))
        #expect(exchanges[0].duration == .milliseconds(100))
        #expect(exchanges.allSatisfy { $0.target == "/spaces/s/audiences/****" })
        #expect(waits.map(\.reason) == [.rateLimited, .limit, .backoff])
    }

    @Test(
        "Base URLs",
        arguments: [
            ("https://api.segmentapis.com", "https://api.segmentapis.com"),
            ("HTTPS://API.SegmentAPIs.com/", "https://api.segmentapis.com"),
            ("http://127.0.0.1:8089", "http://127.0.0.1:8089"), ("http://localhost:1/x/", "http://localhost:1/x"),
            ("http://[::1]:8089", "http://[::1]:8089"), ("http://127.9.8.7", "http://127.9.8.7"),
            ("https://proxy.example:8443/segment", "https://proxy.example:8443/segment"),
        ])
    func baseURLs(_ text: String, _ written: String) throws {
        let url = try BaseURL(text)
        #expect(url.description == written)
        #expect(try BaseURL(written) == url)
    }

    @Test(
        "What cannot be a base URL: above all plain http to anywhere but this machine",
        arguments: [
            "http://api.segmentapis.com", "http://10.0.0.1", "http://127.0.0.1.evil.example",
            "http://localhost.evil.example",
            "http://127.1", "http://0177.0.0.1", "http://[::2]", "https://", "ftp://x", "api.segmentapis.com",
            "https://user:pw@api.segmentapis.com", "https://api.segmentapis.com@evil.example", "https://a b",
            "https://x/?q",
            "https://x#f", "https://x:0", "https://x:99999", "https://x:8o", "https://-x", "https://a..b",
            "https://[::1",
            "https://ex\u{E4}mple", "https://x/\u{0}", "http://127.0.0.1\\@evil.example",
        ])
    func refusedBaseURLs(_ text: String) {
        let error = #expect(throws: APIError.self) { try BaseURL(text) }
        #expect(error?.kind == .invalidArgument)
    }

    @Test("Segment's hosts and this machine are known as such")
    func hosts() throws {
        #expect(BaseURL.unitedStates.isSegment && BaseURL.europe.isSegment)
        #expect(try !BaseURL("https://api.segmentapis.com.evil.example").isSegment)
        #expect(try !BaseURL("https://api.segmentapis.com:8443").isSegment)
        #expect(try BaseURL("http://127.0.0.1").isLoopback)
        #expect(try !BaseURL("https://127.0.0.1.evil.example").isLoopback)
    }
}
