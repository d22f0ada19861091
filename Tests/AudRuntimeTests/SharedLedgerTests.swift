// The ledger in the state database: what processes know of each other's calls, and what outlives them.

import AudTesting
import GRDB
import HTTPTypes
import SegmentAudiences
import Testing

@testable import AudRuntime

struct SharedLedgerTests {
    private let clock = VirtualClock()

    private func updates(_ count: Int, per window: Duration = .seconds(60)) -> LimitSet {
        LimitSet([.update: Limit(count: count, window: window)])
    }

    private func headers(consumed: Int, remaining: Int, reset: String? = nil) -> RateHeaders {
        var fields: HTTPFields = [:]
        let figures = [("Consumed", "\(consumed)"), ("Remaining", "\(remaining)"), ("Reset", reset ?? "60")]
        for (name, figure) in figures {
            if let name = HTTPField.Name("X-RateLimit-\(name)") { fields[name] = figure }
        }
        return RateHeaders(fields, now: clock.wallNow())
    }

    private func rows(_ file: LedgerFile) throws -> Int {
        let queue = try DatabaseQueue(path: file.path)
        return try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM ledger_call") ?? 0 }
    }

    // MARK: The rule

    @Test func `two processes take the slots of one limit, and a slot is free a window after its answer`() async throws
    {
        try await LedgerFile.with { file in
            let (one, other) = (file.ledger(updates(2), clock), file.ledger(updates(2), clock, process: 2))
            try await clock.run {
                let first = try await one.take()
                let second = try await other.take()
                try await clock.sleep(for: .seconds(3))
                await one.close(first, .answered)
                try await clock.sleep(for: .seconds(4))
                await other.close(second, .answered)
                let free = clock.now().advanced(by: .seconds(56))
                #expect(try await one.reserve(.update) == .notBefore(free))
                #expect(try await other.reserve(.update) == .notBefore(free))
                try await clock.sleep(for: .seconds(56))
                _ = try await other.take()
                #expect(try await one.reserve(.update) == .notBefore(clock.now().advanced(by: .seconds(4))))
            }
        }
    }

    @Test func `a process is told to ask again when an answer to another one may have freed its slot`() async throws {
        try await LedgerFile.with { file in
            let (one, other) = (file.ledger(updates(1), clock), file.ledger(updates(1), clock, process: 2))
            try await clock.run {
                let call = try await one.take()
                // The answer may come at once; 125 s is only when it must have come.
                #expect(try await other.reserve(.update) == .notBefore(clock.now().advanced(by: .seconds(60))))
                #expect(try await other.nextFree(.update) == clock.now().advanced(by: .seconds(125)))
                try await clock.sleep(for: .seconds(2))
                await one.close(call, .answered)
                try await clock.sleep(for: .seconds(58))
                #expect(try await other.reserve(.update) == .notBefore(clock.now().advanced(by: .seconds(2))))
            }
        }
    }

    @Test func `a row without an answer counts for 60 s, a margin and the window; then it is gone`() async throws {
        try await LedgerFile.with { file in
            // This process is never heard of again.
            _ = try await file.ledger(updates(1), clock).take()
            let other = file.ledger(updates(1), clock, process: 2)
            try await clock.run {
                try await clock.sleep(for: .seconds(124))
                #expect(try await other.reserve(.update) == .notBefore(clock.now().advanced(by: .seconds(1))))
                try await clock.sleep(for: .seconds(1))
                _ = try await other.take()
            }
            #expect(try rows(file) == 1)
        }
    }

    @Test func `a call that never left does not count, one that timed out counts a little longer`() async throws {
        try await LedgerFile.with { file in
            let ledger = file.ledger(updates(1), clock)
            await ledger.close(try await ledger.take(), .notSent)
            await ledger.close(try await ledger.take(), .timedOut)
            #expect(try await ledger.nextFree(.update) == clock.now().advanced(by: .seconds(65)))
        }
    }

    @Test func `other hosts and other tokens have limits of their own`() async throws {
        try await LedgerFile.with { file in
            _ = try await file.ledger(updates(1), clock, account: "host a").take()
            _ = try await file.ledger(updates(1), clock, account: "host b").take()
            _ = try await file.ledger(updates(1), clock, account: "other a").take()
        }
    }

