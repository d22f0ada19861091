// What the index knows, as a value. Texts are kept in order, which is made outside of the lock at the end of a run; what
// was added since is in `recent` and looked through one by one.
//
// Invariants: there are no more than `mostInSpace` audiences of a space; of a space that was listed in full there is
// only what the listing gave and what was read after it began; once it was asked, an entry whose texts `ordered` does
// not have is in `recent`. Before that, as in scripts, which only ever fill it, nothing is done for order.

struct KnownAudiences {
    typealias Entry = AudienceIndex.Entry

    struct Identity: Hashable, Sendable {
        var spaceID: String
        var id: String

        init(spaceID: String, id: String) {
            self.spaceID = spaceID
            self.id = id
        }

        init(_ entry: Entry) {
            self.init(spaceID: entry.spaceID, id: entry.id)
        }
    }

    /// More audiences of one space are not kept.
    static let mostInSpace = 20_000
    /// So many are looked through one by one without a thought.
    private static let fewRecent = 256

    private(set) var spaces: [String: [String: Entry]] = [:]
    private var ordered = OrderedEntries([])
    private var recent: Set<Identity> = []
    /// What came while an order was being made; nil when none is.
    private var addedMeanwhile: Set<Identity>?
    private var wasAsked = false

    /// Whether news are collected.
    var isKept: Bool
    /// Whether there are some, and the time of the newest audience that is no news any more.
    private var hasNews = false
    private var taken = Int64.min
    private var gone: Set<Identity> = []
    private var listings: [String: Int64] = [:]
    /// When this session read for the first time: what was seen before came from the file.
    private var began: Int64?
    private var token: String?

    init(isKept: Bool) {
        self.isKept = isKept
    }

    private subscript(identity: Identity) -> Entry? { spaces[identity.spaceID]?[identity.id] }

    // MARK: Filling

    /// Of a space that is full, a listing adds no more, and a single read takes the place of the oldest.
    mutating func add(_ entry: Entry, isListed: Bool) {
        if began == nil { began = entry.seen }
        var entry = entry
        entry.key = entry.key?.indexed
        entry.name = entry.name?.indexed
        let identity = Identity(entry)
        let before = self[identity]
        if before == nil, spaces[entry.spaceID]?.count ?? 0 >= Self.mostInSpace {
            guard !isListed, let oldest = spaces[entry.spaceID]?.values.min(by: { $0.seen < $1.seen }) else { return }
            remove(Identity(oldest))
        }
        spaces[entry.spaceID, default: [:]][entry.id] = entry
        if before == nil || before?.name != entry.name || before?.key != entry.key { note(identity) }
        hasNews = true
        if !gone.isEmpty { gone.remove(identity) }
    }

    mutating func remove(_ identity: Identity) {
        spaces[identity.spaceID]?[identity.id] = nil
        guard isKept else { return }
        gone.insert(identity)
        hasNews = true
    }

    mutating func finishListing(of spaceID: String, since began: Int64) {
        spaces[spaceID] = spaces[spaceID]?.filter { $0.value.seen >= began }
        guard isKept else { return }
        listings[spaceID] = began
        hasNews = true
    }

    // MARK: Looking

    /// The entries whose text of a field begins with a text in lower case, sorted by that text.
    mutating func matches(
        _ prefix: String, _ field: AudienceIndex.Field, _ spaceID: String?, _ limit: Int
    ) -> [Entry] {
        prepareForQuestions()
        var found: [(text: String, entry: Entry)] = []
        for item in ordered.items(of: field, startingWith: prefix) {
            if found.count == limit { break }
            guard spaceID == nil || item.identity.spaceID == spaceID, !recent.contains(item.identity),
                let entry = self[item.identity]
            else { continue }
            found.append((item.text, entry))
        }
        for identity in recent where spaceID == nil || identity.spaceID == spaceID {
            guard let entry = self[identity], let original = entry.text(of: field), original.mayBegin(with: prefix)
            else { continue }
            let text = original.lowercased()
            guard text.utf8.starts(with: prefix.utf8) else { continue }
            if found.count == limit, let last = found.last, !Self.isBefore((text, entry), last) { continue }
            let place = found.firstIndex { Self.isBefore((text, entry), $0) } ?? found.endIndex
            found.insert((text, entry), at: place)
            if found.count > limit { found.removeLast() }
        }
        return found.map(\.entry)
    }

