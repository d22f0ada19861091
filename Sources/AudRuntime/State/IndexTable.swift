// The rows of the completion index, within one transaction. Invariants: the rows of an origin are those of one token;
// there are no more than `KnownAudiences.mostInSpace` audiences of a space and `mostSpaces` spaces, and what was used
// longest ago goes first.

internal import GRDB

struct IndexTable {
    /// Whose workspace the audiences are in.
    struct Origin: Sendable {
        var host: String
        var profile: String
        /// The fingerprint of the token.
        var token: String
    }

    /// Of all origins together.
    static let mostSpaces = 32
    /// As many are read when a shell starts.
    private static let mostLoaded = 50_000

    let database: Database

    // MARK: Reading

    /// What is known of an origin, those seen last first, and the token that it was read with.
    func entries(host: String, profile: String) throws -> (entries: [AudienceIndex.Entry], token: String)? {
        guard
            let origin = try Row.fetchOne(
                database, sql: "SELECT number, token FROM index_origin WHERE host = ? AND profile = ?",
                arguments: [host, profile])
        else { return nil }
        let number: Int64 = origin["number"]
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT space, id, key, name, max(seen, coalesce(listed, 0)) AS last
                FROM index_audience JOIN index_space USING (origin, space)
                WHERE origin = ? ORDER BY last DESC LIMIT ?
                """, arguments: [number, Self.mostLoaded]
        )
        var entries: [AudienceIndex.Entry] = []
        while let row = try rows.next() {
            entries.append(AudienceIndex.Entry(id: row[1], spaceID: row[0], key: row[2], name: row[3], seen: row[4]))
        }
        return (entries, origin["token"])
    }

    // MARK: Writing

    func save(_ news: IndexNews, of origin: Origin, mask: (String) -> String) throws {
        let number = try number(of: origin)
        for (space, news) in news.spaces { try save(news, of: space, number, mask) }
        try prune()
    }

    /// The number of an origin. One that was read with another token starts anew.
    private func number(of origin: Origin) throws -> Int64 {
        let known = try Row.fetchOne(
            database, sql: "SELECT number, token FROM index_origin WHERE host = ? AND profile = ?",
            arguments: [origin.host, origin.profile])
        if let known {
            let number: Int64 = known["number"]
            if known["token"] == origin.token { return number }
            try database.execute(sql: "DELETE FROM index_origin WHERE number = ?", arguments: [number])
        }
        try database.execute(
            sql: "INSERT INTO index_origin (host, profile, token) VALUES (?, ?, ?)",
            arguments: [origin.host, origin.profile, origin.token])
        return database.lastInsertedRowID
    }

    private func save(
        _ news: IndexNews.SpaceNews, of space: String, _ origin: Int64, _ mask: (String) -> String
    ) throws {
        let used = news.entries.reduce(news.listing?.began ?? 0) { max($0, $1.seen) }
        let known = try Row.fetchOne(
            database, sql: "SELECT listed, digest FROM index_space WHERE origin = ? AND space = ?",
            arguments: [origin, space])
        if let listing = news.listing, let listed: Int64 = known?["listed"] {
            // Another process has listed it since.
            if listing.began < listed { return }
            if known?["digest"] == listing.digest {
                return try database.execute(
                    sql: "UPDATE index_space SET listed = ?, used = max(used, ?) WHERE origin = ? AND space = ?",
                    arguments: [listing.began, used, origin, space])
            }
        }
        try database.execute(
            sql: """
                INSERT INTO index_space (origin, space, listed, digest, used) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET listed = coalesce(excluded.listed, listed), digest = excluded.digest,
                used = max(used, excluded.used)
                """, arguments: [origin, space, news.listing?.began, news.listing?.digest, used]
        )
        try insert(news.entries, of: space, origin, mask)
        for id in news.gone {
            try database.execute(
                sql: "DELETE FROM index_audience WHERE origin = ? AND space = ? AND id = ?",
                arguments: [origin, space, id])
        }
        if let listing = news.listing {
            try database.execute(
                sql: "DELETE FROM index_audience WHERE origin = ? AND space = ? AND seen < ?",
                arguments: [origin, space, listing.began])
        }
        try settle(space, origin, used)
    }

    private func insert(
        _ entries: [AudienceIndex.Entry], of space: String, _ origin: Int64, _ mask: (String) -> String
    ) throws {
        // What another process has read later counts for more.
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO index_audience (origin, space, id, key, name, seen) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET key = excluded.key, name = excluded.name, seen = excluded.seen
                WHERE excluded.seen >= seen
                """
        )
        for entry in entries {
            try statement.execute(
                arguments: [origin, space, entry.id, entry.key.map(mask), entry.name.map(mask), entry.seen])
        }
    }

    /// Keeps the bound; and where another process has seen more than this one, the digest does not say what is there.
    private func settle(_ space: String, _ origin: Int64, _ used: Int64) throws {
        let most = KnownAudiences.mostInSpace
        let facts = try Row.fetchOne(
            database, sql: "SELECT count(*), max(seen) FROM index_audience WHERE origin = ? AND space = ?",
            arguments: [origin, space])
        let (count, newest): (Int, Int64) = (facts?[0] ?? 0, facts?[1] ?? 0)
        if count > most || newest > used {
            try database.execute(
                sql: "UPDATE index_space SET digest = NULL WHERE origin = ? AND space = ?", arguments: [origin, space])
        }
        guard count > most else { return }
        try database.execute(
            sql: """
                DELETE FROM index_audience WHERE origin = ?1 AND space = ?2 AND id IN (
                SELECT id FROM index_audience WHERE origin = ?1 AND space = ?2 ORDER BY seen DESC LIMIT -1 OFFSET ?3)
                """, arguments: [origin, space, most]
        )
    }

    private func prune() throws {
        try database.execute(
            sql: """
                DELETE FROM index_space WHERE (origin, space) IN (
                SELECT origin, space FROM index_space ORDER BY used DESC LIMIT -1 OFFSET ?)
                """, arguments: [Self.mostSpaces]
        )
        try database.execute(
            sql: "DELETE FROM index_origin WHERE number NOT IN (SELECT origin FROM index_space)")
    }
}
