/// The order of `sort by`: a merge sort of places by their keys, which are held in one row.
///
/// It is written out because the standard library's sort cannot stop before its end, and a list may be long. Stable,
/// O(n log n).
struct KeyOrder {
    /// What is sorted.
    var items: [Value] = []
    var keys: [Value] = []
    /// How many keys an item has.
    let width: Int
    /// A bit for each key that is sorted downwards.
    let descending: UInt16

    /// Runs this short are sorted by insertion.
    private static let run = 16

    /// What it works in; the caller owns it, so that an interrupted sort can be freed beside.
    struct Places {
        /// The places of the items, in the end in the order of their keys.
        var order: [Int] = []
        fileprivate var other: [Int] = []
    }

    /// Puts the places of the items into the order of their keys.
    func sort(in work: inout Places, _ meter: Meter) throws(RuntimeError) {
        let count = items.count
        // A key that would be compared with none, or with nulls alone, has to have an order all the same.
        try meter.inPieces(keys.indices) { (places) throws(RuntimeError) in
            for place in places where !keys[place].hasOrder { _ = try isBefore(place / width, place / width, meter) }
        }
        work.order.reserveCapacity(count)
        work.other.reserveCapacity(count)
        try meter.inPieces(0..<count) { (places) throws(RuntimeError) in
            work.order += places
            work.other += places
        }
        for start in stride(from: 0, to: count, by: Self.run) {
            let end = min(start + Self.run, count)
            for next in start + 1..<max(end, start + 1) {
                let moved = work.order[next]
                var hole = next
                while hole > start, try isBefore(moved, work.order[hole - 1], meter) {
                    work.order[hole] = work.order[hole - 1]
                    hole -= 1
                }
                work.order[hole] = moved
            }
        }
        var length = Self.run
        while length < count {
            for start in stride(from: 0, to: count, by: 2 * length) {
                let middle = min(start + length, count)
                let end = min(start + 2 * length, count)
                try merge(work.order, start, middle, end, into: &work.other, meter)
            }
            swap(&work.order, &work.other)
            length *= 2
        }
    }

    private func merge(
        _ order: [Int], _ start: Int, _ middle: Int, _ end: Int, into other: inout [Int], _ meter: Meter
    ) throws(RuntimeError) {
        var (left, right) = (start, middle)
        for place in start..<end {
            let takesRight =
                if left >= middle {
                    true
                } else if right >= end {
                    false
                } else {
                    try isBefore(order[right], order[left], meter)
                }
            other[place] = order[takesRight ? right : left]
            if takesRight { right += 1 } else { left += 1 }
        }
    }

    /// Whether an item comes before another, behind which it stands when they are equal. Nulls are last in both
    /// directions.
    private func isBefore(_ left: Int, _ right: Int, _ meter: Meter) throws(RuntimeError) -> Bool {
        for key in 0..<width {
            let (x, y) = (keys[left * width + key], keys[right * width + key])
            try meter.charge()
            switch (x, y) {
            case (.null, .null): continue
            case (.null, _): return false
            case (_, .null): return true
            case (.string(let text), _): try meter.charge(bytes: text.utf8.count)
            default: break
            }
            let order: Int
            do {
                order = try Operators.compare(x, y)
            } catch {
                throw naming(max(left, right), in: error)
            }
            if order != 0 { return (order < 0) != (descending & (1 << UInt16(key)) != 0) }
        }
        return false
    }

    /// The error with the item whose key cannot be compared with those before it.
    private func naming(_ place: Int, in error: RuntimeError) -> RuntimeError {
        var error = error
        error.item = items[place]
        error.label = "item \(place + 1) of \(items.count): \(Printer.summary(items[place].named))"
        return error
    }
}

extension Value {
    /// Whether values of this type can be sorted; null goes last.
    fileprivate var hasOrder: Bool {
        switch self {
        case .null, .bool, .int, .float, .date, .duration, .string: true
        case .list, .record, .function, .regex: false
        }
    }
}
