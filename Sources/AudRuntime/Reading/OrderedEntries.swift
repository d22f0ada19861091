// The texts of audiences in lower case and in order, so that those with one beginning are found by two binary searches.

struct OrderedEntries: Sendable {
    struct Item: Sendable {
        var text: String
        var identity: KnownAudiences.Identity

        /// By the text, and audiences of one text by id and space.
        func precedes(_ other: Item) -> Bool {
            if text.precedes(other.text) { return true }
            return text == other.text && (identity.id, identity.spaceID) < (other.identity.id, other.identity.spaceID)
        }
    }

    private let names: [Item]
    private let keys: [Item]
    private let ids: [Item]

    init(_ entries: [AudienceIndex.Entry]) {
        func items(of field: AudienceIndex.Field) -> [Item] {
            var items: [Item] = []
            items.reserveCapacity(entries.count)
            for entry in entries {
                guard let text = entry.text(of: field) else { continue }
                items.append(Item(text: text.lowercased(), identity: KnownAudiences.Identity(entry)))
            }
            items.sort { $0.precedes($1) }
            return items
        }
        names = items(of: .name)
        keys = items(of: .key)
        ids = items(of: .id)
    }

    /// The items whose text begins with a text in lower case.
    func items(of field: AudienceIndex.Field, startingWith prefix: String) -> ArraySlice<Item> {
        let items =
            switch field {
            case .name: names
            case .key: keys
            case .id: ids
            }
        let start = items.firstPlace { !$0.text.precedes(prefix) }
        let end = items.firstPlace(from: start) { !$0.text.utf8.starts(with: prefix.utf8) }
        return items[start..<end]
    }
}

extension Array {
    /// The first place at which a condition holds that holds at all later ones.
    fileprivate func firstPlace(from start: Int = 0, where holds: (Element) -> Bool) -> Int {
        var (low, high) = (start, count)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
