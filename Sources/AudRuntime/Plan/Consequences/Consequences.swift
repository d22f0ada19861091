// What a plan does to audiences that it does not name: those whose definition refers to one that it disables or removes.
// A disabled audience goes stale for whoever refers to it; without a removed one the other cannot be computed.

public import AudLanguage
internal import SegmentAudiences

/// The audiences that refer to what a plan changes.
public struct Consequences: Sendable {
    /// One audience that refers to changed ones.
    public struct Reference: Sendable, Hashable {
        public var id: String
        public var name: String?
        public var key: String?
        public var space: Space
        /// The numbers of the calls whose audiences it refers to.
        public var calls: [Int]
        /// Whether one of these calls is a removal.
        public var breaks: Bool
    }

    /// By space and then in the order of their listing.
    public internal(set) var references: [Reference] = []
    /// Where there may be more, one sentence each.
    public internal(set) var unread: [String] = []
    /// Why it is not known what removals break, one sentence each.
    public internal(set) var unknown: [String] = []
    /// How many audiences each space has, by the space's id, as far as a listing has said so.
    public internal(set) var totals: [String: Int] = [:]

    /// How many audiences the plan's removals break.
    public var broken: Int { references.count { $0.breaks } }

    /// The references as a list of records.
    public var value: Value {
        .list(
            ListValue(
                references.map { reference in
                    .record(
                        RecordValue([
                            ("id", .string(reference.id)), ("name", reference.name.map { .string($0) } ?? .null),
                            ("key", reference.key.map { .string($0) } ?? .null),
                            ("space", .string(reference.space.name)), ("breaks", .bool(reference.breaks)),
                            ("calls", .list(ListValue(reference.calls.map { .int(Int64($0)) }))),
                        ]))
                }))
    }
}

extension Plan {
    /// The last call on each audience that it leaves disabled or removed, in order.
    var endings: [PlannedCall] {
        var last: [[String]: Int] = [:]
        for (place, call) in calls.enumerated() { last[[call.space.id, call.id]] = place }
        return last.values.sorted().map { calls[$0] }.filter { call in
            switch call.verb.goal {
            case .enabled(false), .removed: true
            case .enabled(true), nil: false
            }
        }
    }

    /// The audiences among `audiences`, all of one space, that refer to one that the plan disables or removes there.
    func references(among audiences: [RecordValue], in space: Space) -> [Consequences.Reference] {
        let endings = endings.filter { $0.space.id == space.id }
        let removed = Set(endings.filter { $0.verb == .remove }.map(\.id))
        let byKey = Dictionary(grouping: endings.filter { $0.key != nil }) { $0.key ?? "" }
        return audiences.compactMap { audience in
            guard let id = audience.text("id"), !removed.contains(id),
                case .record(let definition)? = audience["definition"], let query = definition.text("query")
            else { return nil }
            let traits = QueryReferences(query).traits
            let calls = traits.flatMap { byKey[$0] ?? [] }.filter { $0.id != id }.sorted { $0.number < $1.number }
            guard !calls.isEmpty else { return nil }
            return Consequences.Reference(
                id: id, name: audience.text("name"), key: audience.text("key"), space: space,
                calls: calls.map(\.number), breaks: calls.contains { $0.verb == .remove })
        }
    }
}
