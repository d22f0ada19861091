// The completion index is a comfort: it makes no state file, waits for no disk, and its failure is nobody's failure.

internal import GRDB

extension StateDatabase {
    /// What was read with a profile from a host, and the token's fingerprint; nil when nothing is known.
    func index(
        host: String, profile: String
    ) throws(StateError) -> (entries: [AudienceIndex.Entry], token: String)? {
        guard isThere else { return nil }
        return try read { try IndexTable(database: $0).entries(host: host, profile: profile) }
    }

    /// Writes down what was read, in the background.
    func save(
        _ news: IndexNews, of origin: IndexTable.Origin, mask: @escaping @Sendable (String) -> String,
        onFailure: @escaping @Sendable () -> Void
    ) {
        guard isThere else { return }
        writeLater({ try IndexTable(database: $0).save(news, of: origin, mask: mask) }, onFailure: onFailure)
    }
}