    @Test func `a row counts for each process by the window that it was told, and is kept for the longest`()
        async throws
    {
        try await LedgerFile.with { file in
            let short = file.ledger(updates(1, per: .seconds(2)), clock)
            let long = file.ledger(updates(1), clock, process: 2)
            try await clock.run {
                for _ in 0..<3 {
                    await short.close(try await short.take(), .answered)
                    try await clock.sleep(for: .seconds(2))
                }
                #expect(try await long.reserve(.update) == .notBefore(clock.now().advanced(by: .seconds(58))))
                try await clock.sleep(for: .seconds(60))
                _ = try await short.take()
            }
            #expect(try rows(file) == 1)
        }
    }

    @Test func `a slot is granted once, whoever asks at the same time`() async throws {
        try await LedgerFile.with { file in
            let granted = try await withThrowingTaskGroup(of: Int.self) { group in
                for process in 0..<4 as Range<Int32> {
                    group.addTask {
                        let ledger = file.ledger(updates(50), clock, process: process)
                        var count = 0
                        while case .granted = try await ledger.reserve(.update) { count += 1 }
                        return count
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(granted == 50)
        }
    }

    @Test func `a bucket without a limit costs no row, and a 429 holds it back in every process`() async throws {
        try await LedgerFile.with { file in
            let (one, other) = (file.ledger(.unlimited, clock), file.ledger(.unlimited, clock, process: 2))
            for _ in 0..<100 { await one.close(try await one.take(), .answered) }
            #expect(try rows(file) == 0)
            let until = clock.now().advanced(by: .seconds(9))
            await one.block(.update, until: until)
            #expect(try await other.reserve(.update) == .notBefore(until))
        }
    }

    @Test func `slots that are kept for the shell are left by runs alone`() async throws {
        try await LedgerFile.with { file in
            let run = file.ledger(updates(3), clock, kept: 1)
            let shell = file.ledger(updates(3), clock, process: 2)
            _ = try await run.take()
            _ = try await run.take()
            await #expect(throws: Refused.self) { try await run.take() }
            #expect(try await run.snapshot().first?.limit?.count == 2)
            #expect(try await shell.snapshot().first?.limit?.count == 3)
            _ = try await shell.take()
            await #expect(throws: Refused.self) { try await shell.take() }
            // A limit of 1 is not kept from a run: it would never end.
            _ = try await file.ledger(updates(1), clock, kept: 5, account: "host other").take()
        }
    }

    // MARK: Corrections

    @Test func `a lower limit that headers show holds for every process, and for the next one, with its time`()
        async throws
    {
        try await LedgerFile.with { file in
            let one = file.ledger(updates(10), clock)
            let call = try await one.take()
            await one.close(call, .answered)
            await one.observe(headers(consumed: 1, remaining: 3), of: call)
            let status = try #require(try await file.ledger(updates(10), clock, process: 2).snapshot().first)
            #expect(status.limit == Limit(count: 4, provenance: .observed))
            #expect(status.observedAt == clock.wallNow())
            #expect(status.proposed == nil)
            // Back up to what is configured, but not further.
            await one.observe(headers(consumed: 1, remaining: 49), of: call)
            let raised = try #require(try await file.ledger(updates(10), clock, process: 3).snapshot().first)
            #expect(raised.limit == Limit(count: 10, provenance: .profile))
            #expect(raised.proposed == Limit(count: 50, provenance: .observed))
            let configured = try #require(try await file.ledger(updates(50), clock, process: 4).snapshot().first)
            #expect(configured.limit?.count == 50)
            #expect(configured.proposed == nil)
        }
    }

    @Test func `calls of others that headers show count for every process; those of our own processes do not twice`()
        async throws
    {
        try await LedgerFile.with { file in
            let (one, other) = (file.ledger(updates(10), clock), file.ledger(updates(10), clock, process: 2))
            let first = try await one.take()
            let second = try await other.take()
            await one.close(first, .answered)
            await other.close(second, .answered)
            await one.observe(headers(consumed: 1, remaining: 9), of: first)
            await other.observe(headers(consumed: 2, remaining: 8), of: second)
            #expect(try await one.snapshot().first?.used == 2)
            await one.observe(headers(consumed: 10, remaining: 0, reset: "25"), of: first)
            let status = try #require(try await other.snapshot().first)
            #expect(status.used == 10)
            #expect(status.nextFree == clock.now().advanced(by: .seconds(25)))
            #expect(status.holders.contains(CallHolder(process: nil, purpose: nil, calls: 8, inFlight: 0)))
        }
    }

    @Test func `a 429 moves the whole bucket of every process`() async throws {
        try await LedgerFile.with { file in
            let until = clock.now().advanced(by: .seconds(57))
            await file.ledger(updates(10), clock).block(.update, until: until)
            let other = file.ledger(updates(10), clock, process: 2)
            await other.block(.update, until: clock.now().advanced(by: .seconds(5)))
            let third = file.ledger(updates(10), clock, process: 3)
            let status = try await third.snapshot().first
            #expect(status?.blockedUntil == until)
            #expect(try await third.reserve(.update) == .notBefore(until))
        }
    }

    // MARK: Display and the bill

    @Test func `the snapshot says which process holds what`() async throws {
        try await LedgerFile.with { file in
            let shell = file.ledger(.seed, clock, process: 7, purpose: "shell")
            let run = file.ledger(.seed, clock, process: 8, purpose: "apply run 12")
            await shell.close(try await shell.take(), .answered)
            for _ in 0..<2 { _ = try await run.take() }
            let buckets = try await file.ledger(.seed, clock, process: 9).snapshot()
            #expect(buckets.map(\.bucket) == [.get, .list, .remove, .update])
            let status = try #require(buckets.last)
            #expect(status.used == 3)
            #expect(status.inFlight == 2)
            #expect(
                status.holders == [
                    CallHolder(process: 8, purpose: "apply run 12", calls: 2, inFlight: 2),
                    CallHolder(process: 7, purpose: "shell", calls: 1, inFlight: 0),
                ])
        }
    }

    @Test func `the bill counts the calls of all processes`() async throws {
        try await LedgerFile.with { file in
            let one = file.ledger(updates(10), clock)
            for _ in 0..<4 { await one.close(try await one.take(), .answered) }
            let other = file.ledger(updates(10), clock, process: 2)
            let bill = try await Plan.sample(updates: 17).bill(ledger: other, now: clock.wallNow())
            #expect(bill.duration == .seconds(120))
            #expect(try await other.estimate(.update, calls: 6) == .zero)
        }
    }

    // MARK: The boot

    @Test func `after the machine was started again the whole limit counts as used, whatever rows were lost`()
        async throws
    {
        try await LedgerFile.with { file in
            await file.ledger(.seed, BootTime(clock: clock, zero: .zero)).block(
                .update, until: .init(nanoseconds: .max))
            let time = BootTime(clock: clock, zero: clock.elapsed)
            let second = file.ledger(.seed, time, boot: "second")
            #expect(try await second.reserve(.remove) == .notBefore(BootInstant(sinceBoot: .seconds(60))))
            let status = try #require(try await second.snapshot().last)
            #expect(status.used == 10)
            #expect(status.nextFree == BootInstant(sinceBoot: .seconds(125)))
            #expect(status.holders.map(\.purpose) == ["before the machine was started"])
            try await clock.run {
                try await clock.sleep(for: .seconds(125))
                for _ in 0..<10 { _ = try await second.take() }
                // A process that comes later in the same boot waits for nothing but these.
                let third = file.ledger(.seed, time, process: 3, boot: "second")
                #expect(try await third.snapshot().last?.used == 10)
                #expect(try await third.snapshot().first?.used == 0)
            }
        }
    }

    @Test func `a first use waits for nothing, and no two starts are taken for one`() async throws {
        try await LedgerFile.with { file in
            _ = try await file.ledger(updates(1), BootTime(clock: clock, zero: clock.elapsed)).take()
            let error = await #expect(throws: APIError.self) {
                try await file.ledger(updates(1), clock, boot: nil).reserve(.update)
            }
            #expect(error?.kind == .ledger)
            let boot = try #require(BootSession.current)
            #expect(boot.utf8.count >= 32)
        }
    }

    // MARK: Trouble

    @Test func `what cannot be noted is not sent, and the message says what to do`() async throws {
        try await LedgerFile.with { file in
            let database = StateDatabase(path: file.folder)
            let ledger = SharedLedger(
                database, account: "a", limits: .seed, owner: .init(process: 1, purpose: "x"), boot: "b", time: clock)
            for bucket in [Bucket.update, Bucket(rawValue: "unlimited")] {
                let error = await #expect(throws: APIError.self) { try await ledger.reserve(bucket) }
                #expect(error?.kind == .ledger)
                #expect(error?.message.hasPrefix("a call was not sent") == true)
                #expect(error?.message.contains("--state FILE") == true)
            }
            await #expect(throws: APIError.self) { try await ledger.snapshot() }
            await #expect(throws: APIError.self) { try await ledger.estimate(.update, calls: 3) }
        }
    }

    @Test func `a full disk stops before the call`() async throws {
        try await LedgerFile.with { file in
            let state = StateDatabase(path: file.path)
            let ledger = SharedLedger(
                state, account: "a", limits: LimitSet([.update: Limit(count: 1_000_000)]),
                owner: .init(process: 1, purpose: "x"), boot: "b", time: clock)
            _ = try await ledger.reserve(.update)
            try state.write { try $0.execute(sql: "PRAGMA max_page_count = 1") }
            let error = await #expect(throws: APIError.self) {
                for _ in 0..<2000 { _ = try await ledger.reserve(.update) }
            }
            #expect(error?.message.contains("no room on the disk") == true)
        }
    }

