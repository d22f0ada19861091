// The ledger of all processes of the machine that use the same host and token. Invariants: a row is in the database
// before its call is sent, and no process removes it before it has stopped counting for all; one transaction asks the
// rule and takes the slot, so no two processes take the same one; the rule itself is `BucketState`, as in the ledger of
// one process. What cannot be written down is not sent.
//
// A process that dies leaves its rows: they count until they expire, as calls without an answer. A machine that dies may
// lose rows, as ledger writes wait for no disk: so what was sent under an earlier boot counts as the whole limit, seen by
// the server as late after the boot as the last packet of a dead machine can arrive.

internal import GRDB
public import SegmentAudiences
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A rate ledger in the state database. Every method blocks its thread for the transaction, which is well under a
/// millisecond unless other processes write too, and never more than 5 s.
public final class SharedLedger: RateLedger {
    /// Who reserves, for the display of the limits.
    struct Owner: Sendable {
        var process: Int32
        var purpose: String
    }

    private let database: StateDatabase
    private let account: String
    private let limits: LimitSet
    private let kept: Int
    private let owner: Owner
    private let boot: String?
    private let time: any TimeSource
    private let state = Mutex(Local())

    /// What this process knows by itself.
    private struct Local {
        /// Whether the account was used under an earlier boot; nil before the first use.
        var restarted: Bool?
        /// The waits that a 429 imposed, kept here too in case that they could not be written down.
        var blocks: [Bucket: BootInstant] = [:]
    }

    /// Names a ledger; nothing is opened before the first use.
    /// - Parameters:
    ///   - host: the server, with its port if it has one of its own.
    ///   - token: of which only the fingerprint is kept.
    ///   - limits: what this process keeps to. A bucket without a limit costs no row.
    ///   - kept: how many calls of each limit are left to other processes; one is always taken.
    ///   - purpose: what the process does, shown to people: `shell`, the name of a script.
    public convenience init(
        _ database: StateDatabase, host: String, token: APIToken, limits: LimitSet, kept: Int = 0, purpose: String
    ) {
        self.init(
            database, account: "\(host) \(token.fingerprint)", limits: limits, kept: kept,
            owner: Owner(process: getpid(), purpose: purpose), boot: BootSession.current, time: SystemTime()
        )
    }

    init(
        _ database: StateDatabase, account: String, limits: LimitSet, kept: Int = 0, owner: Owner, boot: String?,
        time: any TimeSource
    ) {
        self.database = database
        self.account = account
        self.limits = limits
        self.kept = kept
        self.owner = owner
        self.boot = boot
        self.time = time
    }

    public func reserve(_ bucket: Bucket) async throws(APIError) -> ReservationAnswer {
        guard let limit = limits[bucket] else {
            // No row; a 429 of any process holds the bucket back all the same.
            let (free, now) = try read { (table) in
                (try table.state(of: bucket).window.nextFree(at: table.now), table.now)
            }
            return free <= now ? .granted(Reservation(id: 0, bucket: bucket)) : .notBefore(free)
        }
        return try write { table in
            let state = try table.state(of: bucket)
            let free = state.window.nextFree(at: table.now)
            // An answer that comes this instant to another process frees its slot a window from now. Nobody will tell,
            // so that is when to ask again, if not before.
            guard free <= table.now else { return .notBefore(min(free, table.now.advanced(by: limit.window))) }
            let reservation = try table.reserve(bucket, liveThen: state.window.calls.count + 1)
            try table.prune(bucket, window: limit.window)
            return .granted(reservation)
        }
    }

    public func close(_ reservation: Reservation, _ outcome: CallOutcome) async {
        guard reservation.id != 0 else { return }
        let seenBy = BucketState.seenBy(outcome, at: time.now())
        // A row that cannot be closed counts as a call without an answer, which is longer and never too short.
        try? write { try $0.close(reservation.id, seenBy: seenBy) }
    }

    public func observe(_ headers: RateHeaders, of reservation: Reservation) async {
        guard reservation.id != 0 else { return }
        let wallNow = time.wallNow()
        // Most answers show nothing that is not known: these cost no write. What cannot be written down now, the next
        // answer shows again.
        guard let isNews = try? read({ !(try $0.corrections(headers, of: reservation, at: wallNow).isEmpty) }), isNews
        else { return }
        try? write { table in
            try table.apply(try table.corrections(headers, of: reservation, at: wallNow), to: reservation.bucket)
        }
    }

    public func block(_ bucket: Bucket, until moment: BootInstant) async {
        state.withLock { $0.blocks[bucket] = max($0.blocks[bucket] ?? moment, moment) }
        try? write { try $0.block(bucket, until: moment) }
    }

    public func nextFree(_ bucket: Bucket) async throws(APIError) -> BootInstant {
        try read { try $0.state(of: bucket).window.nextFree(at: $0.now) }
    }

    public func estimate(_ bucket: Bucket, calls: Int) async throws(APIError) -> Duration {
        try read { try $0.state(of: bucket).window.estimate(calls, at: $0.now) }
    }

    public func snapshot() async throws(APIError) -> [BucketStatus] {
        try read { table in
            try Set(limits.buckets + table.buckets()).sorted().map { bucket in
                try table.state(of: bucket).status(of: bucket, at: table.now, holders: table.holders(of: bucket))
            }
        }
    }

    // MARK: The database

    private func read<Answer: Sendable>(
        _ body: @Sendable (LedgerTable) throws -> Answer
    ) throws(APIError) -> Answer {
        do throws(StateError) {
            let restarted = try register()
            return try database.read { try body(self.table($0, restarted)) }
        } catch {
            throw APIError(error)
        }
    }

    private func write<Answer: Sendable>(
        _ body: @Sendable (LedgerTable) throws -> Answer
    ) throws(APIError) -> Answer {
        do throws(StateError) {
            let restarted = try register()
            return try database.writeUnsynced { try body(self.table($0, restarted)) }
        } catch {
            throw APIError(error)
        }
    }

    /// The rows as this process sees them. It has the time of now, when the lock is held, and not of when it was asked
    /// for: a call is sent after its row, however long that took.
    private func table(_ database: Database, _ restarted: Bool) -> LedgerTable {
        LedgerTable(
            database: database, account: account, limits: limits, kept: kept, owner: owner, restarted: restarted,
            blocks: state.withLock { $0.blocks }, now: time.now()
        )
    }

    /// Notes, safe from a power failure, that the account is used under this boot. Answers whether it was under another.
    private func register() throws(StateError) -> Bool {
        if let restarted = state.withLock({ $0.restarted }) { return restarted }
        guard let boot else {
            throw StateError(
                "this system does not tell one start of the machine from another, so calls before it cannot be counted",
                help: "make /proc/sys/kernel/random/boot_id readable"
            )
        }
        var known = try database.read { [account] in try LedgerTable.registration(of: account, boot, $0) }
        if known == nil { known = try database.write { [account] in try LedgerTable.register(account, boot, $0) } }
        let restarted = known ?? false
        state.withLock { $0.restarted = restarted }
        return restarted
    }
}

extension APIError {
    fileprivate init(_ error: StateError) {
        let help = error.help.map { "; \($0)" } ?? ""
        self.init(
            .ledger,
            "a call was not sent, because each is counted in the state file first: \(error.message)\(help)"
        )
    }
}
