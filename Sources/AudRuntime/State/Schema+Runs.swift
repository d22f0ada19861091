// The journal's tables. A call's row is there before the run's first request; `intent` is set before the call leaves and
// `status` when its outcome is known. So after a crash, a row with an intent and no status is one whose outcome a GET must
// settle, and a row without either was never attempted.

internal import GRDB

extension Schema {
    @Sendable static func runs(_ database: Database) throws {
        try database.create(table: "runs") { table in
            // Short numbers are typed by people, and a number is never given twice.
            table.autoIncrementedPrimaryKey("number")
            table.column("kind", .text).notNull()
            // A plan is applied once in one state file; live runs have none.
            table.column("plan", .text).unique()
            table.column("host", .text).notNull()
            table.column("profile", .text).notNull()
            table.column("script", .text).notNull()
            table.column("isSandbox", .boolean).notNull()
            table.column("isStrict", .boolean).notNull()
            // Microseconds since 1970, as everywhere.
            table.column("began", .integer).notNull()
            table.column("ended", .integer)
            table.column("state", .text).notNull()
            table.column("ownerPID", .integer).notNull()
            table.column("ownerBoot", .text).notNull()
            table.column("ownerStart", .integer).notNull()
            // Drawn at each claim: whoever holds another one may write no more.
            table.column("claim", .integer).notNull()
            table.column("exitCode", .integer)
            table.column("error", .text)
        }
        try database.create(table: "calls", options: .withoutRowID) { table in
            table.column("run", .integer).notNull().references("runs", column: "number", onDelete: .cascade)
            table.column("number", .integer).notNull()
            table.column("verb", .text).notNull()
            table.column("space", .text).notNull()
            table.column("alias", .text)
            table.column("audience", .text).notNull()
            table.column("name", .text)
            table.column("key", .text)
            // JSON.
            table.column("before", .text).notNull()
            table.column("after", .text).notNull()
            table.column("expectation", .text)
            table.column("source", .text).notNull()
            table.column("policy", .text).notNull()
            table.column("intent", .integer)
            table.column("attempts", .integer).notNull().defaults(to: 0)
            table.column("status", .text)
            table.column("error", .text)
            table.column("ended", .integer)
            table.primaryKey(["run", "number"])
        }
        // Whole audiences, written down before a removal is sent.
        try database.create(table: "banked", options: .withoutRowID) { table in
            table.column("run", .integer).notNull().references("runs", column: "number", onDelete: .cascade)
            table.column("call", .integer).notNull()
            table.column("time", .integer).notNull()
            table.column("audience", .text).notNull()
            table.primaryKey(["run", "call"])
        }
    }
    /// The numbers of the calls that a person deleted from a plan before it was sent, with blanks between them: so that a
    /// gap in the numbers of a run is explained.
    @Sendable static func addDeleted(_ database: Database) throws {
        try database.alter(table: "runs") { $0.add(column: "deleted", .text).notNull().defaults(to: "") }
    }
}
