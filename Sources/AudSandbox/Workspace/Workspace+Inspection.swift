// Looking at the workspace and changing it behind the client's back: what a test does that no client could.
// None of it counts as a call, locks anything or enters the log.

extension Workspace {
    mutating func snapshot(_ spaceID: String, at now: Duration) -> [SandboxAudience] {
        guard (try? open(spaceID)) != nil, stores[spaceID] != nil else { return [] }
        stores[spaceID]?.sort(by: behaviour.listOrder)
        let ids = stores[spaceID]?.ids(0..<(stores[spaceID]?.count ?? 0)) ?? []
        return ids.compactMap { stores[spaceID]?.record($0, at: now)?.audience }
    }

    mutating func audience(_ id: String, in spaceID: String, at now: Duration) -> SandboxAudience? {
        try? existing(id, in: spaceID, at: now).audience
    }

    mutating func mutate(
        _ id: String, in spaceID: String, at now: Duration, _ change: (inout SandboxAudience) -> Void
    ) -> Bool {
        guard (try? existing(id, in: spaceID, at: now)) != nil else { return false }
        stores[spaceID]?.update(id) { $0.mutate(change) }
        stores[spaceID]?.sort()
        return true
    }

    mutating func insert(_ audience: SandboxAudience) {
        if (try? open(audience.spaceID)) == nil {
            stores[audience.spaceID] = SpaceStore([], listOrder: behaviour.listOrder)
        }
        stores[audience.spaceID]?.insert(audience)
    }

    mutating func delete(_ id: String, in spaceID: String) -> Bool {
        guard (try? open(spaceID)) != nil else { return false }
        return stores[spaceID]?.remove(id) ?? false
    }
}
