// The audiences that past reads have seen, for completion: never a request. Asked synchronously from the terminal's
// thread while a run may be filling it.

internal import SegmentAudiences
internal import Synchronization

/// The known audiences of a session.
public final class AudienceIndex: Sendable {
    /// What completion needs of an audience.
    public struct Entry: Sendable, Hashable {
        public var id: String
        public var spaceID: String
        public var key: String?
        public var name: String?
    }

    private struct Identity: Hashable {
        var spaceID: String
        var id: String
    }

    private let entries = Mutex<[Identity: Entry]>([:])

    init() {}

    /// How many audiences are known.
    public var count: Int { entries.withLock { $0.count } }

    /// The audiences whose id, key or name starts with a text, whatever its case; all spaces when none is named.
    /// O(known audiences); sorted by key and id.
    public func matches(prefix: String, in spaceID: String? = nil, limit: Int = 50) -> [Entry] {
        let wanted = prefix.lowercased()
        let found = entries.withLock { entries in
            entries.values.filter { entry in
                if let spaceID, entry.spaceID != spaceID { return false }
                return entry.id.lowercased().hasPrefix(wanted)
                    || entry.key?.lowercased().hasPrefix(wanted) == true
                    || entry.name?.lowercased().hasPrefix(wanted) == true
            }
        }
        let sorted = found.sorted { ($0.key ?? "", $0.id) < ($1.key ?? "", $1.id) }
        return Array(sorted.prefix(limit))
    }

    func add(_ audiences: [Audience], space: Space) {
        entries.withLock { entries in
            for audience in audiences {
                let entry = Entry(
                    id: audience.id, spaceID: audience.spaceId ?? space.id, key: audience.key, name: audience.name
                )
                entries[Identity(spaceID: entry.spaceID, id: entry.id)] = entry
            }
        }
    }

    func remove(id: String, space: Space) {
        entries.withLock { $0[Identity(spaceID: space.id, id: id)] = nil }
    }
}
