/// Numbers distinct keys in the order in which they come, for `unique`, `group by` and `in`. A key is one value or
/// several; two are the same exactly when the language's `==` says so.
///
/// Swift's own sets cannot stop in the middle of a comparison, and values that share their parts can take longer to
/// compare than anyone would wait.
struct ValueTable {
    private var keys = GrowingArray<Value>()
    /// How many values a key has.
    private let width: Int
    /// The last key of each hash, and for each key the one before it with the same hash.
    private var heads = GrowingIndex<Int>()
    private var previous = GrowingArray<Int>()

    init(width: Int = 1) { self.width = width }

    /// How many keys there are.
    var count: Int { previous.count }

    /// The number of a key.
    func place(of key: some RandomAccessCollection<Value>, _ meter: Meter) throws(RuntimeError) -> Int? {
        try find(key, hash: try hash(of: key, meter), meter)
    }

    /// The number of a key, which is added when there is none.
    mutating func insert(
        _ key: some RandomAccessCollection<Value>, _ meter: Meter
    ) throws(RuntimeError) -> (place: Int, isNew: Bool) {
        let hash = try hash(of: key, meter)
        if let place = try find(key, hash: hash, meter) { return (place, false) }
        for value in key { keys.append(value) }
        previous.append(heads.update(hash, count) ?? -1)
        return (count - 1, true)
    }

    /// Has the keys freed in parts, when there are many.
    func release() {
        guard keys.isLong else { return }
        keys.release()
        previous.release()
        heads.release()
    }

    private func find(
        _ key: some RandomAccessCollection<Value>, hash: Int, _ meter: Meter
    ) throws(RuntimeError) -> Int? {
        var place = heads[hash] ?? -1
        while place >= 0 {
            var isSame = true
            for (offset, value) in key.enumerated() where isSame {
                isSame = try Operators.equal(keys[place * width + offset], value, meter)
            }
            if isSame { return place }
            place = previous[place]
        }
        return nil
    }

    private func hash(of key: some RandomAccessCollection<Value>, _ meter: Meter) throws(RuntimeError) -> Int {
        var hasher = Hasher()
        for value in key { try Operators.hash(value, into: &hasher, meter) }
        return hasher.finalize()
    }
}