    private static func isBefore(_ left: (text: String, entry: Entry), _ right: (text: String, entry: Entry)) -> Bool {
        OrderedEntries.Item(text: left.text, identity: Identity(left.entry))
            .precedes(OrderedEntries.Item(text: right.text, identity: Identity(right.entry)))
    }

    // MARK: Order

    /// Whether enough was added to make the order anew.
    var wantsOrder: Bool { recent.count > Self.fewRecent && addedMeanwhile == nil }

    /// What is to be put in order; nil when that is under way or done.
    mutating func beginOrdering() -> [Entry]? {
        prepareForQuestions()
        guard addedMeanwhile == nil, !recent.isEmpty else { return nil }
        addedMeanwhile = []
        return spaces.values.flatMap(\.values)
    }

    mutating func endOrdering(_ ordered: OrderedEntries) {
        self.ordered = ordered
        recent = addedMeanwhile ?? []
        addedMeanwhile = nil
    }

    private mutating func prepareForQuestions() {
        guard !wasAsked else { return }
        wasAsked = true
        for (spaceID, entries) in spaces {
            for id in entries.keys { recent.insert(Identity(spaceID: spaceID, id: id)) }
        }
    }

    private mutating func note(_ identity: Identity) {
        guard wasAsked else { return }
        recent.insert(identity)
        addedMeanwhile?.insert(identity)
    }

    // MARK: The state file

    mutating func load(_ entries: [Entry], of token: String) {
        guard self.token ?? token == token else { return }
        for entry in entries where entry.seen < began ?? .max {
            let identity = Identity(entry)
            guard self[identity] == nil, listings[entry.spaceID] == nil, !gone.contains(identity) else { continue }
            spaces[entry.spaceID, default: [:]][entry.id] = entry
            note(identity)
        }
        self.token = token
    }

    mutating func takeNews(of token: String) -> IndexNews? {
        if let before = self.token, before != token, let began {
            spaces = spaces.mapValues { $0.filter { $0.value.seen >= began } }
        }
        self.token = token
        guard isKept, hasNews else { return nil }
        let isNews = taken
        defer {
            hasNews = false
            gone = []
            listings = [:]
        }
        var news = IndexNews()
        for (spaceID, entries) in spaces {
            let fresh = entries.values.filter { $0.seen >= isNews && $0.seen >= began ?? .max }
            taken = fresh.reduce(taken) { max($0, $1.seen) }
            if listings[spaceID] == nil, !fresh.isEmpty { news.spaces[spaceID] = IndexNews.SpaceNews(entries: fresh) }
        }
        for (spaceID, began) in listings {
            let entries = Array((spaces[spaceID] ?? [:]).values)
            news.spaces[spaceID] = IndexNews.SpaceNews(
                entries: entries, listing: IndexNews.Listing(began: began, digest: IndexNews.digest(of: entries))
            )
        }
        for identity in gone where listings[identity.spaceID] == nil {
            news.spaces[identity.spaceID, default: IndexNews.SpaceNews()].gone.append(identity.id)
        }
        return news.spaces.isEmpty ? nil : news
    }
}

extension String {
    /// A name may be as long as its author likes; nobody completes to one that fills the screen.
    fileprivate var indexed: String? { utf8.count <= 512 ? self : nil }

    /// False when the first letter already differs, which spares most texts the change of their case.
    fileprivate func mayBegin(with prefix: String) -> Bool {
        guard let wanted = prefix.utf8.first, let first = utf8.first, first < 0x80, wanted < 0x80 else { return true }
        return first == wanted || (0x41...0x5A).contains(first) && first | 0x20 == wanted
    }

    /// Byte by byte, so that all texts with one beginning stand together.
    func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
