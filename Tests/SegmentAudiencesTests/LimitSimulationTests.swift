// The promise of the ledger: no call is rejected, under either way the server may count, and the limit is used to the
// full. 137 changes at the documented limits, with latencies from a random generator.

import AudTesting
import SegmentAudiences
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LimitSimulationTests {
    private static let count = 137

    @Test(
        "137 changes: none rejected, and no slower than the limit asks for",
        arguments: [SimulatedSegment.Limiter.fixedWindow, .slidingLog], [1, 2, 5, 12]
    )
    func changes(limiter: SimulatedSegment.Limiter, concurrency: Int) async throws {
        for seed in 1...12 as ClosedRange<UInt64> {
            for (method, limit) in [("PATCH", 10), ("DELETE", 20)] {
                let slowest = [0.01, 0.3, 2.0][Int(seed % 3)]
                let (server, duration, estimate) = try await run(method, limit, limiter, concurrency, slowest, seed)
                #expect(server.rejected == 0, "seed \(seed) \(method)")
                #expect(server.methods.count == Self.count)
                let windows = Double((Self.count + limit - 1) / limit - 1)
                #expect(estimate == windows * 60)
                // With 4 s a call, the latency alone is more than 5 %.
                if slowest < 1 { #expect(duration <= 1.05 * windows * 60, "seed \(seed) \(method)") }
            }
        }
    }

    @Test("Two clients over one ledger share its limit")
    func sharedLedger() async throws {
        let clock = VirtualClock()
        let ids = (0..<60).map { "aud_\($0)" }
        let server = SimulatedSegment(
            clock, audiences: Dictionary(uniqueKeysWithValues: ids.map { ($0, true) }), limits: ["PATCH": 10]
        )
        let ledger = InProcessLedger(limits: .seed, time: clock)
        let configuration = try configuration()
        await clock.run {
            await withTaskGroup(of: Void.self) { group in
                for half in [ids.prefix(30), ids.suffix(30)] {
                    let client = AudienceService(
                        configuration: configuration, transport: server, ledger: ledger, time: clock
                    ).writing
                    group.addTask {
                        for id in half { _ = try? await client.setEnabled(false, id: id, in: "s") }
                    }
                }
            }
        }
        #expect(server.rejected == 0)
        #expect(server.audiences.values.allSatisfy { !$0 })
        #expect(clock.elapsed < .seconds(1000 + 5 * 60 * 1.05))
    }

    @Test("Somebody else uses the bucket too: the headers show it, and at most one call in a window is rejected")
    func foreignCalls() async throws {
        let clock = VirtualClock()
        let ids = (0..<40).map { "aud_\($0)" }
        let server = SimulatedSegment(
            clock, audiences: Dictionary(uniqueKeysWithValues: ids.map { ($0, true) }), limits: ["PATCH": 10]
        )
        let ours = try service(clock, server).writing
        let theirs = try service(clock, server) { $0.limits[.update] = Limit(count: 4) }.writing
        await clock.run {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { for id in ids.prefix(20) { _ = try? await theirs.setEnabled(false, id: id, in: "s") } }
                group.addTask { for id in ids.suffix(20) { _ = try? await ours.setEnabled(false, id: id, in: "s") } }
            }
        }
        #expect(server.audiences.values.allSatisfy { !$0 })
        #expect(server.rejected <= 5)
    }

    private func run(
        _ method: String, _ limit: Int, _ limiter: SimulatedSegment.Limiter, _ concurrency: Int, _ slowest: Double,
        _ seed: UInt64
    ) async throws -> (SimulatedSegment, duration: Double, estimate: Double) {
        let clock = VirtualClock()
        let ids = (0..<Self.count).map { "aud_\($0)" }
        let server = SimulatedSegment(
            clock, audiences: Dictionary(uniqueKeysWithValues: ids.map { ($0, true) }), limits: [method: limit],
            limiter: limiter, slowest: slowest, seed: seed
        )
        let service = try service(clock, server)
        let client = service.writing
        let estimate = try await service.ledger.estimate(method == "PATCH" ? .update : .remove, calls: Self.count)
        let start = clock.elapsed
        try await clock.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<concurrency {
                    group.addTask {
                        for id in ids.enumerated().filter({ $0.offset % concurrency == worker }).map(\.element) {
                            if method == "PATCH" {
                                _ = try await client.setEnabled(false, id: id, in: "s")
                            } else {
                                _ = try await client.remove(id, in: "s")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        return (server, (clock.elapsed - start) / .seconds(1), estimate / .seconds(1))
    }
}
