private import Synchronization

/// A list: either its items, or a range that is held lazily.
///
/// A long list that is searched more than once with `in` remembers its items as a set, so that a `where .key in xs`
/// over another long list does not take the product of their lengths.
public final class ListValue: Sendable {
    package enum Storage: Sendable {
        case items([Value])
        /// The integers from `lower` up to, not including, `upper`.
        case range(lower: Int64, upper: Int64)
    }

    package let storage: Storage
    /// 1 for a list of plain values. The caller has checked it against `Value.maximumDepth`.
    package let depth: Int
    private let members = Mutex(Members.unasked)

    /// A short list is searched faster than a value is hashed.
    private static let searched = 24

    /// What `contains` has learnt.
    private enum Members {
        case unasked
        case askedOnce
        case known(ValueTable)
    }

    /// Makes a list. The caller keeps the limits on length and depth; `checked` does it for values of a script.
    /// O(count), to know its depth.
    public init(_ items: [Value]) {
        storage = .items(items)
        var deepest = 0
        for item in items { deepest = max(deepest, item.depth) }
        depth = deepest + 1
    }

    /// Makes the list of the integers from `lower` up to, not including, `upper`, which is not less. O(1).
    package init(lower: Int64, upper: Int64) {
        storage = .range(lower: lower, upper: upper)
        depth = 1
    }

    /// How many items it has. O(1).
    public var count: Int {
        switch storage {
        case .items(let items): items.count
        case .range(let lower, let upper): Int(upper - lower)
        }
    }

    /// The item at a place that is in `0..<count`. O(1).
    public subscript(index: Int) -> Value {
        switch storage {
        case .items(let items): items[index]
        case .range(let lower, _): .int(lower + Int64(index))
        }
    }

    /// All items. O(1), and O(count) for a range.
    public var items: [Value] {
        switch storage {
        case .items(let items): items
        case .range(let lower, let upper): (lower..<upper).map { .int($0) }
        }
    }

    /// Makes a list that keeps the limits on length and depth. O(count).
    package static func checked(_ items: consuming [Value], _ meter: Meter) throws(RuntimeError) -> ListValue {
        guard items.count > Meter.interval else { return try measured(items, meter) }
        return try meter.building(items) { (items) throws(RuntimeError) in try measured(items, meter) }
    }

    private static func measured(_ items: [Value], _ meter: Meter) throws(RuntimeError) -> ListValue {
        try meter.limits.check(listLength: items.count)
        var deepest = 0
        try meter.inPieces(items.indices) { (places) throws(RuntimeError) in
            for place in places { deepest = max(deepest, items[place].depth) }
        }
        try Limits.check(depth: deepest + 1)
        return ListValue(items, depth: deepest + 1)
    }

    private init(_ items: [Value], depth: Int) {
        storage = .items(items)
        self.depth = depth
    }

    deinit {
        guard case .items(let items) = storage else { return }
        if !Meter.mayFree(items.count) { Meter.keep(items, arePlain: depth == 1) }
        guard items.count > Self.searched else { return }
        if case .known(let table) = members.withLock({ $0 }) { table.release() }
    }

    /// All items, in time that is bounded by a meter.
    package func items(_ meter: Meter) throws(RuntimeError) -> [Value] {
        guard case .range(let lower, _) = storage else { return items }
        try meter.check(listLength: count)
        try meter.allocate(count * Meter.itemBytes)
        var items: [Value] = []
        items.reserveCapacity(count)
        try meter.inPieces(0..<count) { (places) throws(RuntimeError) in
            for place in places { items.append(.int(lower + Int64(place))) }
        }
        return items
    }

    /// The items of a range of places.
    package func slice(_ places: Range<Int>, _ meter: Meter) throws(RuntimeError) -> ListValue {
        switch storage {
        case .range(let lower, _):
            return ListValue(lower: lower + Int64(places.lowerBound), upper: lower + Int64(places.upperBound))
        case .items(let items):
            try meter.check(listLength: places.count)
            var part: [Value] = []
            part.reserveCapacity(places.count)
            try meter.inPieces(places) { (places) throws(RuntimeError) in part += items[places] }
            return try ListValue.checked(consume part, meter)
        }
    }

    /// One list of the items of several.
    package static func joined(_ lists: [ListValue], _ meter: Meter) throws(RuntimeError) -> ListValue {
        let count = lists.reduce(0) { $0 + $1.count }
        try meter.check(listLength: count)
        try meter.allocate(count * Meter.itemBytes)
        var items: [Value] = []
        items.reserveCapacity(count)
        for list in lists { try list.append(to: &items, meter) }
        return try checked(consume items, meter)
    }

    /// Adds all items to others.
    package func append(to items: inout [Value], _ meter: Meter) throws(RuntimeError) {
        try meter.inPieces(0..<count) { (places) throws(RuntimeError) in
            switch storage {
            case .items(let own): items += own[places]
            case .range(let lower, _): for place in places { items.append(.int(lower + Int64(place))) }
            }
        }
    }

    /// Makes the list of the integers from `low` to `high`, or up to it when not closed; none when `high` is lower. It
    /// keeps the limit on the length, though it is held lazily, so that its items can be had at any time.
    package static func range(
        from low: Int64, to high: Int64, closed: Bool, _ limits: Limits
    ) throws(RuntimeError) -> ListValue {
        guard closed ? low <= high : low < high else { return ListValue(lower: low, upper: low) }
        let (distance, tooFar) = high.subtractingReportingOverflow(low)
        let (count, tooMany) = distance.addingReportingOverflow(closed ? 1 : 0)
        try limits.check(rangeLength: tooFar || tooMany ? .max : Int(count))
        let (upper, beyond) = high.addingReportingOverflow(closed ? 1 : 0)
        // A range that ends with the last int has no bound behind it.
        if beyond { return ListValue((low...high).map { .int($0) }) }
        return ListValue(lower: low, upper: upper)
    }

    /// Whether an item is equal to a value. O(1) for a range; for others O(count) the first time, and O(1) from the
    /// second on when the list is long.
    package func contains(_ value: Value, _ meter: Meter) throws(RuntimeError) -> Bool {
        guard case .items(let items) = storage else {
            return try index(of: value, meter) != nil
        }
        if items.count <= Self.searched { return try index(of: value, meter) != nil }
        let known: ValueTable? = members.withLock { members in
            switch members {
            case .known(let table): return table
            case .unasked:
                members = .askedOnce
                return nil
            case .askedOnce: return ValueTable()
            }
        }
        guard var known else { return try index(of: value, meter) != nil }
        if known.count == 0 {
            try meter.allocate(items.count * Meter.headBytes)
            for item in items { _ = try known.insert(CollectionOfOne(item), meter) }
            members.withLock { $0 = .known(known) }
        }
        return try known.place(of: CollectionOfOne(value), meter) != nil
    }

    /// The place of the first item that is equal to a value. O(1) for a range, else O(count).
    package func index(of value: Value, _ meter: Meter) throws(RuntimeError) -> Int? {
        switch storage {
        case .range(let lower, let upper):
            switch value {
            case .int(let x): return lower <= x && x < upper ? Int(x - lower) : nil
            case .float(let x):
                return Int64(exactly: x).flatMap { lower <= $0 && $0 < upper ? Int($0 - lower) : nil }
            case .null, .bool, .date, .duration, .string, .list, .record, .function, .regex: return nil
            }
        case .items(let items):
            for place in items.indices {
                try meter.charge()
                if try Operators.equal(items[place], value, meter) { return place }
            }
            return nil
        }
    }
}
