// The journal of one run, as the process that carries it writes it. Invariants: an entry is durable when `write` returns;
// entries of one `write` become durable together; and only the process that holds the run's claim can write, because each
// write checks the claim in its own transaction.

internal import AudLanguage
internal import GRDB

final class RunJournal: Sendable {
    /// What is written down of a call.
    enum Entry: Sendable {
        /// The call exists (live runs learn of their calls as they come).
        case call(PlannedCall)
        /// The call is about to be sent. A removal banks the whole audience, as JSON.
        case intent(Int, banking: String?)
        /// The call is over.
        case outcome(Int, Outcome.Status, error: String?)
        /// The call was sent, and it is proven that it was not carried out: it was refused, or was found not to have been
        /// made. It may be sent again.
        case refused(Int)
        /// The call never left, so that its intent counts for nothing. It may be sent.
        case withdrawn(Int)
    }

    /// The run's number.
    let number: Int64
    private let claim: Int64
    private let database: StateDatabase
    private let mask: @Sendable (String) -> String
    private let now: @Sendable () -> Int64

    private init(
        _ number: Int64, claim: Int64, _ database: StateDatabase, mask: @escaping @Sendable (String) -> String,
        now: @escaping @Sendable () -> Int64
    ) {
        self.number = number
        self.claim = claim
        self.database = database
        self.mask = mask
        self.now = now
    }

