// The tables of the completion index: what reads have seen, by the profile and the host that were read from.

internal import GRDB

extension Schema {
    @Sendable static func index(_ database: Database) throws {
        try database.create(table: "index_origin") { table in
            table.autoIncrementedPrimaryKey("number")
            table.column("host", .text).notNull()
            table.column("profile", .text).notNull()
            // The fingerprint: another token may mean another workspace.
            table.column("token", .text).notNull()
            table.uniqueKey(["host", "profile"])
        }
        try database.create(table: "index_space", options: .withoutRowID) { table in
            table.column("origin", .integer).notNull().references("index_origin", column: "number", onDelete: .cascade)
            table.column("space", .text).notNull()
            // When its last whole listing began: all of its audiences were seen then or later. Microseconds since 1970,
            // as everywhere; null when there was none.
            table.column("listed", .integer)
            // What that listing gave; null when an audience has changed since.
            table.column("digest", .integer)
            table.column("used", .integer).notNull()
            table.primaryKey(["origin", "space"])
        }
        try database.create(table: "index_audience", options: .withoutRowID) { table in
            table.column("origin", .integer).notNull()
            table.column("space", .text).notNull()
            table.column("id", .text).notNull()
            table.column("key", .text)
            table.column("name", .text)
            table.column("seen", .integer).notNull()
            table.primaryKey(["origin", "space", "id"])
            table.foreignKey(
                ["origin", "space"], references: "index_space", columns: ["origin", "space"], onDelete: .cascade)
        }
    }
}
