// The audiences that reads have seen, for completion: never a request. Asked synchronously from the terminal's thread
// while a run may be filling it, so a question waits for no work: see `KnownAudiences`.

package import SegmentAudiences
internal import Synchronization

/// The known audiences of a session, and those that earlier ones have left in the state file.
public final class AudienceIndex: Sendable {
    /// What completion needs of an audience.
    public struct Entry: Sendable, Hashable {
        public var id: String
        public var spaceID: String
        public var key: String?
        public var name: String?
        /// When it was read last, in microseconds since 1970.
        public var seen: Int64

        func text(of field: Field) -> String? {
            switch field {
            case .name: name
            case .key: key
            case .id: id
            }
        }
    }

    /// The texts that an audience is found by, in the order in which they are looked through.
    public enum Field: Sendable, Hashable, CaseIterable {
        case name, key, id
    }

    /// A space that reads have seen.
    public struct KnownSpace: Sendable, Hashable {
        public var id: String
        /// How many of its audiences are known.
        public var count: Int
        /// When one of them was read last, in microseconds since 1970.
        public var seen: Int64
    }

    private let known: Mutex<KnownAudiences>

    /// - Parameter isKept: whether news are collected for the state file.
    package init(isKept: Bool = false) {
        known = Mutex(KnownAudiences(isKept: isKept))
    }

    /// How many audiences are known.
    public var count: Int { known.withLock { $0.spaces.values.reduce(0) { $0 + $1.count } } }

    /// The spaces of the known audiences, by id. O(known audiences).
    public var spaces: [KnownSpace] {
        known.withLock { known in
            known.spaces.sorted { $0.key < $1.key }.map { id, entries in
                KnownSpace(id: id, count: entries.count, seen: entries.values.reduce(0) { max($0, $1.seen) })
            }
        }
    }

    /// The audiences one of whose texts starts with a text, whatever its case: by name, then by key, then by id, each
    /// sorted. All texts when no field is named, all spaces when none is. O(log known audiences + limit), and during
    /// the run that adds many, O(additions).
    public func matches(
        prefix: String, field: Field? = nil, in spaceID: String? = nil, limit: Int = 50
    ) -> [Entry] {
        known.withLock { known in
            var found: [Entry] = []
            var seen: Set<KnownAudiences.Identity> = []
            for field in field.map({ [$0] }) ?? Field.allCases where found.count < limit {
                for entry in known.matches(prefix.lowercased(), field, spaceID, limit)
                where found.count < limit && seen.insert(KnownAudiences.Identity(entry)).inserted {
                    found.append(entry)
                }
            }
            return found
        }
    }

    /// Puts what was added in order, when somebody asks this index and it was much. O(n log n): 20,000 audiences take less
    /// than one of the hundred requests that list them.
    func orderAdditions() {
        if !isInOrder { order() }
    }

    /// Whether there are few additions that every question has to look through.
    var isInOrder: Bool { known.withLock { !$0.wantsOrder } }

    /// Puts what was added in order, and from now on what will be.
    package func order() {
        guard let entries = known.withLock({ $0.beginOrdering() }) else { return }
        let ordered = OrderedEntries(entries)
        known.withLock { $0.endOrdering(ordered) }
    }

    // MARK: Filling

    /// Takes in what was read.
    package func add(_ audiences: [Audience], space: Space, at time: Int64, listing: Bool = false) {
        known.withLock { known in
            for audience in audiences {
                known.add(
                    Entry(
                        id: audience.id, spaceID: audience.spaceId ?? space.id, key: audience.key, name: audience.name,
                        seen: time
                    ), isListed: listing
                )
            }
        }
    }

    /// A listing has given all audiences of a space: what was last seen before it began is not there any more.
    func finishListing(of space: Space, since began: Int64) {
        known.withLock { $0.finishListing(of: space.id, since: began) }
    }

    func remove(id: String, space: Space) {
        known.withLock { $0.remove(KnownAudiences.Identity(spaceID: space.id, id: id)) }
    }

    // MARK: The state file

    /// Takes in what earlier sessions have seen with a token; what this one has seen counts for more.
    func load(_ entries: [Entry], of token: String) {
        known.withLock { $0.load(entries, of: token) }
        order()
    }

    /// What is to be written down, and then counts as written; nil when there is nothing. Another token than that of
    /// the file may mean another workspace: then what came from the file is forgotten.
    func takeNews(of token: String) -> IndexNews? {
        known.withLock { $0.takeNews(of: token) }
    }

    /// Collects no more news.
    func stopKeeping() {
        known.withLock { $0.isKept = false }
    }
}
