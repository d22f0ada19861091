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

    /// What `contains` has learnt.
    private enum Members {
        case unasked
        case askedOnce
        case known(Set<ValueKey>)
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
    package static func checked(_ items: [Value], _ limits: Limits) throws(RuntimeError) -> ListValue {
        try limits.check(listLength: items.count)
        let list = ListValue(items)
        try Limits.check(depth: list.depth)
        return list
    }

    /// Makes the list of the integers from `low` to `high`, or up to it when not closed; none when `high` is lower. It
    /// keeps the limit on the length, though it is held lazily, so that its items can be had at any time.
    package static func range(
        from low: Int64, to high: Int64, closed: Bool, _ limits: Limits
    ) throws(RuntimeError) -> ListValue {
        guard closed ? low <= high : low < high else { return ListValue(lower: low, upper: low) }
        let (distance, tooFar) = high.subtractingReportingOverflow(low)
        let (count, tooMany) = distance.addingReportingOverflow(closed ? 1 : 0)
        try limits.check(listLength: tooFar || tooMany ? .max : Int(count))
        let (upper, beyond) = high.addingReportingOverflow(closed ? 1 : 0)
        // A range that ends with the last int has no bound behind it.
        if beyond { return ListValue((low...high).map { .int($0) }) }
        return ListValue(lower: low, upper: upper)
    }

    /// Whether an item is equal to a value. O(1) for a range; for others O(count) the first time, and O(1) from the
    /// second on when the list is long.
    package func contains(_ value: Value) -> Bool {
        switch storage {
        case .range(let lower, let upper):
            switch value {
            case .int(let x): return lower <= x && x < upper
            case .float(let x): return Int64(exactly: x).map { lower <= $0 && $0 < upper } ?? false
            case .null, .bool, .date, .duration, .string, .list, .record, .function, .regex: return false
            }
        case .items(let items):
            // A short list is searched faster than a value is hashed.
            if items.count <= 24 { return items.contains { Operators.equal($0, value) } }
            return members.withLock { members in
                switch members {
                case .known(let set): return set.contains(ValueKey(value))
                case .unasked:
                    members = .askedOnce
                    return items.contains { Operators.equal($0, value) }
                case .askedOnce:
                    let set = Set(items.lazy.map(ValueKey.init))
                    members = .known(set)
                    return set.contains(ValueKey(value))
                }
            }
        }
    }
}
