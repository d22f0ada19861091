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

    private static func listError(_ count: Int, _ limit: Int) -> RuntimeError {
        RuntimeError(
            .listLimit, .limit, "a list would have \(count) items; the limit is \(limit)",
            help: "keep less at a time with `where`, `take` or `first`, or raise the limit of the list length")
    }

    private static func stringError(_ limit: Int) -> RuntimeError {
        RuntimeError(
            .stringLimit, .limit, "a string would have more than \(limit) bytes, which is the limit",
            help: "build a list of lines instead of one string, or raise the limit of the string length")
    }

    private static func depthError() -> RuntimeError {
        RuntimeError(
            .valueDepthLimit, .limit, "lists and records would nest more than \(Value.maximumDepth) deep",
            help: "keep nested data flat, for example as a list of records that name their parent")
    }
}
