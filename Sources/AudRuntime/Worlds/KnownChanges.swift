// The state of audiences that this session has changed or recorded changes of. A script's own values never change, so
// after `disable(a)` its `a.enabled` is still true; what the session did counts for more than what the script holds.

internal import AudLanguage

struct KnownChanges: Sendable {
    enum State: Sendable, Hashable {
        init(_ goal: Goal) {
            switch goal {
            case .enabled(let flag): self = .enabled(flag)
            case .removed: self = .removed
            }
        }

        case enabled(Bool)
        case removed
        /// A change was sent and nobody knows what became of it: no later change may be taken for needless.
        case uncertain
    }

    private struct Identity: Hashable {
        var spaceID: String
        var id: String
    }

    private var states: [Identity: State] = [:]
    private let marks = SimulatedShapes()

    init() {}

    var isEmpty: Bool { states.isEmpty }

    subscript(id: String, in space: Space) -> State? {
        get { states[Identity(spaceID: space.id, id: id)] }
        set { states[Identity(spaceID: space.id, id: id)] = newValue }
    }

    /// An audience as it would be read after the changes: nil when it is removed.
    func applied(to audience: RecordValue) -> RecordValue? {
        guard !states.isEmpty, let id = audience.text("id"), let spaceID = audience.text("spaceId") else {
            return audience
        }
        switch states[Identity(spaceID: spaceID, id: id)] {
        case nil, .uncertain: return audience
        case .removed: return nil
        case .enabled(let flag): return marks.mark(audience.replacing("enabled", with: .bool(flag)))
        }
    }

    /// Takes in an audience that was just read: of a changed one the newest state counts.
    mutating func refresh(_ audience: RecordValue) {
        guard !states.isEmpty, let id = audience.text("id"), let spaceID = audience.text("spaceId") else { return }
        let identity = Identity(spaceID: spaceID, id: id)
        guard states[identity] != nil else { return }
        states[identity] = audience.isEnabled.map { .enabled($0) } ?? .uncertain
    }
}
