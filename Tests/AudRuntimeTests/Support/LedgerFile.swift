// A state file of one test's own, and ledgers over it as processes of a machine have them.

import AudTesting
import SegmentAudiences
import Synchronization

@testable import AudRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

struct LedgerFile {
    let folder: String
    var path: String { folder + "/state.sqlite" }

    static func with<Answer>(_ body: (LedgerFile) async throws -> Answer) async throws -> Answer {
        let folder = FileManager.default.temporaryDirectory.path + "/aud-ledger-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(LedgerFile(folder: folder))
    }

    /// A ledger with a connection of its own, as another process has.
    func ledger(
        _ limits: LimitSet, _ time: any TimeSource, process: Int32 = 1, purpose: String = "test", kept: Int = 0,
        boot: String? = "boot", account: String = "host token"
    ) -> SharedLedger {
        SharedLedger(
            StateDatabase(path: path), account: account, limits: limits, kept: kept,
            owner: SharedLedger.Owner(process: process, purpose: purpose), boot: boot, time: time
        )
    }
}

/// The clock of a boot that began at another moment than the virtual clock.
struct BootTime: TimeSource {
    let clock: VirtualClock
    /// What the virtual clock showed when this boot's clock showed zero.
    var zero: Duration

    func now() -> BootInstant { BootInstant(sinceBoot: clock.elapsed - zero) }
    func wallNow() -> Timestamp { clock.wallNow() }

    func sleep(until deadline: BootInstant) async throws(CancellationError) {
        try await clock.sleep(until: .nanoseconds(deadline.nanoseconds) + zero)
    }
}

/// A process's ledger until the process dies: a dead process notes nothing.
final class MortalLedger: RateLedger {
    private let ledger: SharedLedger
    /// How many calls are reserved before it dies: the last one is sent, and never closed.
    private let life: Mutex<Int>

    init(_ ledger: SharedLedger, life: Int = .max) {
        self.ledger = ledger
        self.life = Mutex(life)
    }

    func die() { life.withLock { $0 = 0 } }

    private var isAlive: Bool { life.withLock { $0 > 0 } }

    func reserve(_ bucket: Bucket) async throws(APIError) -> ReservationAnswer {
        guard isAlive else { throw APIError(.ledger, "dead") }
        let answer = try await ledger.reserve(bucket)
        if case .granted = answer { life.withLock { $0 -= 1 } }
        return answer
    }

    func close(_ reservation: Reservation, _ outcome: CallOutcome) async {
        if isAlive { await ledger.close(reservation, outcome) }
    }

    func observe(_ headers: RateHeaders, of reservation: Reservation) async {
        if isAlive { await ledger.observe(headers, of: reservation) }
    }

    func block(_ bucket: Bucket, until moment: BootInstant) async {
        if isAlive { await ledger.block(bucket, until: moment) }
    }

    func nextFree(_ bucket: Bucket) async throws(APIError) -> BootInstant { try await ledger.nextFree(bucket) }

    func estimate(_ bucket: Bucket, calls: Int) async throws(APIError) -> Duration {
        try await ledger.estimate(bucket, calls: calls)
    }

    func snapshot() async throws(APIError) -> [BucketStatus] { try await ledger.snapshot() }
}