    /// Begins a run and writes all its calls down, and the numbers of those that a person deleted from the plan.
    static func begin(
        _ kind: JournaledRun.Kind, plan: String?, calls: [PlannedCall], deleted: [Int] = [], origin: RunOrigin,
        isStrict: Bool, in database: StateDatabase, mask: @escaping @Sendable (String) -> String,
        now: @escaping @Sendable () -> Int64
    ) throws(StateError) -> RunJournal {
        let claim = Int64.random(in: .min ... .max)
        let number = try database.write { database in
            let owner = ProcessIdentity.current
            try database.execute(
                sql: """
                    INSERT INTO runs (kind, plan, host, profile, script, isSandbox, isStrict, began, state, ownerPID,
                        ownerBoot, ownerStart, claim, deleted)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    kind.rawValue, plan, mask(origin.host), mask(origin.profile), mask(origin.script), origin.isSandbox,
                    isStrict, now(), owner.pid, owner.boot, owner.start, claim,
                    deleted.map(String.init).joined(separator: " "),
                ]
            )
            let number = database.lastInsertedRowID
            for call in calls { try insert(call, of: number, into: database, mask) }
            return number
        }
        return RunJournal(number, claim: claim, database, mask: mask, now: now)
    }

    /// Takes a run over, unless a living process carries it: then that process is the answer.
    static func claim(
        _ number: Int64, in database: StateDatabase, mask: @escaping @Sendable (String) -> String,
        now: @escaping @Sendable () -> Int64
    ) throws(StateError) -> Result<RunJournal, ClaimRefusal> {
        let claim = Int64.random(in: .min ... .max)
        let refusal = try database.write { database -> ClaimRefusal? in
            guard let run = try StateDatabase.runs(database, where: "number = ?", [number]).first else {
                return .noSuchRun
            }
            if let refusal = ClaimRefusal(run) { return refusal }
            let owner = ProcessIdentity.current
            try database.execute(
                sql: """
                    UPDATE runs SET state = 'running', ended = NULL, exitCode = NULL, error = NULL, ownerPID = ?,
                        ownerBoot = ?, ownerStart = ?, claim = ? WHERE number = ?
                    """, arguments: [owner.pid, owner.boot, owner.start, claim, number]
            )
            return nil
        }
        if let refusal { return .failure(refusal) }
        return .success(RunJournal(number, claim: claim, database, mask: mask, now: now))
    }

    /// Why a run was not taken over.
    enum ClaimRefusal: Error, Sendable, Hashable {
        case noSuchRun
        case carried(by: ProcessIdentity)
        case done

        /// nil when nothing is in the way.
        init?(_ run: JournaledRun) {
            switch run.state {
            case .running: self = .carried(by: run.owner)
            case .done: self = .done
            case .interrupted, .stopped: return nil
            }
        }
    }

    /// Makes entries durable.
    func write(_ entries: [Entry]) throws(StateError) {
        guard !entries.isEmpty else { return }
        let time = now()
        let isOurs = try database.write { [number, claim, mask] database in
            guard try Self.holds(claim, number, database) else { return false }
            for entry in entries {
                switch entry {
                case .call(let call): try Self.insert(call, of: number, into: database, mask)
                case .intent(let call, let audience):
                    if let audience {
                        try database.cachedStatement(
                            sql: "INSERT OR REPLACE INTO banked (run, call, time, audience) VALUES (?, ?, ?, ?)"
                        ).execute(arguments: [number, call, time, mask(audience)])
                    }
                    try database.cachedStatement(
                        sql: """
                            UPDATE calls SET intent = ?, attempts = attempts + 1, status = NULL, error = NULL, ended = NULL
                            WHERE run = ? AND number = ?
                            """
                    ).execute(arguments: [time, number, call])
                case .outcome(let call, let status, let error):
                    try database.cachedStatement(
                        sql: "UPDATE calls SET status = ?, error = ?, ended = ? WHERE run = ? AND number = ?"
                    ).execute(arguments: [status.rawValue, error.map(mask), time, number, call])
                case .refused(let call):
                    try database.cachedStatement(
                        sql: """
                            UPDATE calls SET intent = NULL, status = 'notAttempted', error = NULL, ended = NULL
                            WHERE run = ? AND number = ?
                            """
                    ).execute(arguments: [number, call])
                case .withdrawn(let call):
                    // An intent whose write failed may be there or not.
                    try database.cachedStatement(
                        sql: """
                            UPDATE calls SET attempts = attempts - (intent IS NOT NULL), intent = NULL,
                                status = 'notAttempted', error = NULL, ended = NULL
                            WHERE run = ? AND number = ?
                            """
                    ).execute(arguments: [number, call])
                }
            }
            return true
        }
        guard isOurs else {
            throw StateError(
                "another process has taken run \(number) over, so this one sends nothing more",
                help: "`aud runs show \(number)\(database.option)` shows how far it is"
            )
        }
    }

    /// Writes down how the run ended, and gives it up.
    func finish(exitCode: ExitCode, error: String?) throws(StateError) {
        let time = now()
        try database.write { [number, claim, mask] database in
            try database.execute(
                sql: """
                    UPDATE runs SET ended = ?, exitCode = ?, error = ?, state = iif(
                        EXISTS (
                            SELECT 1 FROM calls WHERE run = ? AND (
                                status = 'unknown' OR status IS NULL AND intent IS NOT NULL
                                OR kind = 'apply' AND (
                                    status IS NULL OR status = 'notAttempted'
                                    OR status = 'failed' AND intent IS NULL))
                        ) OR kind = 'live' AND ?, 'stopped', 'done')
                    WHERE number = ? AND claim = ?
                    """, arguments: [time, exitCode.rawValue, error.map(mask), number, error != nil, number, claim]
            )
        }
    }

    private static func holds(_ claim: Int64, _ number: Int64, _ database: Database) throws -> Bool {
        let statement = try database.cachedStatement(sql: "SELECT claim FROM runs WHERE number = ?")
        return try Int64.fetchOne(statement, arguments: [number]) == claim
    }

    private static func insert(
        _ call: PlannedCall, of run: Int64, into database: Database, _ mask: (String) -> String
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO calls (run, number, verb, space, alias, audience, name, key, before, after, expectation,
                    source, policy)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                run, call.number, call.verb.rawValue, call.space.id, call.space.alias, call.id, call.name.map(mask),
                call.key.map(mask), call.before.journaled, call.after.journaled,
                call.expectation.map { mask($0.journaled) }, mask(call.source), call.policy.rawValue,
            ]
        )
    }
}

extension RunJournal.Entry {
    /// A call that what ended its run has kept from being made. Only what the server answered has a status.
    static func unmade(_ number: Int, after error: RuntimeError) -> Self {
        error.status == nil ? .withdrawn(number) : .refused(number)
    }
}
