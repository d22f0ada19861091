// The tables, as steps from one version to the next. A step that has been released is never changed; a later one
// follows. All missing steps are taken in one transaction, so that of two processes that open a new file together one
// does the work and the other finds it done.

internal import GRDB

enum Schema {
    /// The step at place n leads from version n to version n + 1.
    private static let steps: [@Sendable (Database) throws -> Void] = [
        { database in
            try database.create(table: "history") { table in
                table.autoIncrementedPrimaryKey("id")
                table.column("profile", .text).notNull()
                table.column("mode", .text).notNull()
                table.column("text", .text).notNull()
                // Microseconds since 1970, as in the language.
                table.column("time", .integer).notNull()
                // Microseconds; both null until the statement has ended.
                table.column("duration", .integer)
                table.column("outcome", .text)
            }
            try database.create(index: "history_by_profile", on: "history", columns: ["profile", "id"])
        },
        addLedger,
        runs,
        index,
        addDeleted,
    ]

    /// The version that this program writes.
    static var version: Int { steps.count }

    /// The version of a file; 0 when it is new.
    static func version(of database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }

    /// Brings a file to this program's version, or in a test to an earlier one. The caller has a write transaction open.
    static func migrate(_ database: Database, to version: Int = version) throws {
        for step in steps[..<version].dropFirst(try Self.version(of: database)) { try step(database) }
        try database.execute(sql: "PRAGMA user_version = \(version)")
    }
}
