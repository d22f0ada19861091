// The shell's history: one row a statement, written before it runs (so that the statement that crashed the machine is
// there), completed after.

internal import GRDB

/// One statement of the past.
public struct HistoryEntry: Sendable, Hashable {
    public var id: Int64
    public var profile: String
    /// The mode in which it ran: `dry run` or `live`.
    public var mode: String
    public var text: String
    /// When it began, in microseconds since 1970.
    public var time: Int64
    /// nil: it has not ended, or its process died.
    public var duration: Duration?
    public var outcome: String?

    /// Makes an entry.
    public init(
        id: Int64, profile: String, mode: String, text: String, time: Int64, duration: Duration? = nil,
        outcome: String? = nil
    ) {
        self.id = id
        self.profile = profile
        self.mode = mode
        self.text = text
        self.time = time
        self.duration = duration
        self.outcome = outcome
    }
}

extension StateDatabase {
    /// Writes a statement down before it runs. Answers its number, for ``endStatement(_:duration:outcome:)``.
    public func beginStatement(
        profile: String, mode: Mode, text: String, at time: Int64
    ) throws(StateError) -> Int64 {
        try write { database in
            try database.execute(
                sql: "INSERT INTO history (profile, mode, text, time) VALUES (?, ?, ?, ?)",
                arguments: [profile, mode.rawValue, text, time]
            )
            return database.lastInsertedRowID
        }
    }

    /// Adds how a statement ended.
    public func endStatement(_ id: Int64, duration: Duration, outcome: String) throws(StateError) {
        try write { database in
            try database.execute(
                sql: "UPDATE history SET duration = ?, outcome = ? WHERE id = ?",
                arguments: [duration.microseconds, outcome, id]
            )
        }
    }

    /// The last statements of a profile, oldest first.
    public func history(profile: String, limit: Int = 10_000) throws(StateError) -> [HistoryEntry] {
        let newestFirst = try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM history WHERE profile = ? ORDER BY id DESC LIMIT ?",
                arguments: [profile, limit]
            ).map { row in
                let duration: Int64? = row["duration"]
                return HistoryEntry(
                    id: row["id"], profile: row["profile"], mode: row["mode"], text: row["text"], time: row["time"],
                    duration: duration.map { .microseconds($0) }, outcome: row["outcome"]
                )
            }
        }
        return newestFirst.reversed()
    }

    /// Drops the oldest statements of a profile, once there are a tenth more than `limit`: so it seldom writes.
    public func pruneHistory(profile: String, keeping limit: Int = 10_000) throws(StateError) {
        let nth = "SELECT id FROM history WHERE profile = ? ORDER BY id DESC LIMIT 1 OFFSET ?"
        let isLong = try read { database in
            try Int64.fetchOne(database, sql: nth, arguments: [profile, limit + limit / 10]) != nil
        }
        guard isLong else { return }
        try writeUnsynced { database in
            try database.execute(
                sql: "DELETE FROM history WHERE profile = ? AND id <= (\(nth))", arguments: [profile, profile, limit])
        }
    }
}
