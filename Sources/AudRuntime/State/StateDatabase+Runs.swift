// Reading the journal. A run whose state says that it is running, and whose process is gone, is interrupted.

internal import AudLanguage
internal import GRDB
internal import SegmentAudiences

extension StateDatabase {
    /// All runs, newest first.
    public func runs() throws(StateError) -> [JournaledRun] {
        try read { try Self.runs($0, where: "1 ORDER BY number DESC", []) }
    }

    /// The last runs, newest first, without their counts. O(limit).
    func lastRuns(_ limit: Int) throws(StateError) -> [JournaledRun] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM runs ORDER BY number DESC LIMIT ?", arguments: [limit])
                .map(JournaledRun.init)
        }
    }

    /// A run; nil when there is none of this number.
    public func run(_ number: Int64) throws(StateError) -> JournaledRun? {
        try read { try Self.runs($0, where: "number = ?", [number]).first }
    }

    /// The run that carried a plan; nil when the plan was not applied with this state file.
    public func run(ofPlan plan: String) throws(StateError) -> JournaledRun? {
        try read { try Self.runs($0, where: "plan = ?", [plan]).first }
    }

    /// The calls of a run, in order.
    public func calls(of run: Int64) throws(StateError) -> [JournaledCall] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM calls WHERE run = ? ORDER BY number", arguments: [run])
                .compactMap(JournaledCall.init)
        }
    }

    /// The calls that runs at a host, carried by living processes, have still to send: what shares the limits with a
    /// further run. A live run does not know its own.
    func callsLeft(at host: String, besides run: Int64?) throws(StateError) -> [Bucket: Int] {
        try read { database in
            let running = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM runs WHERE state = 'running' AND kind = 'apply' AND host = ? AND NOT isSandbox
                    AND number IS NOT ?
                    """, arguments: [host, run]
            ).map(JournaledRun.init).filter { $0.state == .running }
            var left: [Bucket: Int] = [:]
            for run in running {
                let counts = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT verb, count(*) AS calls FROM calls
                        WHERE run = ? AND status IS NULL AND intent IS NULL GROUP BY verb
                        """, arguments: [run.number]
                )
                for count in counts {
                    if let verb = Verb(rawValue: count["verb"]) { left[verb.bucket, default: 0] += count["calls"] }
                }
            }
            return left
        }
    }

    /// The audiences that were written down whole before their removal, and are removed or may be: those of a run, or of
    /// all runs, the newest run first. One whose removal was refused is still there.
    public func banked(by run: Int64? = nil) throws(StateError) -> [BankedAudience] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT banked.*, calls.space, calls.alias, calls.audience AS id, calls.name, calls.key
                    FROM banked JOIN calls ON calls.run = banked.run AND calls.number = banked.call
                    WHERE (?1 IS NULL OR banked.run = ?1) AND (
                        calls.status IN ('done', 'gone', 'unknown') OR calls.status IS NULL AND calls.intent IS NOT NULL)
                    ORDER BY banked.run DESC, banked.call
                    """, arguments: [run]
            ).map(BankedAudience.init)
        }
    }

    static func runs(
        _ database: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [JournaledRun] {
        let rows = try Row.fetchAll(database, sql: "SELECT * FROM runs WHERE \(condition)", arguments: arguments)
        return try rows.map { row in
            var run = JournaledRun(row)
            // An intent without an outcome is as good as an unknown outcome.
            let counts = try Row.fetchAll(
                database,
                sql: """
                    SELECT coalesce(status, iif(intent IS NULL, 'notAttempted', 'unknown')) AS part, count(*) AS calls
                    FROM calls WHERE run = ? GROUP BY part
                    """, arguments: [run.number]
            )
            for count in counts {
                if let status = Outcome.Status(rawValue: count["part"]) { run.counts[status] = count["calls"] }
            }
            return run
        }
    }
}

extension JournaledRun {
    fileprivate init(_ row: Row) {
        let owner = ProcessIdentity(pid: row["ownerPID"], boot: row["ownerBoot"], start: row["ownerStart"])
        let stored = State(rawValue: row["state"]) ?? .stopped
        self.init(
            number: row["number"], kind: Kind(rawValue: row["kind"]) ?? .apply, plan: row["plan"],
            origin: RunOrigin(
                host: row["host"], profile: row["profile"], script: row["script"], isSandbox: row["isSandbox"]
            ), isStrict: row["isStrict"], began: row["began"], ended: row["ended"],
            state: stored == .running && !owner.isAlive ? .interrupted : stored, owner: owner,
            exitCode: row["exitCode"], error: row["error"],
            deleted: (row["deleted"] as String).split(separator: " ").compactMap { Int($0) }, counts: [:]
        )
    }
}

extension BankedAudience {
    fileprivate init(_ row: Row) {
        self.init(
            run: row["run"], call: row["call"], time: row["time"], space: Space(id: row["space"], alias: row["alias"]),
            id: row["id"], name: row["name"], key: row["key"], audience: row["audience"]
        )
    }
}

extension JournaledCall {
    /// nil when the row was written by something else than aud.
    fileprivate init?(_ row: Row) {
        guard let verb = Verb(rawValue: row["verb"]) else { return nil }
        let status: String? = row["status"]
        self.init(
            call: PlannedCall(
                number: row["number"], verb: verb, space: Space(id: row["space"], alias: row["alias"]),
                id: row["audience"], name: row["name"], key: row["key"], before: Value(journaled: row["before"]),
                after: Value(journaled: row["after"]), source: row["source"],
                policy: ErrorPolicy(rawValue: row["policy"]) ?? .stop,
                expectation: (row["expectation"] as String?).flatMap(Expectation.init(journaled:))
            ), intent: row["intent"], attempts: row["attempts"],
            status: status.flatMap(Outcome.Status.init(rawValue:)), error: row["error"], ended: row["ended"]
        )
    }
}
