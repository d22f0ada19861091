/// The limits on the size of values, checked where lists, records and strings are built: before the memory is taken
/// where the size is known before.
extension Limits {
    /// Throws when a list of this many items may not be.
    @inline(__always)
    package func check(listLength count: Int) throws(RuntimeError) {
        if count > listLength { throw Limits.listError(count, listLength) }
    }

    /// Throws when a string of this many UTF-8 bytes may not be.
    @inline(__always)
    package func check(stringBytes count: Int) throws(RuntimeError) {
        if count > stringBytes { throw Limits.stringError(stringBytes) }
    }

    /// Throws when a list or record that nests this deep may not be.
    @inline(__always)
    package static func check(depth: Int) throws(RuntimeError) {
        if depth > Value.maximumDepth { throw depthError() }
    }

    /// Throws when a range of this many items may not be: it is held lazily, but its items can be had at any time.
    func check(rangeLength count: Int) throws(RuntimeError) {
        guard count > listLength else { return }
        var error = Self.listError(count, listLength)
        error.help = "a `while` loop counts without a list; or raise the limit with --max-list"
        throw error
    }

    private static func listError(_ count: Int, _ limit: Int) -> RuntimeError {
        RuntimeError(
            .listLimit, .limit,
            "a list would have \(count == .max ? "more than \(limit)" : "\(count)") items; the limit is \(limit)",
            help: "keep less at a time with `where`, `take` or `first`, or raise the limit with --max-list")
    }

    private static func stringError(_ limit: Int) -> RuntimeError {
        RuntimeError(
            .stringLimit, .limit, "a string would have more than \(Limits.text(ofBytes: limit)), which is the limit",
            help: "build a list of lines instead of one string, or raise the limit with --max-string")
    }

    /// As `--max-string` and `--max-memory` take it.
    static func text(ofBytes count: Int) -> String {
        for (name, shift) in [("GB", 30), ("MB", 20), ("KB", 10)] where count >= 1 << shift && count % (1 << shift) == 0
        {
            return "\(count >> shift) \(name)"
        }
        return count == 1 ? "1 byte" : "\(count) bytes"
    }

    func stepError() -> RuntimeError {
        RuntimeError(
            .stepLimit, .limit, "the script took more than \(steps) steps",
            help: "a loop may not end; if it is meant to be so long, raise the limit with --max-steps")
    }

    func memoryError() -> RuntimeError {
        RuntimeError(
            .memoryLimit, .limit, "the script built values of more than \(Limits.text(ofBytes: allocation))",
            help:
                "a loop may build lists or strings without end; if they are meant to be so large, raise the limit with "
                + "--max-memory")
    }

    private static func depthError() -> RuntimeError {
        RuntimeError(
            .valueDepthLimit, .limit, "lists and records would nest more than \(Value.maximumDepth) deep",
            help: "keep nested data flat, for example as a list of records that name their parent")
    }
}
