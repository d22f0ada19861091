// The rows of the rate ledger, within one transaction. Invariant: a row is deleted only when it counts for no process,
// whichever window each was told: after its own window, and after the documented minute.

internal import GRDB
internal import SegmentAudiences

struct LedgerTable {
    /// The shortest time for which a row is kept.
    private static let shortestWindow: Duration = .seconds(60)
    /// A call of an earlier boot that the machine sent as it died is seen no later than this.
    private static let lastOfEarlierBoot = BucketState.assumedAnswer(sent: BootInstant(nanoseconds: 0))

    let database: Database
    let account: String
    let limits: LimitSet
    let kept: Int
    let owner: SharedLedger.Owner
    let restarted: Bool
    let blocks: [Bucket: BootInstant]
    let now: BootInstant

    /// What a bucket's rows say now.
    func state(of bucket: Bucket) throws -> BucketState {
        var state = try stateWithExpired(bucket)
        state.window.expire(at: now)
        return state
    }

    private func stateWithExpired(_ bucket: Bucket) throws -> BucketState {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT blocked_until, observed, observed_at FROM ledger_bucket WHERE account = ? AND bucket = ?"),
            arguments: [account, bucket.rawValue]
        )
        let limit = limits[bucket]
        var observed: BucketState.Observation?
        if let count: Int = row?["observed"], let moment: Int64 = row?["observed_at"] {
            observed = BucketState.Observation(count: count, at: Timestamp(microseconds: moment))
        }
        let blockedUntil: Int64? = row?["blocked_until"]
        var state = BucketState(
            configured: limit, kept: kept, observed: observed,
            blockedUntil: blockedUntil.map { BootInstant(nanoseconds: $0) },
            calls: limit == nil ? [] : try callsOfEarlierBoot(limit) + calls(of: bucket)
        )
        if let block = blocks[bucket] { state.window.block(until: block) }
        return state
    }

    /// What was sent before the machine was started again: nobody knows, so as much as the limit allows.
    private func callsOfEarlierBoot(_ limit: Limit?) -> [CallWindow.Call] {
        guard restarted, let limit else { return [] }
        let call = CallWindow.Call(id: 0, seenBy: Self.lastOfEarlierBoot, isAnswered: true, liveThen: 0)
        return Array(repeating: call, count: limit.count)
    }

    private func calls(of bucket: Bucket) throws -> [CallWindow.Call] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT id, seen_by, answered, live_then FROM ledger_call WHERE account = ? AND bucket = ?"),
            arguments: [account, bucket.rawValue]
        )
        return try Array(
            rows.map { row in
                let id: Int64 = row[0]
                return CallWindow.Call(
                    id: UInt64(clamping: id), seenBy: BootInstant(nanoseconds: row[1]), isAnswered: row[2],
                    liveThen: row[3]
                )
            })
    }

    /// Adds a call of this process that is sent now.
    func reserve(_ bucket: Bucket, liveThen: Int) throws -> Reservation {
        try insert(bucket, BucketState.assumedAnswer(sent: now), isAnswered: false, liveThen: liveThen, owner)
        return Reservation(id: UInt64(clamping: database.lastInsertedRowID), bucket: bucket)
    }

    private func insert(
        _ bucket: Bucket, _ seenBy: BootInstant, isAnswered: Bool, liveThen: Int, _ owner: SharedLedger.Owner?
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO ledger_call (account, bucket, seen_by, answered, live_then, process, purpose)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            account, bucket.rawValue, seenBy.nanoseconds, isAnswered, liveThen, owner?.process, owner?.purpose,
        ])
    }

    /// Notes that the server saw a call by this moment; nil: it never did.
    func close(_ id: UInt64, seenBy: BootInstant?) throws {
        let id = Int64(clamping: id)
        if let seenBy {
            try database.cachedStatement(sql: "UPDATE ledger_call SET seen_by = ?, answered = 1 WHERE id = ?")
                .execute(arguments: [seenBy.nanoseconds, id])
        } else {
            try database.cachedStatement(sql: "DELETE FROM ledger_call WHERE id = ?").execute(arguments: [id])
        }
    }

    /// Deletes rows that count for nobody.
    func prune(_ bucket: Bucket, window: Duration) throws {
        let horizon = now.advanced(by: .zero - max(window, Self.shortestWindow))
        try database.cachedStatement(sql: "DELETE FROM ledger_call WHERE account = ? AND bucket = ? AND seen_by <= ?")
            .execute(arguments: [account, bucket.rawValue, horizon.nanoseconds])
    }

    func block(_ bucket: Bucket, until moment: BootInstant) throws {
        try database.execute(
            sql: """
                INSERT INTO ledger_bucket (account, bucket, blocked_until) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET
                blocked_until = max(ifnull(blocked_until, excluded.blocked_until), excluded.blocked_until)
                """,
            arguments: [account, bucket.rawValue, moment.nanoseconds]
        )
    }

    // MARK: What headers show

    /// What an answer's headers show that the rows do not.
    struct Corrections {
        var observed: BucketState.Observation?
        var foreign: (count: Int, seenBy: BootInstant)?

        var isEmpty: Bool { observed == nil && foreign == nil }
    }

    func corrections(_ headers: RateHeaders, of reservation: Reservation, at moment: Timestamp) throws -> Corrections {
        var state = try stateWithExpired(reservation.bucket)
        let ours = state.window.mostCounted(with: reservation.id)
        state.window.expire(at: now)
        let news = state.news(in: headers, at: moment)
        if let news { state.note(news) }
        return Corrections(
            observed: news, foreign: ours.flatMap { state.foreignCalls(in: headers, ours: $0, at: now) }
        )
    }

    func apply(_ corrections: Corrections, to bucket: Bucket) throws {
        if let observed = corrections.observed {
            try database.execute(
                sql: """
                    INSERT INTO ledger_bucket (account, bucket, observed, observed_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET observed = excluded.observed, observed_at = excluded.observed_at
                    """,
                arguments: [account, bucket.rawValue, observed.count, observed.at.microseconds]
            )
        }
        guard let foreign = corrections.foreign else { return }
        let live = try state(of: bucket).window.calls.count
        for place in 1...foreign.count {
            try insert(bucket, foreign.seenBy, isAnswered: true, liveThen: live + place, nil)
        }
    }

    // MARK: Display

    /// The buckets that have rows.
    func buckets() throws -> [Bucket] {
        try String.fetchAll(
            database,
            sql: """
                SELECT bucket FROM ledger_call WHERE account = ? UNION SELECT bucket FROM ledger_bucket WHERE account = ?
                """,
            arguments: [account, account]
        ).map { Bucket(rawValue: $0) }
    }

    /// Whose calls count, those with the most first.
    func holders(of bucket: Bucket) throws -> [CallHolder] {
        guard let limit = limits[bucket] else { return [] }
        var holders = try Row.fetchAll(
            database,
            sql: """
                SELECT process, purpose, count(*) AS calls, sum(NOT answered) AS open FROM ledger_call
                WHERE account = ? AND bucket = ? AND seen_by > ? GROUP BY process, purpose ORDER BY calls DESC, process
                """,
            arguments: [account, bucket.rawValue, now.advanced(by: .zero - limit.window).nanoseconds]
        ).map { row in
            CallHolder(process: row["process"], purpose: row["purpose"], calls: row["calls"], inFlight: row["open"])
        }
        if restarted, Self.lastOfEarlierBoot.advanced(by: limit.window) > now {
            holders.append(
                CallHolder(process: nil, purpose: "before the machine was started", calls: limit.count, inFlight: 0))
        }
        return holders
    }

    // MARK: The boot

    /// Whether an account was used under an earlier boot than this; nil when it is not known under this one.
    static func registration(of account: String, _ boot: String, _ database: Database) throws -> Bool? {
        try Bool.fetchOne(
            database, sql: "SELECT restarted FROM ledger_account WHERE account = ? AND boot = ?",
            arguments: [account, boot]
        )
    }

    /// Takes an account over into this boot: rows of an earlier one have times of another clock.
    static func register(_ account: String, _ boot: String, _ database: Database) throws -> Bool {
        // Another process may have done it meanwhile.
        if let restarted = try registration(of: account, boot, database) { return restarted }
        try database.execute(sql: "DELETE FROM ledger_call WHERE account = ?", arguments: [account])
        try database.execute(
            sql: "UPDATE ledger_bucket SET blocked_until = NULL WHERE account = ?", arguments: [account]
        )
        try database.execute(
            sql: """
                INSERT INTO ledger_account (account, boot, restarted) VALUES (?, ?, 0)
                ON CONFLICT DO UPDATE SET boot = excluded.boot, restarted = 1
                """,
            arguments: [account, boot]
        )
        return try registration(of: account, boot, database) ?? false
    }
}
