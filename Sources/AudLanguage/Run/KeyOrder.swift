/// The order of `sort by`: a merge sort of places by their keys, which are held in one row.
///
/// It is written out because the standard library's sort cannot stop before its end, and a list may be long. Stable,
/// O(n log n).
struct KeyOrder {
    /// What is sorted.
    let items: [Value]
    let keys: [Value]
    /// How many keys an item has.
    let width: Int
    /// A bit for each key that is sorted downwards.
    let descending: UInt16

    /// Runs this short are sorted by insertion.
    private static let run = 16

    /// The places of the items in the order of their keys.
    func sorted(_ meter: Meter) throws(RuntimeError) -> [Int] {
        let count = items.count
        var order: [Int] = []
        order.reserveCapacity(count)
        try meter.inPieces(0..<count) { (places) throws(RuntimeError) in order += places }
        for start in stride(from: 0, to: count, by: Self.run) {
            let end = min(start + Self.run, count)
            for next in start + 1..<max(end, start + 1) {
                let moved = order[next]
                var hole = next
                while hole > start, try isBefore(moved, order[hole - 1], meter) {
                    order[hole] = order[hole - 1]
                    hole -= 1
                }
                order[hole] = moved
            }
        }
        var other: [Int] = []
        other.reserveCapacity(count)
        try meter.inPieces(0..<count) { (places) throws(RuntimeError) in other += order[places] }
        var length = Self.run
        while length < count {
            for start in stride(from: 0, to: count, by: 2 * length) {
                let middle = min(start + length, count)
                let end = min(start + 2 * length, count)
                try merge(order, start, middle, end, into: &other, meter)
            }
            swap(&order, &other)
            length *= 2
        }
        return order
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
