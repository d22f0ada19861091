// The wire contract of the four operations: envelopes, media types, ids, tokens, errors.

import Testing

@testable import AudSandbox

@Suite("The API's contract") struct ContractTests {
    @Test func aListingHasTheDocumentedEnvelope() async throws {
        try await withSandbox { (_, client, _) async throws in
            let answer = try await client.get(RawClient.audiences + "?pagination.count=3")
            #expect(answer.status == 200)
            #expect(answer.isComplete)
            #expect(answer.ids.count == 3)
            #expect(answer.json?.fields == ["data"])
            #expect(answer.json?["data"]?.fields == ["audiences", "pagination"])
            #expect(answer.page?.fields == ["current", "next", "previous", "totalEntries"])
        }
    }

    @Test func anAudienceHasEveryDocumentedFieldInItsPlace() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let first = try #require(sandbox.snapshot(RawClient.prod).first { $0.definition != nil })
            let answer = try await client.get(RawClient.audiences + "/" + first.id)
            #expect(answer.status == 200)
            #expect(
                answer.audience?.fields == [
                    "id", "spaceId", "name", "description", "key", "enabled", "definition", "status", "createdBy",
                    "updatedBy", "createdAt", "updatedAt",
                ])
            #expect(answer.audience?["spaceId"]?.text == RawClient.prod)
            #expect(answer.audience?["definition"]?.fields == ["query", "type"])
            #expect(answer.body.hasPrefix(#"{"data":{"audience":{"id":"aud_"#))
            #expect(answer.audience?["createdAt"]?.text?.contains(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) == true)
        }
    }

    @Test func anUpdateAnswersTheWholeAudience() async throws {
        try await withSandbox { (sandbox, client, clock) async throws in
            let before = try #require(sandbox.snapshot(RawClient.prod).first { $0.enabled })
            clock.advance(by: .milliseconds(1_234))
            let answer = try await client.patch(RawClient.audiences + "/" + before.id, #"{"enabled":false}"#)
            #expect(answer.status == 200)
            #expect(answer.audience?["enabled"]?.bool == false)
            #expect(answer.audience?["name"]?.text == before.name)
            #expect(answer.audience?["updatedAt"]?.text == "2026-11-23T12:00:01.234Z")
            #expect(answer.audience?["updatedBy"]?.text != before.updatedBy)
            #expect(sandbox.audience(before.id, in: RawClient.prod)?.enabled == false)
        }
    }

    @Test func aRemovalAnswersSuccessAndTheAudienceIsGone() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let id = sandbox.snapshot(RawClient.prod)[0].id
            let answer = try await client.delete(RawClient.audiences + "/" + id)
            #expect(answer.status == 200)
            #expect(answer.body == #"{"data":{"status":"SUCCESS"}}"#)
            #expect(try await client.get(RawClient.audiences + "/" + id).status == 404)
            #expect(try await client.delete(RawClient.audiences + "/" + id).status == 404)
            #expect(sandbox.snapshot(RawClient.prod).count == 211)
        }
    }

    @Test(arguments: [
        ("application/vnd.segment.v1alpha+json", "application/vnd.segment.v1alpha+json"),
        ("application/vnd.segment.alpha+json", "application/vnd.segment.alpha+json"),
        ("application/vnd.segment.v1+json", "application/vnd.segment.v1+json"),
        ("text/html, application/vnd.segment.v1alpha+json;q=0.9, */*", "application/vnd.segment.v1alpha+json"),
        ("APPLICATION/JSON", "application/json"),
        ("*/*", "application/json"),
    ])
    func theAnswerHasTheVersionThatWasAccepted(accept: String, contentType: String) async throws {
        try await withSandbox { (_, client, _) async throws in
            let answer = try await client.get(
                RawClient.audiences + "?pagination.count=1", headers: ["Accept: \(accept)"])
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == contentType)
        }
    }

    @Test func anUnknownVersionIsNotAcceptable() async throws {
        try await withSandbox { (_, client, _) async throws in
            let target = RawClient.audiences + "?pagination.count=1"
            let answer = try await client.get(target, headers: ["Accept: application/vnd.segment.v9+json"])
            #expect(answer.status == 406)
            // An answer without Accept is plain JSON.
            #expect(try await client.get(target).headers["content-type"] == "application/json")
        }
    }

    @Test func errorsArePlainJSONInTheDocumentedEnvelope() async throws {
        try await withSandbox { (_, client, _) async throws in
            let alpha = ["Accept: application/vnd.segment.v1alpha+json"]
            let missing = try await client.get(RawClient.audiences + "/aud_none", headers: alpha)
            #expect(missing.status == 404)
            #expect(missing.headers["content-type"] == "application/json")
            #expect(missing.json?.fields == ["errors"])
            #expect(missing.error?["type"]?.text == "not-found")

            let space = try await client.get("/spaces/nowhere/audiences?pagination.count=1", headers: alpha)
            #expect(space.status == 404)
            #expect(space.error?["message"]?.text?.contains("space") == true)
        }
    }

    @Test(arguments: [
        nil, "Authorization: Bearer", "Authorization: Bearer  ", "Authorization: Basic ZGVtbzo=", "Authorization: demo",
    ])
    func aCallWithoutABearerTokenIsUnauthorized(header: String?) async throws {
        try await withSandbox { (_, client, _) async throws in
            var anonymous = client
            anonymous.token = nil
            let answer = try await anonymous.get(
                RawClient.audiences + "?pagination.count=1", headers: header.map { [$0] } ?? [])
            #expect(answer.status == 401)
            #expect(answer.error?["type"]?.text == "unauthorized")
        }
    }

    @Test func particularTokensCanBeDemanded() async throws {
        try await withSandbox({ $0.tokens = .only(["right"]) }) { (_, client, _) async throws in
            var other = client
            other.token = "right"
            #expect(try await other.get(RawClient.audiences + "?pagination.count=1").status == 200)
            #expect(try await client.get(RawClient.audiences + "?pagination.count=1").status == 401)
        }
    }

    @Test(arguments: [
        #"{}"#, #"{"enabled":null}"#, #"{"enabled":"true"}"#, #"{"enabled":1}"#, #"{"enabled":true,"name":"x"}"#,
        #"[true]"#, "true", "", "{", #"{"enabled":true"#, #"{"enabled":true}}"#, "\u{0}", "enabled=true",
        #"{"Enabled":true}"#, #"{"enabled":{"enabled":true}}"#,
    ])
    func aBodyOtherThanEnabledIsRefusedAndChangesNothing(body: String) async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let before = sandbox.snapshot(RawClient.prod)
            let target = try #require(before.first { !$0.enabled })
            let answer = try await client.patch(RawClient.audiences + "/" + target.id, body)
            #expect(answer.status == 422)
            #expect(answer.error?["type"]?.text == "input-validation")
            #expect(answer.error?["field"]?.text != nil)
            #expect(sandbox.snapshot(RawClient.prod) == before)
        }
    }

    @Test(arguments: [("POST", "", 405), ("PUT", "/aud_x", 405), ("PATCH", "", 405), ("DELETE", "", 405)])
    func otherMethodsAreNotAllowed(method: String, suffix: String, status: Int) async throws {
        try await withSandbox { (_, client, _) async throws in
            let answer = try await client.send(method, RawClient.audiences + suffix)
            #expect(answer?.status == status)
            #expect(answer?.error?["type"]?.text == "method-not-allowed")
        }
    }
}
