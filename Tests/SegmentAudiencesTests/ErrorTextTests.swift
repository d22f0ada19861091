// The words of errors: what a person reads must say what happened and what to do.

import AudTesting
import HTTPTypes
import SegmentAudiences
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ErrorTextTests {
    @Test("A token of the wrong region")
    func region() async throws {
        let error = try await error(.error(401, "Requests for this workspace must be sent to Segment's EU-hosted API"))
        #expect(error.kind == .auth)
        #expect(
            error.message == """
                Segment does not accept the token (401). Segment says: Requests for this workspace must be sent to Segment's \
                EU-hosted API. This token belongs to a workspace in the EU: it must be sent to Segment's EU-hosted API, \
                https://eu1.api.segmentapis.com.
                """)
    }

    @Test("401 without words names the other region as a cause")
    func unauthorized() async throws {
        #expect(try await error(.answer(401)).message.contains("must be sent to Segment's EU-hosted API"))
        #expect(try await error(.answer(401), at: .europe).message.contains("https://api.segmentapis.com"))
    }

    @Test("403 and 404 mention the Audience feature", arguments: [403, 404])
    func feature(_ status: Int) async throws {
        #expect(try await error(.error(status)).message.contains("Audience feature"))
    }

    @Test("422 names the field and gives the message")
    func validation() async throws {
        let body =
            #"{"errors":[{"type":"input-validation","message":"must be a boolean","field":"enabled"},{"type":"x"}]}"#
        let error = try await error(.answer(422, headers: [.requestID: "r-1"], body: body))
        #expect(
            error.message == """
                The API refused the request (422). Segment says: field "enabled": must be a boolean (and 1 more).
                """)
        #expect(error.apiType == "input-validation" && error.apiField == "enabled" && error.details.count == 2)
        #expect(error.description.hasSuffix("(GET /spaces/s/audiences/a → 422, request r-1)"))
    }

    @Test("An HTML page is named as one, with its first words")
    func html() async throws {
        let page = """
            <!DOCTYPE html><html><head><title>Sign in</title><style>p { color: red }</style></head>
            <body><script>if (a < b) { x() }</script><h1>Corporate   proxy</h1><p>Please log in.</p></body></html>
            """
        let denied = try await error(.answer(403, headers: [.contentType: "text/html; charset=utf-8"], body: page))
        let words = "HTML page came back instead of the API's JSON: \"Sign in Corporate proxy Please log in.\""
        #expect(denied.message.contains(words))
        let success = try await error(.answer(200, body: page))
        #expect(success.kind == .unreadable)
        #expect(success.message.contains(words))
    }

    @Test("A 404 page that is not the API's does not show that an audience is gone")
    func foreign404() async throws {
        let error = try await error(.answer(404, body: "<html><h1>404</h1>nginx</html>"))
        #expect(error.kind == .unreadable)
        #expect(error.status == 404)
        #expect(error.message.contains("404 nginx"))
    }

    @Test(
        "Empty, odd and endless bodies make short messages",
        arguments: [
            "", "null", "[]", #"{"errors":"x"}"#, #"{"errors":[7,null,{}]}"#, "{\"message\":\"gateway\"}",
            "<" + String(repeating: "x<y ", count: 50_000), String(repeating: "\u{1F600}", count: 50_000),
            #"{"errors":[{"message":""# + String(repeating: "long ", count: 50_000) + #""}]}"#,
        ])
    func oddBodies(_ body: String) async throws {
        let error = try await error(.answer(400, body: body))
        #expect(error.kind == .validation)
        #expect(error.message.count < 1200)
        #expect(error.message.hasPrefix("The API refused the request (400)."))
    }

    @Test("A redirect says why it is not followed")
    func redirect() async throws {
        let error = try await error(.answer(302, headers: [.location: "https://login.example/"]))
        #expect(error.message.contains("https://login.example/") && error.message.contains("token would go with them"))
    }

    @Test("A refused connection names the host")
    func network() async throws {
        #expect(try await error(.refuse).message == "No connection to api.segmentapis.com: Connection refused.")
    }

    private func error(_ step: Step, at base: BaseURL = .unitedStates) async throws -> APIError {
        let clock = VirtualClock()
        let client = try service(clock, ScriptedTransport(clock, [step])) { $0.baseURL = base }.reading
        return try await clock.run { try await failure { try await client.get("a", in: "s") } }
    }
}

extension HTTPField.Name {
    fileprivate static let requestID = HTTPField.Name("X-Request-Id") ?? .date
}
