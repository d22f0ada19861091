/// What stages need: iterators, order, groups, reductions.
extension Machine {
    mutating func iterator(over value: Value, use: UInt8) throws(RuntimeError) -> IteratorState {
        if case .list(let list) = value { return IteratorState(list) }
        switch IterationUse(rawValue: use) {
        case .flatten:
            // Only lists are opened; anything else stands for itself.
            return IteratorState(ListValue([value]))
        case .loop:
            throw notAList(value, "`for`")
        case .stage, nil:
            if case .function = value {
                throw RuntimeError(
                    .wrongType, .type, "a function cannot be piped",
                    help: "call it: `f(x) | …`, or pipe into it: `x | f`")
            }
            throw notAList(value, "this stage")
        }
    }

    /// An iterator over the audiences of a space, of which nothing is read yet.
    mutating func listing(of space: Value) throws(RuntimeError) -> IteratorState {
        var state = IteratorState()
        state.listing = IteratorState.Listing(space: try spaceName(space), cursor: nil)
        return state
    }

    /// The space that a value names: a text, a space record, or null for the session's.
    func spaceName(_ value: Value) throws(RuntimeError) -> String? {
        switch value {
        case .null: return nil
        case .string(let name): return name
        case .record(let record):
            if record.kind == .space, case .string(let id)? = record["id"] { return id }
        default: break
        }
        throw RuntimeError(
            .wrongType, .type, "a space is named by a text, not by \(Operators.described(value))",
            help: "for example `list(\"prod\")`; `spaces()` has those that are known")
    }

    /// The request for an iterator's next page; nil when there is none.
    mutating func nextPage(_ slot: Int) -> Request? {
        guard let listing = iterators[slot].listing else { return nil }
        pending = .page(iterator: slot)
        return .page(space: listing.space, cursor: listing.cursor)
    }

    func checkCount(_ value: Value) throws(RuntimeError) {
        switch value {
        case .int(let count):
            guard count < 0 else { return }
            throw RuntimeError(
                .badArgument, .value, "a number of items is 0 or more, not \(count)", help: "for example `| take 5`")
        case .null:
            throw RuntimeError(.nullOperand, .type, "a number of items is needed here, and this is null")
        case .bool, .float, .date, .duration, .string, .list, .record, .function, .regex:
            throw RuntimeError(
                .wrongType, .type, "a number of items is an int, not \(Operators.described(value))",
                help: "for example `| take 5`")
        }
    }

    func checkAtMost(_ value: Value, _ most: Value) throws(RuntimeError) {
        let count = try list(value, "`at most`").count
        guard case .int(let cap) = most, count > cap else { return }
        throw RuntimeError(
            .atMost, .limit, "the list has \(counted(count, "item")), and `at most` allows \(cap)",
            help: "look at what was selected, then narrow it or raise the cap")
    }

    mutating func reversed(_ value: Value) throws(RuntimeError) -> Value {
        let meter = beginWork()
        defer { endWork() }
        let list = try list(value, "`reverse`")
        try charge(list.count * Meter.itemBytes)
        var items: [Value] = []
        items.reserveCapacity(list.count)
        try meter.inPieces(0..<list.count) { (places) throws(RuntimeError) in
            for place in places { items.append(list[list.count - 1 - place]) }
        }
        return .list(try ListValue.checked(consume items, meter))
    }

    mutating func tail(_ value: Value, _ most: Value?) throws(RuntimeError) -> Value {
        let list = try list(value, "`last`")
        guard let most else { return list.count == 0 ? .null : list[list.count - 1] }
        guard case .int(let count) = most, count < list.count else { return value }
        let meter = beginWork()
        defer { endWork() }
        try charge(Int(count) * Meter.itemBytes)
        return .list(try list.slice(list.count - Int(count)..<list.count, meter))
    }

    // MARK: Order and groups

    /// The items in the order of their keys: stable, with nulls last in both directions.
    mutating func sorted(_ slot: Int, keys: Int, descending: UInt16) throws(RuntimeError) -> Value {
        let accumulator = accumulators[slot]
        let meter = beginWork()
        defer { endWork() }
        // The order, and the sorted items.
        try charge(accumulator.items.count * 2 * Meter.itemBytes)
        let keyed = KeyOrder(width: keys, descending: descending)
        let sorted = try meter.building((keyed, KeyOrder.Places(), [])) {
            (work: inout (keyed: KeyOrder, places: KeyOrder.Places, sorted: [Value])) throws(RuntimeError) in
            work.keyed.items = try accumulator.items.take(meter)
            work.keyed.keys = try accumulator.keys.take(meter)
            try work.keyed.sort(in: &work.places, meter)
            work.sorted.reserveCapacity(work.places.order.count)
            try meter.inPieces(work.places.order.indices) { (places) throws(RuntimeError) in
                for place in places { work.sorted.append(work.keyed.items[work.places.order[place]]) }
            }
            // Held in one place only, so that they are freed and not copied.
            let keys = work.keyed.keys
            work.keyed.keys = []
            keys.release()
            return try ListValue.checked(work.sorted, meter)
        }
        accumulators[slot] = Accumulator()
        return .list(sorted)
    }

    /// Whether no item before had this key.
    mutating func isNew(_ key: Value, in accumulator: Accumulator) throws(RuntimeError) -> Bool {
        let meter = beginWork()
        defer { endWork() }
        guard try accumulator.seen.insert(CollectionOfOne(key), meter).isNew else { return false }
        try charge(Meter.headBytes)
        return true
    }

    mutating func group(_ item: Value, keys: [Value], in accumulator: Accumulator) throws(RuntimeError) {
        let meter = beginWork()
        defer { endWork() }
        try charge(Meter.grownBytes)
        var table = accumulator.groupKeys ?? ValueTable(width: keys.count)
        // Held in one place only, so that it is not copied.
        accumulator.groupKeys = nil
        let (place, isNew) = try table.insert(keys, meter)
        accumulator.groupKeys = table
        if isNew {
            try charge(2 * Meter.headBytes)
            accumulator.groups.append(Group(keys, item))
        } else {
            accumulator.groups[place].items.append(item)
        }
    }

    mutating func groups(_ slot: Int, _ shape: Shape) throws(RuntimeError) -> Value {
        let meter = beginWork()
        defer { endWork() }
        let accumulator = accumulators[slot]
        let list = try meter.building([]) { (records: inout [Value]) throws(RuntimeError) in
            records.reserveCapacity(accumulator.groups.count)
            for place in 0..<accumulator.groups.count {
                try meter.charge()
                let group = accumulator.groups[place]
                let items = try ListValue.checked(try group.items.take(meter), meter)
                let values = group.keys + [.int(Int64(items.count)), .list(items)]
                try meter.allocate(values.count * Meter.itemBytes + Meter.headBytes)
                records.append(.record(try RecordValue.checked(shape, values, limits)))
            }
            return try ListValue.checked(records, meter)
        }
        accumulators[slot] = Accumulator()
        return .list(list)
    }
}
