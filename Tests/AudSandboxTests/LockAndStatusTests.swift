// What follows an update: the lock, the statuses that pass by, the queue behind five edits at once.

import Testing

@testable import AudSandbox

@Suite("Locks and statuses") struct LockAndStatusTests {
    private func path(_ audience: SandboxAudience) -> String { RawClient.audiences + "/" + audience.id }

    @Test func anUpdateLocksTheAudienceForAWhile() async throws {
        try await withSandbox { (sandbox, client, clock) async throws in
            let audience = try #require(sandbox.snapshot(RawClient.prod).first { $0.enabled })
            #expect(try await client.patch(path(audience), #"{"enabled":false}"#).status == 200)
            #expect(sandbox.audience(audience.id, in: RawClient.prod)?.lockedUntil == clock.now() + .seconds(3))
            clock.advance(by: .milliseconds(2_999))
            let refused = try await client.patch(path(audience), #"{"enabled":true}"#)
            #expect(refused.status == 409)
            #expect(refused.error?["type"]?.text == "conflict")
            #expect(refused.error?["message"]?.text?.contains("locked") == true)
            #expect(try await client.delete(path(audience)).status == 409)
            // Reading is never locked.
            #expect(try await client.get(path(audience)).audience?["enabled"]?.bool == false)
            clock.advance(by: .milliseconds(1))
            #expect(try await client.patch(path(audience), #"{"enabled":true}"#).status == 200)
        }
    }

    @Test func theLocksStatusAndLengthAreSwitches() async throws {
        try await withSandbox({
            $0.lock = .seconds(30)
            $0.behaviour.lockStatus = 423
        }) { (sandbox, client, clock) async throws in
            let audience = try #require(sandbox.snapshot(RawClient.prod).first { $0.enabled })
            _ = try await client.patch(path(audience), #"{"enabled":false}"#)
            clock.advance(by: .seconds(29))
            #expect(try await client.patch(path(audience), #"{"enabled":true}"#).status == 423)
        }
        try await withSandbox({ $0.lock = .zero }) { (sandbox, client, _) async throws in
            let audience = try #require(sandbox.snapshot(RawClient.prod).first { $0.enabled })
            #expect(try await client.patch(path(audience), #"{"enabled":false}"#).status == 200)
            #expect(try await client.patch(path(audience), #"{"enabled":true}"#).status == 200)
        }
    }

    @Test func statusesMoveThroughTime() async throws {
        try await withSandbox { (sandbox, client, clock) async throws in
            let audience = try #require(sandbox.snapshot(RawClient.prod).first { $0.status == "Live" })
            func status() async throws -> String? {
                let one = try await client.get(path(audience)).audience?["status"]?.text
                // A listing shows the same.
                #expect(sandbox.audience(audience.id, in: RawClient.prod)?.status == one)
                return one
            }
            let off = try await client.patch(path(audience), #"{"enabled":false}"#)
            #expect(off.audience?["status"]?.text == "Disabled")
            clock.advance(by: .seconds(3_600))
            #expect(try await status() == "Disabled")

            let on = try await client.patch(path(audience), #"{"enabled":true}"#)
            #expect(on.audience?["status"]?.text == "Preparing")
            clock.advance(by: .milliseconds(1_999))
            #expect(try await status() == "Preparing")
            clock.advance(by: .milliseconds(1))
            #expect(try await status() == "Computing")
            clock.advance(by: .milliseconds(7_999))
            #expect(try await status() == "Computing")
            clock.advance(by: .milliseconds(1))
            #expect(try await status() == "Live")
        }
    }

    @Test func disablingInTheMiddleOfComputingStaysDisabled() async throws {
        try await withSandbox { (sandbox, client, clock) async throws in
            let audience = try #require(sandbox.snapshot(RawClient.prod).first { !$0.enabled })
            _ = try await client.patch(path(audience), #"{"enabled":true}"#)
            clock.advance(by: .seconds(4))
            #expect(try await client.patch(path(audience), #"{"enabled":false}"#).status == 200)
            clock.advance(by: .seconds(60))
            #expect(try await client.get(path(audience)).audience?["status"]?.text == "Disabled")
        }
    }

    @Test func aListingShowsStatusesAsTheyAreNow() async throws {
        try await withSandbox { (sandbox, client, clock) async throws in
            let first = sandbox.snapshot(RawClient.prod)[0]
            sandbox.mutate(first.id, in: RawClient.prod) { $0.enabled = false }
            _ = try await client.patch(path(first), #"{"enabled":true}"#)
            for (wait, status) in [(0, "Preparing"), (2, "Computing"), (8, "Live")] {
                clock.advance(by: .seconds(wait))
                let page = try await client.get(RawClient.audiences + "?pagination.count=1")
                #expect(page.json?["data"]?["audiences"]?.items.first?["status"]?.text == status)
            }
        }
    }

    @Test func anUpdateThatChangesNothingLeavesTheAudienceAlone() async throws {
        try await withSandbox { (sandbox, client, clock) async throws in
            let audience = try #require(sandbox.snapshot(RawClient.prod).first { $0.enabled })
            clock.advance(by: .seconds(5))
            let answer = try await client.patch(path(audience), #"{"enabled":true}"#)
            #expect(answer.status == 200)
            #expect(sandbox.audience(audience.id, in: RawClient.prod) == audience)

            sandbox.behaviour.noOpPatchLocks = true
            #expect(try await client.patch(path(audience), #"{"enabled":true}"#).status == 200)
            #expect(try await client.patch(path(audience), #"{"enabled":false}"#).status == 409)
        }
    }

    @Test func removingAnEnabledAudienceIsASwitch() async throws {
        try await withSandbox({ $0.behaviour.deleteWhileEnabled = .conflict }) { (sandbox, client, _) async throws in
            let all = sandbox.snapshot(RawClient.prod)
            let on = try #require(all.first { $0.enabled })
            let off = try #require(all.first { !$0.enabled })
            #expect(try await client.delete(path(on)).status == 409)
            #expect(try await client.delete(path(off)).status == 200)
            sandbox.behaviour.deleteWhileEnabled = .allowed
            #expect(try await client.delete(path(on)).status == 200)
        }
    }

    @Test func beyondFiveEditsAtOnceTheyQueueAndStayLockedLonger() async throws {
        try await withSandbox { (sandbox, client, clock) async throws in
            let enabled = sandbox.snapshot(RawClient.prod).filter(\.enabled).prefix(11)
            for audience in enabled {
                #expect(try await client.patch(path(audience), #"{"enabled":false}"#).status == 200)
            }
            let locks = enabled.compactMap { sandbox.audience($0.id, in: RawClient.prod)?.lockedUntil }
            #expect(locks.map { $0 - clock.now() } == [3, 3, 3, 3, 3, 6, 6, 6, 6, 6, 9].map { .seconds($0) })
        }
    }

    @Test func strictContentTypeIsASwitch() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            let audience = try #require(sandbox.snapshot(RawClient.prod).first { $0.enabled })
            #expect(try await client.patch(path(audience), #"{"enabled":true}"#).status == 200)
            sandbox.behaviour.strictContentType = true
            for header in [[], ["Content-Type: application/json"], ["Content-Type: text/plain"]] {
                let answer = try await client.patch(path(audience), #"{"enabled":true}"#, headers: header)
                #expect(answer.status == 415)
            }
            let versioned = ["Content-Type: application/vnd.segment.v1alpha+json; charset=utf-8"]
            #expect(try await client.patch(path(audience), #"{"enabled":true}"#, headers: versioned).status == 200)
        }
    }

    @Test func aWorkspaceCanLackTheFeatureAndATokenCanBelongElsewhere() async throws {
        try await withSandbox { (sandbox, client, _) async throws in
            sandbox.behaviour.audienceFeature = false
            let refused = try await client.get(RawClient.audiences + "?pagination.count=1")
            #expect(refused.status == 403)
            #expect(refused.error?["message"]?.text?.contains("Audience feature") == true)
            sandbox.behaviour.wrongRegionTokens = ["demo"]
            let elsewhere = try await client.get(RawClient.audiences + "?pagination.count=1")
            #expect(elsewhere.status == 401)
            #expect(
                elsewhere.error?["message"]?.text?.contains("must be sent to Segment's EU-hosted API") == true)
        }
    }
}
