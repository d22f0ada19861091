// Changes whose answer never came: never resent blindly, unknown until a GET shows what became of them.

import AudTesting
import HTTPTypes
import SegmentAudiences
import Testing

@Suite(.timeLimit(.minutes(1)))
struct UnknownOutcomeTests {
    private let clock = VirtualClock()

    @Test(
        "Whatever does not prove that nothing was applied makes a change unknown, and it is sent once",
        arguments: [
            (Step.drop, APIError.Kind.network), (.silence, .timeout), (.error(500), .server), (.error(503), .server),
            (.error(408), .timeout), (.answer(200, body: "<html>ok</html>"), .unreadable), (.answer(200), .unreadable),
            (.answer(200, body: #"{"data":{"audi"#), .unreadable), (.answer(200, body: "{}"), .unreadable),
            (.answer(299, body: "null"), .unreadable), (.answer(404, body: "<html>nginx</html>"), .unreadable),
            (.answer(999), .unreadable), (.audience("aud_2", enabled: false), .unreadable),
        ])
    func unknown(_ fault: Step, cause: APIError.Kind) async throws {
        let server = ScriptedTransport(clock, [fault])
        let client = try service(clock, server).writing
        let update = try await clock.run {
            try await failure { try await client.setEnabled(false, id: "aud_1", in: "s") }
        }
        let removal = try await clock.run { try await failure { try await client.remove("aud_1", in: "s") } }
        for error in [update, removal] {
            #expect(error.kind == .outcomeUnknown)
            #expect(error.cause == cause)
            #expect(error.mayHaveBeenSent)
            #expect(!error.isRetryable)
            #expect(error.message.contains("may or may not have been made"))
        }
        #expect(server.calls == ["PATCH /spaces/s/audiences/aud_1", "DELETE /spaces/s/audiences/aud_1"])
    }

    @Test("A success that does not say SUCCESS proves nothing; 204 does")
    func removalAnswers() async throws {
        let odd = ScriptedTransport(clock, [.answer(200, body: #"{"data":{"status":"PENDING"}}"#)])
        let unknown = try await clock.run {
            try await failure { try await service(clock, odd).writing.remove("aud_1", in: "s") }
        }
        #expect(unknown.kind == .outcomeUnknown)
        let empty = ScriptedTransport(clock, [.answer(204)])
        #expect(try await clock.run { try await service(clock, empty).writing.remove("aud_1", in: "s") } == .removed)
    }

    @Test("A read that is answered with another audience has failed")
    func anotherAudience() async throws {
        let server = ScriptedTransport(clock, [.audience("aud_2")])
        let error = try await clock.run {
            try await failure { try await service(clock, server).reading.get("aud_1", in: "s") }
        }
        #expect(error.kind == .unreadable)
        #expect(error.message.contains("The answer is about another audience than was asked for"))
    }

    @Test("Applied and dropped: a GET shows the new state, and the change is not sent again")
    func appliedAndDropped() async throws {
        let server = SimulatedSegment(clock, audiences: ["aud_1": true], faults: [0: .dropAfterApplying])
        let audience = try await disable("aud_1", server)
        #expect(audience.enabled == false)
        #expect(server.methods == ["PATCH", "GET"])
    }

    @Test("An answer that shows the old state proves nothing: a GET does", arguments: [true, false])
    func contradiction(isEnabled: Bool) async throws {
        let server = ScriptedTransport(clock, [.audience(enabled: true), .audience(enabled: isEnabled)])
        let service = try service(clock, server)
        let result = await clock.run { () -> Result<Audience, any Error> in
            do {
                return .success(
                    try await service.writing.setEnabled(false, id: "aud_1", in: "s", settlingWith: service.reading))
            } catch {
                return .failure(error)
            }
        }
        let methods = server.calls.map { String($0.prefix(3)) }
        guard isEnabled else {
            #expect(try result.get().enabled == false)
            #expect(methods == ["PAT", "GET"])
            return
        }
        let error = try #require(throws: APIError.self) { try result.get() }
        #expect(error.kind == .unreadable)
        #expect(error.message.contains("with an audience that is still enabled"))
        #expect(methods == ["PAT", "GET", "PAT", "GET", "PAT", "GET"])
    }

    @Test("500 after applying: settled by a GET")
    func failedAfterApplying() async throws {
        let server = SimulatedSegment(clock, audiences: ["aud_1": true], faults: [0: .errorAfterApplying])
        #expect(try await disable("aud_1", server).enabled == false)
        #expect(server.methods == ["PATCH", "GET"])
    }

    @Test("Not applied and dropped: a GET shows the old state, and the change is sent again")
    func droppedBeforeApplying() async throws {
        let server = SimulatedSegment(clock, audiences: ["aud_1": true], faults: [0: .dropBeforeApplying])
        #expect(try await disable("aud_1", server).enabled == false)
        #expect(server.methods == ["PATCH", "GET", "PATCH"])
    }

    @Test("A change that vanishes every time ends; it is known not to hold")
    func vanishing() async throws {
        let faults = Dictionary(uniqueKeysWithValues: (0..<10).map { ($0, SimulatedSegment.Fault.dropBeforeApplying) })
        let server = SimulatedSegment(clock, audiences: ["aud_1": true], faults: faults.filter { $0.key % 2 == 0 })
        let error = try await failure { try await disable("aud_1", server) }
        #expect(error.kind == .network)
        #expect(server.methods == ["PATCH", "GET", "PATCH", "GET", "PATCH", "GET"])
    }

    @Test("Removed and dropped: a 404 on the GET means gone after the retry")
    func removedAndDropped() async throws {
        let server = SimulatedSegment(clock, audiences: ["aud_1": true], faults: [0: .dropAfterApplying])
        #expect(try await remove("aud_1", server) == .goneAfterRetry)
        #expect(server.methods == ["DELETE", "GET"])
    }

    @Test("A removal without an answer that had not happened is sent again")
    func removalDroppedBefore() async throws {
        let server = SimulatedSegment(clock, audiences: ["aud_1": true], faults: [0: .dropBeforeApplying])
        #expect(try await remove("aud_1", server) == .removed)
        #expect(server.methods == ["DELETE", "GET", "DELETE"])
    }

    @Test("A removal that somebody else finished between the GET and the retry is gone after the retry")
    func removedMeanwhile() async throws {
        let server = ScriptedTransport(clock, [.drop, .audience(), .error(404)])
        let service = try service(clock, server)
        let removal = try await clock.run {
            try await service.writing.remove("aud_1", in: "s", settlingWith: service.reading)
        }
        #expect(removal == .goneAfterRetry)
    }

    @Test("A 404 on the first removal is an error of its own, not gone after a retry")
    func gone() async throws {
        let server = SimulatedSegment(clock, audiences: [:])
        #expect(try await failure { try await remove("aud_1", server) }.kind == .notFound)
    }

    @Test("When the GET fails too, the outcome stays unknown and says why")
    func unsettled() async throws {
        let server = ScriptedTransport(clock, [.drop, .error(401, "token revoked")])
        let service = try service(clock, server)
        let error = try await clock.run {
            try await failure {
                try await service.writing.setEnabled(false, id: "aud_1", in: "s", settlingWith: service.reading)
            }
        }
        #expect(error.kind == .outcomeUnknown)
        #expect(error.message.contains("token revoked"))
    }

    @Test("Cancelled after it was sent: the answer is awaited, and counts")
    func cancelledInFlight() async throws {
        let server = ScriptedTransport(clock, latency: .seconds(10), [.audience(enabled: false)])
        let audience = try await cancelled(after: .seconds(1), server).get()
        #expect(audience.id == "aud_1")
        #expect(server.records.count == 1)
        #expect(clock.elapsed == .seconds(1010))
    }

    @Test("Cancelled after it was sent, and the answer never comes: settled by a GET, and not sent again")
    func cancelledAndDropped() async throws {
        let server = ScriptedTransport(clock, latency: .seconds(10), [.drop, .audience(enabled: true)])
        let error = try await #require(throws: APIError.self) {
            try await cancelled(after: .seconds(1), server).get()
        }
        #expect(error.kind == .cancelled)
        #expect(server.calls.map { $0.prefix(3) } == ["PAT", "GET"])
    }

    /// Disables an audience, and cancels that after a while.
    private func cancelled(
        after wait: Duration, _ server: ScriptedTransport
    ) async throws -> Result<Audience, any Error> {
        let service = try service(clock, server)
        return await clock.run {
            let task = Task(executorPreference: clock) {
                try await service.writing.setEnabled(false, id: "aud_1", in: "s", settlingWith: service.reading)
            }
            try? await clock.sleep(for: wait)
            task.cancel()
            return await task.result
        }
    }

    private func disable(_ id: String, _ server: SimulatedSegment) async throws -> Audience {
        let service = try service(clock, server)
        return try await clock.run {
            try await service.writing.setEnabled(false, id: id, in: "s", settlingWith: service.reading)
        }
    }

    private func remove(_ id: String, _ server: SimulatedSegment) async throws -> Removal {
        let service = try service(clock, server)
        return try await clock.run {
            try await service.writing.remove(id, in: "s", settlingWith: service.reading)
        }
    }
}
