// What the removals of a live run break: the audiences whose definition refers to a removed one. A plan is looked through
// as a whole (`Consequences`); a live run learns who refers to what once for each space, and then looks up each removal.

internal import AudLanguage
internal import SegmentAudiences

struct BrokenAudiences: Sendable {
    /// Who refers to a key: ids of audiences, by the id of the space and the key.
    private var referrers: [String: [String: Set<String>]] = [:]
    /// Those that the removals so far have broken.
    private var broken: Set<AudienceIdentity> = []
    private var removed: Set<AudienceIdentity> = []

    init() {}

    /// Whether it is known who refers to the audiences of a space.
    func knows(_ space: Space) -> Bool { referrers[space.id] != nil }

    /// Learns who refers to what in a space. O(audiences).
    mutating func learn(_ audiences: [RecordValue], in space: Space) {
        var referrers: [String: Set<String>] = [:]
        for audience in audiences {
            guard let id = audience.text("id"), case .record(let definition)? = audience["definition"],
                let query = definition.text("query")
            else { continue }
            for key in QueryReferences(query).traits { referrers[key, default: []].insert(id) }
        }
        self.referrers[space.id] = referrers
    }

    /// Those that refer to an audience and are still there.
    func referrers(to subject: ChangeSubject) -> Set<AudienceIdentity> {
        guard let key = subject.audience?.text("key"), let ids = referrers[subject.space.id]?[key] else { return [] }
        let all = ids.lazy.filter { $0 != subject.id }.map { AudienceIdentity(spaceID: subject.space.id, id: $0) }
        return Set(all).subtracting(removed)
    }

    /// How many are broken once these are, too.
    func count(with others: Set<AudienceIdentity>) -> Int { broken.union(others).count }

    /// Notes what a removal breaks. A removed audience itself is broken no more.
    mutating func note(removalOf audience: AudienceIdentity, breaking others: Set<AudienceIdentity>) {
        broken.formUnion(others)
        broken.remove(audience)
        removed.insert(audience)
    }
}
