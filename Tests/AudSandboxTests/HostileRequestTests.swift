// Requests that no good client sends. The server answers each with the documented envelope, changes nothing and lives on.

import Testing

@testable import AudSandbox

@Suite("Hostile requests") struct HostileRequestTests {
    @Test(arguments: [
        (RawClient.audiences + "/" + String(repeating: "a", count: 255), 404),
        (RawClient.audiences + "/" + String(repeating: "a", count: 256), 422),
        (RawClient.audiences + "/" + String(repeating: "%C3%A9", count: 255), 404),
        (RawClient.audiences + "/" + String(repeating: "%C3%A9", count: 256), 422),
        (RawClient.audiences + "/", 422),
        ("/spaces//audiences/aud_x", 422),
        ("/spaces/" + String(repeating: "s", count: 256) + "/audiences/aud_x", 422),
        (RawClient.audiences + "/..", 404),
        (RawClient.audiences + "/.", 404),
        (RawClient.audiences + "/../audiences", 404),
        (RawClient.audiences + "/%2e%2e", 404),
        (RawClient.audiences + "/a%2Fb", 404),
        (RawClient.audiences + "/a/b", 404),
        (RawClient.audiences + "/%zz", 422),
        (RawClient.audiences + "/%f", 422),
        (RawClient.audiences + "/%ff%fe", 422),
        (RawClient.audiences + "/%00", 404),
        (RawClient.audiences + "/%1b%5b2J", 404),
        (RawClient.audiences + "/%F0%9F%94%A5", 404),
        ("/", 404), ("//", 404), ("/spaces", 404), ("/spaces/x", 404), ("/Spaces/x/audiences", 404),
        ("/spaces/x/audiences/y/z", 404), ("/favicon.ico", 404), ("*", 404),
        ("http://127.0.0.1/spaces/x/audiences/y", 404),
    ])
    func aStrangePathReachesNothing(path: String, status: Int) async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let before = sandbox.snapshot(RawClient.prod)
            for method in ["GET", "DELETE"] {
                let answer = try await client.send(method, path)
                #expect(answer?.status == status, "\(method) \(path)")
                #expect(answer?.error?["type"]?.text != nil)
            }
            #expect(sandbox.snapshot(RawClient.prod) == before)
        }
    }

    @Test func anEncodedIdIsTheSameId() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let odd = SandboxAudience(id: "a/b ..?é", spaceID: RawClient.prod, name: "odd")
            sandbox.insert(odd)
            let answer = try await client.get(RawClient.audiences + "/a%2Fb%20..%3F%C3%A9")
            #expect(answer.audience?["name"]?.text == "odd")
            // A plus in a path is a plus.
            #expect(try await client.get(RawClient.audiences + "/a%2Fb+..%3F%C3%A9").status == 404)
        }
    }

    @Test func aBodyOverOneMebibyteIsRefusedAndTheNextRequestIsServed() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let target = RawClient.audiences + "/" + sandbox.snapshot(RawClient.prod)[0].id
            let large = String(repeating: " ", count: (1 << 20) - 18) + #"{"enabled":false}"#
            #expect(try await client.patch(target, large).status == 200)
            let answer = try await client.patch(target, large + "  ")
            #expect(answer.status == 413)
            #expect(try await client.get(target).status == 200)
        }
    }

    @Test func anAnswerToHeadHasNoBody() async throws {
        try await withSandbox { (_, client, _) async throws in
            let answer = try #require(try await client.send("HEAD", RawClient.audiences))
            #expect(answer.status == 405)
            #expect(answer.body.isEmpty)
        }
    }

    @Test func deeplyNestedJSONIsRefused() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let target = RawClient.audiences + "/" + sandbox.snapshot(RawClient.prod)[0].id
            for body in [String(repeating: "[", count: 100_000), String(repeating: #"{"enabled":"#, count: 20_000)] {
                #expect(try await client.patch(target, body).status == 422)
            }
        }
    }

    @Test(arguments: [
        "GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    ])
    func bytesThatAreNotHTTPEndTheConnectionOnly(bytes: String) async throws {
        try await withSandbox { (_, client, _) async throws in
            let received = try await client.exchange(bytes)
            #expect(!received.contains("200 OK"))
            #expect(try await client.get(RawClient.audiences + "?pagination.count=1").status == 200)
        }
    }

    @Test func hostileNamesArriveUnharmed() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let names = Set(sandbox.snapshot(RawClient.prod).map(\.name))
            var received: Set<String> = []
            for cursor in ["MA==", "MjAw"] {
                let page = try await client.get(
                    RawClient.audiences + "?pagination.count=200&pagination.cursor=" + cursor)
                for item in page.json?["data"]?["audiences"]?.items ?? [] { received.insert(item["name"]?.text ?? "") }
            }
            #expect(received == names)
            #expect(names.contains { $0.contains("\u{1b}[2J") && $0.contains("\u{202e}") })
            #expect(names.contains { $0.contains("\n") && $0.contains("\"") && $0.contains("{") && $0.contains("\\") })
        }
    }
}