    @Test func `a 429 is kept to by the process that saw it even when it cannot be written down`() async throws {
        try await LedgerFile.with { file in
            let state = StateDatabase(path: file.path)
            let ledger = SharedLedger(
                state, account: "a", limits: .seed, owner: .init(process: 1, purpose: "x"), boot: "b", time: clock)
            _ = try await ledger.take()
            try state.write { database in
                try database.execute(
                    sql: """
                        CREATE TRIGGER full BEFORE INSERT ON ledger_bucket BEGIN SELECT RAISE(ABORT, 'full'); END
                        """)
            }
            let until = clock.now().advanced(by: .seconds(30))
            await ledger.block(.update, until: until)
            let other = file.ledger(.seed, clock, process: 2, boot: "b", account: "a")
            _ = try await other.take()
            #expect(try await ledger.reserve(.update) == .notBefore(until))
        }
    }

    // MARK: The file

    @Test func `a file of version 1 keeps its history and gets a ledger`() async throws {
        try await LedgerFile.with { file in
            let queue = try DatabaseQueue(path: file.path)
            try await queue.write { database in
                try database.execute(
                    sql: """
                        CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, profile TEXT NOT NULL,
                        mode TEXT NOT NULL, text TEXT NOT NULL, time INTEGER NOT NULL, duration INTEGER, outcome TEXT);
                        CREATE INDEX history_by_profile ON history (profile, id);
                        INSERT INTO history (profile, mode, text, time) VALUES ('p', 'live', 'list()', 5);
                        PRAGMA user_version = 1;
                        """)
            }
            try queue.close()
            _ = try await file.ledger(updates(1), clock).take()
            #expect(try StateDatabase(path: file.path).history(profile: "p").map(\.text) == ["list()"])
            #expect(try rows(file) == 1)
        }
    }

    @Test func `the file holds no token`() async throws {
        let token = try #require(APIToken("sgp_a_secret_of_more_than_16_characters"))
        try await LedgerFile.with { file in
            let state = StateDatabase(path: file.path)
            let ledger = SharedLedger(state, host: "127.0.0.1:9", token: token, limits: .seed, purpose: "x")
            _ = try await ledger.reserve(.update)
            let accounts = try state.read { try String.fetchAll($0, sql: "SELECT account FROM ledger_account") }
            #expect(accounts == ["127.0.0.1:9 \(token.fingerprint)"])
            #expect(accounts.allSatisfy { !$0.contains("secret") })
        }
    }
}

/// A slot was not granted.
struct Refused: Error {}

extension RateLedger {
    /// Reserves an update that must be granted.
    fileprivate func take() async throws -> Reservation {
        guard case .granted(let reservation) = try await reserve(.update) else { throw Refused() }
        return reservation
    }
}
