/// An array under construction, held in pieces.
///
/// An array that doubles copies all that it has in one go, and a dictionary places all its keys anew. With ten million
/// items that takes longer than a person should wait after Ctrl-C, and nothing can interrupt it. Here no step takes longer
/// than a piece does. What has at most one piece is an ordinary array.
struct GrowingArray<Element> {
    private static var pieceShift: Int { 16 }
    private static var pieceLength: Int { 1 << pieceShift }

    /// Pieces that have all their items.
    private var full: [[Element]] = []
    private var last: [Element] = []

    init() {}

    init(_ first: Element) { last = [first] }

    /// How many items it has. O(1).
    var count: Int { full.count << Self.pieceShift + last.count }

    /// O(1), apart from the copies of one piece.
    @inline(__always)
    mutating func append(_ element: Element) {
        if last.count == Self.pieceLength { fill() }
        last.append(element)
    }

    @inline(never)
    private mutating func fill() {
        full.append(last)
        last = []
        last.reserveCapacity(Self.pieceLength)
    }

    /// The item at a place that is in `0..<count`. O(1).
    subscript(index: Int) -> Element {
        let piece = index >> Self.pieceShift
        return piece < full.count ? full[piece][index & (Self.pieceLength - 1)] : last[index & (Self.pieceLength - 1)]
    }

    /// Whether to free it takes longer than to ask.
    var isLong: Bool { last.count > 64 || !full.isEmpty }

    /// Has the items freed in parts.
    func release() {
        for piece in full { piece.release() }
        last.release()
    }

    /// All items, in one array; it has none afterwards. No copy is made of a single piece, and each other piece is freed
    /// once it is copied. O(count).
    mutating func take(_ meter: Meter) throws(RuntimeError) -> [Element] {
        guard !full.isEmpty else {
            defer { last = [] }
            return last
        }
        return try meter.building([]) { (items: inout [Element]) throws(RuntimeError) in
            items.reserveCapacity(count)
            for piece in full.indices {
                items += full[piece]
                full[piece] = []
                try meter.charge(Meter.interval)
            }
            items += last
            self = GrowingArray()
            return items
        }
    }
}

/// Places by their keys, in parts that grow one at a time (see `GrowingArray`).
struct GrowingIndex<Key: Hashable & Sendable>: Sendable {
    private static var partBits: Int { 8 }
    /// So many keys are one part still.
    private static var undivided: Int { 1 << 16 }

    /// All keys, until there are too many for one part.
    private var whole: [Key: Int] = [:]
    private var parts: [[Key: Int]] = []

    init() {}

    subscript(key: Key) -> Int? { parts.isEmpty ? whole[key] : parts[part(of: key)][key] }

    /// Gives a key a place; returns the one that it had. O(1), apart from placing one part anew.
    mutating func update(_ key: Key, _ place: Int) -> Int? {
        if whole.count == Self.undivided { divide() }
        guard !parts.isEmpty else { return whole.updateValue(place, forKey: key) }
        return parts[part(of: key)].updateValue(place, forKey: key)
    }

    /// Has the keys freed in parts.
    func release() {
        for part in parts { part.release() }
        whole.release()
    }

    private func part(of key: Key) -> Int {
        // The dictionary of a part hashes with a seed of its own, so its keys are spread again.
        Int(truncatingIfNeeded: UInt(bitPattern: key.hashValue) >> (UInt.bitWidth - Self.partBits))
    }

    private mutating func divide() {
        parts = Array(repeating: [:], count: 1 << Self.partBits)
        for (key, place) in whole { parts[part(of: key)][key] = place }
        whole = [:]
    }
}

extension GrowingArray: Sendable where Element: Sendable {}
