// Cancelling: every wait ends at once, a place in a queue is given up, and the next one moves up.

import AudTesting
import SegmentAudiences
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CancellationTests {
    private let clock = VirtualClock()

    @Test(
        "Every wait of a call ends at once",
        arguments: [
            Step.tooMany(milliseconds: 50_000), .error(500), .error(409), .refuse, .silence,
        ])
    func waits(_ step: Step) async throws {
        let server = ScriptedTransport(clock, [step])
        let client = try service(clock, server) { $0.retry.firstBackoff = .seconds(20) }.reading
        let result = await clock.run {
            let task = Task(executorPreference: clock) { try await failure { try await client.get("a", in: "s") } }
            try? await clock.sleep(for: .seconds(2))
            task.cancel()
            return await task.result
        }
        #expect(try result.get().kind == .cancelled)
        #expect(clock.elapsed == .seconds(1002))
        #expect(server.records.count == 1)
    }

    @Test("A cancelled waiter releases its place; the others pass in the order they came")
    func queue() async throws {
        let server = ScriptedTransport(clock, ["aud_0", "aud_2", "aud_4"].map { .audience($0) })
        let client = try service(clock, server) { $0.limits[.get] = Limit(count: 1) }.reading
        let kinds = await clock.run {
            await withTaskGroup(of: APIError.Kind?.self) { group in
                var tasks: [Task<APIError.Kind?, Never>] = []
                for number in 0..<5 {
                    tasks.append(
                        Task(executorPreference: clock) {
                            do {
                                _ = try await client.get("aud_\(number)", in: "s")
                                return nil
                            } catch {
                                return (error as? APIError)?.kind
                            }
                        })
                    try? await clock.sleep(for: .seconds(1))
                }
                // 1 waits for the ledger, 2 to 4 queue behind it.
                tasks[1].cancel()
                tasks[3].cancel()
                var kinds: [APIError.Kind?] = []
                for task in tasks { kinds.append(await task.value) }
                return kinds
            }
        }
        #expect(kinds == [nil, .cancelled, nil, .cancelled, nil])
        #expect(server.calls.map { String($0.suffix(5)) } == ["aud_0", "aud_2", "aud_4"])
        #expect(server.gaps.allSatisfy { $0 > 60 && $0 < 61 })
    }

    @Test("A call that is cancelled before it begins sends nothing")
    func before() async throws {
        let server = ScriptedTransport(clock, [.audience()])
        let client = try service(clock, server).writing
        let result = await clock.run {
            let task = Task(executorPreference: clock) {
                try? await clock.sleep(for: .seconds(1))
                return try await failure { try await client.remove("a", in: "s") }
            }
            task.cancel()
            return await task.result
        }
        #expect(try result.get().kind == .cancelled)
        #expect(server.records.isEmpty)
    }

    @Test("A wait that would end after the deadline is not begun, first in the queue or not")
    func deadline() async throws {
        let server = ScriptedTransport(clock, [.audience()])
        let service = try service(clock, server) { $0.limits[.get] = Limit(count: 1) }
        let hurried = service.within(RunBudget(deadline: clock.now().advanced(by: .seconds(30)))).reading
        await clock.run {
            _ = try? await service.reading.get("a", in: "s")
            let first = try? await failure { try await hurried.get("b", in: "s") }
            #expect(first?.kind == .budget)
            #expect(first?.message.contains("60 s") == true)
            #expect(clock.elapsed < .seconds(1001))
            let patient = Task(executorPreference: clock) { _ = try? await service.reading.get("c", in: "s") }
            try? await clock.sleep(for: .seconds(1))
            let second = try? await failure { try await hurried.get("d", in: "s") }
            #expect(second?.kind == .budget)
            #expect(clock.elapsed == .seconds(1030))
            await patient.value
        }
        #expect(server.records.count == 2)
    }

    @Test("Cancelling many calls on many threads leaves the way free for the next one")
    func manyThreads() async throws {
        let client = AudienceService(configuration: try configuration { $0.limits = .unlimited }, transport: Echo())
            .reading
        // A turn that went to a task that has left would hang the last call.
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<500 {
                group.addTask {
                    let call = Task { try? await client.get("a", in: "s") }
                    for _ in 0..<number % 5 { await Task.yield() }
                    if number % 3 > 0 { call.cancel() }
                    _ = await call.value
                }
            }
        }
        #expect(try await client.get("a", in: "s").id == "a")
    }
}

/// Answers at once.
private struct Echo: HTTPTransport {
    func send(_ request: HTTPRequestMessage, timeout: Duration) async throws(TransportError) -> HTTPResponseMessage {
        HTTPResponseMessage(status: 200, body: Array(#"{"data":{"audience":{"id":"a"}}}"#.utf8))
    }

    func shutdown() async {}
}
