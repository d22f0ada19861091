// The promise of the shared ledger: processes that come, work side by side and die, and a machine that is started again,
// get no call rejected, under either way the server may count, and lose no more time than the rules say.

import AudTesting
import SegmentAudiences
import Synchronization
import Testing

@testable import AudRuntime

@Suite(.timeLimit(.minutes(5)))
struct SharedLedgerSimulationTests {
    /// The work that is left, shared by all processes.
    private final class Work: Sendable {
        private let left: Mutex<Int>

        init(_ count: Int) { left = Mutex(count) }

        func take() -> Bool {
            left.withLock { left in
                guard left > 0 else { return false }
                left -= 1
                return true
            }
        }

        func putBack() { left.withLock { $0 += 1 } }
    }

    private static let calls = 40

    @Test(
        "Processes over one file: none rejected, and no slower than the limit asks for",
        arguments: RateServer.Limiter.allCases, [1, 3, 10])
    func sideBySide(limiter: RateServer.Limiter, limit: Int) async throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            let (server, duration, slowest) = try await run(limiter, limit, seed: seed)
            #expect(server.rejected == 0, "seed \(seed)")
            #expect(server.accepted.count == Self.calls, "seed \(seed)")
            #expect(duration <= rounds(Self.calls, limit) * (60 + 2 * slowest) + slowest * 4, "seed \(seed)")
        }
    }

    @Test(
        "A process that dies between reserving and closing costs its slot until it expires, and nothing else",
        arguments: RateServer.Limiter.allCases, [1, 3, 10])
    func crashes(limiter: RateServer.Limiter, limit: Int) async throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            let (server, duration, slowest) = try await run(limiter, limit, seed: seed, crashes: 1)
            #expect(server.rejected == 0, "seed \(seed)")
            #expect(server.accepted.count == Self.calls, "seed \(seed)")
            #expect(duration <= rounds(Self.calls, limit) * (60 + 2 * slowest) + slowest * 4 + 125, "seed \(seed)")
        }
    }

    @Test(
        "After the machine was started again a full window is waited",
        arguments: RateServer.Limiter.allCases, [1, 3, 10])
    func restarts(limiter: RateServer.Limiter, limit: Int) async throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            let (server, duration, slowest) = try await run(limiter, limit, seed: seed, restarts: true)
            #expect(server.rejected == 0, "seed \(seed)")
            // What was under way when the machine stopped is nobody's any more.
            #expect(server.accepted.count >= Self.calls - 8, "seed \(seed)")
            // The window that was cut off, the time without power, and the window that is waited after it.
            let pause = 60.0 + 30 + 125
            #expect(
                duration <= rounds(Self.calls, limit) * (60 + 2 * slowest) + slowest * 4 + pause, "seed \(seed)")
        }
    }

    @Test("Without a shared ledger the same processes are rejected: the simulation can fail")
    func uncoordinated() async throws {
        let (server, _, _) = try await run(.slidingLog, 10, seed: 1, sharing: false)
        #expect(server.rejected > 0)
    }

    /// How many windows the calls need beside the first.
    private func rounds(_ calls: Int, _ limit: Int) -> Double {
        Double((calls + limit - 1) / limit - 1)
    }

    private func run(
        _ limiter: RateServer.Limiter, _ limit: Int, seed: UInt64, crashes: Int = 0, restarts: Bool = false,
        sharing: Bool = true
    ) async throws -> (RateServer, duration: Double, slowest: Double) {
        var random = SeededRandom(seed: seed)
        // What a clock can show: just started, a day, where 32-bit milliseconds end, ten years.
        let start: Duration = [.nanoseconds(1), .seconds(86_400), .milliseconds(4_294_967_290), .seconds(315_360_000)][
            Int(seed % 4)]
        let slowest = [0.01, 0.3, 2.0][Int(seed % 3)]
        let clock = VirtualClock(start: start)
        let server = RateServer(clock, limiter: limiter, limit: limit, slowest: slowest, seed: seed)
        let work = Work(Self.calls)
        let limits = LimitSet([.update: Limit(count: limit)])
        let processes = 2 + Int(seed % 3)
        try await LedgerFile.with { file in
            func ledgers(_ boot: String, _ time: BootTime, crashes: Int) -> [MortalLedger] {
                (0..<processes).map { number in
                    let life = number < crashes ? Int.random(in: 1...3, using: &random) : .max
                    let account = sharing ? "host token" : "host \(number)"
                    return MortalLedger(
                        file.ledger(limits, time, process: Int32(number), boot: boot, account: account), life: life)
                }
            }
            let first = ledgers("first", BootTime(clock: clock, zero: .zero), crashes: crashes)
            let death = restarts ? Double.random(in: 1...90, using: &random) : nil
            let downtime = Double.random(in: 0...30, using: &random)
            let uptime = Double.random(in: 0...20, using: &random)
            let starts = (0..<processes).map { _ in Double.random(in: 0...slowest, using: &random) }
            try await clock.run {
                await perform(through: first, BootTime(clock: clock, zero: .zero), server, work, starts, until: death)
                guard restarts else { return }
                try await clock.sleep(for: .seconds(downtime + uptime))
                let time = BootTime(clock: clock, zero: clock.elapsed - .seconds(uptime))
                await perform(
                    through: ledgers("second", time, crashes: 0), time, server, work, starts, until: nil)
            }
        }
        return (server, (server.accepted.last ?? start) / .seconds(1) - start / .seconds(1), slowest)
    }

    /// Lets each process work with two tasks; at `death` seconds all are gone at once.
    private func perform(
        through ledgers: [MortalLedger], _ time: BootTime, _ server: RateServer, _ work: Work, _ starts: [Double],
        until death: Double?
    ) async {
        let clock = time.clock
        await withTaskGroup(of: Void.self) { group in
            if let death {
                group.addTask {
                    try? await clock.sleep(for: .seconds(death))
                    for ledger in ledgers { ledger.die() }
                }
            }
            group.addTask {
                await withTaskGroup(of: Void.self) { processes in
                    for (ledger, start) in zip(ledgers, starts) {
                        processes.addTask { await self.process(ledger, time, server, work, start: start) }
                    }
                }
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// A process with two tasks.
    private func process(
        _ ledger: MortalLedger, _ time: BootTime, _ server: RateServer, _ work: Work, start: Double
    ) async {
        guard let token = APIToken("token") else { return }
        let client = AudienceService(
            configuration: ServiceConfiguration(token: token), transport: server, ledger: ledger, time: time
        ).writing
        try? await time.clock.sleep(for: .seconds(start))
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<2 { tasks.addTask { while await Self.change(client, work) {} } }
        }
    }

    /// One call; false when there is nothing left to do or the process is dead.
    private static func change(_ client: WritingClient, _ work: Work) async -> Bool {
        guard work.take() else { return false }
        do {
            _ = try await client.setEnabled(false, id: "a", in: "s")
            return true
        } catch {
            if error.kind == .ledger { work.putBack() }
            return false
        }
    }
}
