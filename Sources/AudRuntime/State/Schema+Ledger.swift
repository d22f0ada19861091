// The tables of the rate ledger. Instants are nanoseconds since the machine's boot; those of an earlier boot are deleted
// at the first use after it.

internal import GRDB

extension Schema {
    static func addLedger(_ database: Database) throws {
        // A host and a token, and the boot that the instants of its rows count from.
        try database.create(table: "ledger_account", options: .withoutRowID) { table in
            table.primaryKey("account", .text)
            table.column("boot", .text).notNull()
            // Whether it was used under an earlier boot too.
            table.column("restarted", .boolean).notNull()
        }
        try database.create(table: "ledger_bucket", options: .withoutRowID) { table in
            table.column("account", .text).notNull()
            table.column("bucket", .text).notNull()
            // An instant; null when no 429 has come.
            table.column("blocked_until", .integer)
            // The limit that the server's headers showed last, and when: microseconds since 1970.
            table.column("observed", .integer)
            table.column("observed_at", .integer)
            table.primaryKey(["account", "bucket"])
        }
        // The number of a deleted row must not come back: whoever was given it may still close it.
        try database.create(table: "ledger_call") { table in
            table.autoIncrementedPrimaryKey("id")
            table.column("account", .text).notNull()
            table.column("bucket", .text).notNull()
            // The latest instant at which the server saw the call, or sees it while there is no answer.
            table.column("seen_by", .integer).notNull()
            table.column("answered", .boolean).notNull()
            // How many calls counted when this one was reserved, itself included.
            table.column("live_then", .integer).notNull()
            // Both null for calls that only the server's headers showed.
            table.column("process", .integer)
            table.column("purpose", .text)
        }
        try database.create(index: "ledger_call_by_bucket", on: "ledger_call", columns: ["account", "bucket"])
    }
}
