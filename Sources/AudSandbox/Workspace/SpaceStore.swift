// The audiences of one space and their order in a listing.
// Invariant: `order` holds each key of `records` once, sorted by `listOrder`.

struct SpaceStore {
    private var records: [String: AudienceRecord] = [:]
    private var order: [String] = []
    private var listOrder: SandboxBehaviour.ListOrder

    init(_ audiences: [SandboxAudience], listOrder: SandboxBehaviour.ListOrder) {
        self.listOrder = listOrder
        for audience in audiences { records[audience.id] = AudienceRecord(audience) }
        sort()
    }

    var count: Int { order.count }

    /// The record, settled at this moment; nil when there is none.
    mutating func record(_ id: String, at now: Duration) -> AudienceRecord? {
        records[id]?.settle(at: now)
        return records[id]
    }

    /// Changes a record that exists in place.
    mutating func update(_ id: String, _ change: (inout AudienceRecord) -> Void) {
        guard let index = records.index(forKey: id) else { return }
        change(&records.values[index])
    }

    mutating func insert(_ audience: SandboxAudience) {
        records[audience.id] = AudienceRecord(audience)
        sort()
    }

    @discardableResult
    mutating func remove(_ id: String) -> Bool {
        guard records.removeValue(forKey: id) != nil else { return false }
        if let index = order.firstIndex(of: id) { order.remove(at: index) }
        return true
    }

    mutating func sort(by listOrder: SandboxBehaviour.ListOrder) {
        guard listOrder != self.listOrder else { return }
        self.listOrder = listOrder
        sort()
    }

    /// The ids at these places of the listing.
    func ids(_ range: Range<Int>) -> ArraySlice<String> {
        order[range]
    }

    mutating func sort() {
        let listOrder = listOrder
        order = records.values.map(\.audience).sorted { left, right in
            switch listOrder {
            case .createdAt where left.createdAt != right.createdAt: left.createdAt < right.createdAt
            case .name where left.name != right.name: left.name < right.name
            case .createdAt, .name, .id: left.id < right.id
            }
        }.map(\.id)
    }
}
