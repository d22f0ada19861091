/// A call in progress. Plain numbers only: frames are pushed and popped without reference counts.
package struct Frame {
    /// Its place in `Program.functions`.
    package var function: Int
    /// The instruction to go on with, while another frame runs.
    package var pc: Int
    /// Its first register.
    package var base: Int
    package var iteratorBase: Int
    package var accumulatorBase: Int
    /// The caller's register for the result.
    package var result: UInt16
    /// A bit for each parameter that was given.
    package var given: UInt64
    /// How many handlers there were when it began.
    package var handlers: Int
}

/// A closure that runs, and the frame that it runs in.
package struct RunningClosure {
    package var frame: Int
    package var function: FunctionValue
}

/// Where an error goes: a `catch` or the `else` of a `try`.
package struct Handler {
    package var frame: Int
    package var pc: Int
    package var register: UInt16
}

/// A list that is being gone through, or a listing whose pages are read when they are needed.
package struct IteratorState {
    /// The list, so that its end is not before that of the loop.
    private var list: ListValue?
    package var items: [Value] = []
    /// The next item of `items`, or of the range.
    package var index = 0
    package var count = 0
    /// For a range: the first number. `items` is then empty.
    package var lower: Int64?
    /// For a listing: where and how it goes on; nil when all pages are here.
    package var listing: Listing?
    /// Items that earlier pages had.
    package var passed = 0
    /// How many items there are in all, when that is known.
    package var total: Int?

    package struct Listing {
        package var space: String?
        package var cursor: ListingCursor?
    }

    package init() {}

    package init(_ list: ListValue) {
        self.list = list
        count = list.count
        total = list.count
        switch list.storage {
        case .items(let items): self.items = items
        case .range(let lower, _): self.lower = lower
        }
    }
}

/// A list, a set of keys, groups or a record under construction.
final class Accumulator {
    var items = GrowingArray<Value>()
    /// For `sort`: the keys of the items, in turn.
    var keys = GrowingArray<Value>()
    /// For `unique`.
    var seen = ValueTable()
    /// For `group`: the keys, and the items of each.
    var groupKeys: ValueTable?
    var groups = GrowingArray<Group>()
    var record = RecordBuilder()
    var reducer: Reducer?

    deinit {
        if items.isLong { items.release() }
        if keys.isLong { keys.release() }
        if groups.isLong { groups.release() }
        seen.release()
        groupKeys?.release()
        record.release()
    }
}

/// The items of one key, for `group`.
final class Group {
    let keys: [Value]
    var items: GrowingArray<Value>

    init(_ keys: [Value], _ first: Value) {
        self.keys = keys
        items = GrowingArray(first)
    }

    deinit { if items.isLong { items.release() } }
}
