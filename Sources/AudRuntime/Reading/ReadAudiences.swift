// The audiences as the API sent them last. A script may hold altered copies (`with name: "x"`) or old ones; what a change
// rests on is what was read. Both worlds fill it and ask it, and the preview looks in it for what refers to what.

internal import AudLanguage
internal import Synchronization

final class ReadAudiences: Sendable {
    private struct Listing {
        /// Nil for one that was removed.
        var audiences: [String: RecordValue?] = [:]
        /// The ids in the order in which they were first read.
        var order: [String] = []
        /// Whether one listing has given all of them.
        var isWhole = false
        /// How many there are, as the API said last.
        var total: Int?
    }

    private let spaces = Mutex<[String: Listing]>([:])

    init() {}

    /// The audience as it was read last; nil when it was not read.
    subscript(id: String, in space: Space) -> RecordValue? {
        spaces.withLock { $0[space.id]?.audiences[id] ?? nil }
    }

    /// All audiences of a space that were read.
    func all(in space: Space) -> [RecordValue] {
        spaces.withLock { spaces in
            guard let listing = spaces[space.id] else { return [] }
            return listing.order.compactMap { listing.audiences[$0] ?? nil }
        }
    }

    func isWhole(_ space: Space) -> Bool { spaces.withLock { $0[space.id]?.isWhole ?? false } }

    func total(of space: Space) -> Int? { spaces.withLock { $0[space.id]?.total } }

    func add(_ audiences: [RecordValue], in space: Space) {
        spaces.withLock { spaces in
            for audience in audiences {
                guard let id = audience.text("id") else { continue }
                let home = audience.text("spaceId") ?? space.id
                if spaces[home, default: Listing()].audiences.updateValue(audience, forKey: id) == nil {
                    spaces[home]?.order.append(id)
                }
            }
        }
    }

    /// Takes in what a listing says of itself; `isWhole` when this was its last page and nothing is missing.
    func note(total: Int?, isWhole: Bool, of space: Space) {
        spaces.withLock { spaces in
            if let total { spaces[space.id, default: Listing()].total = total }
            if isWhole { spaces[space.id, default: Listing()].isWhole = true }
        }
    }

    func remove(_ id: String, in space: Space) {
        spaces.withLock { spaces in
            guard spaces[space.id]?.audiences[id] != nil else { return }
            spaces[space.id]?.audiences[id] = .some(nil)
        }
    }
}
