/// What a run may use. Each limit has its own code (`L3…`), so that a message can say which one to raise.
public struct Limits: Sendable, Hashable {
    /// Back-edges of loops, items of stages, calls, and what goes on inside of a step: an item, or 64 bytes of text, that
    /// a built-in, an operator or a stage works on.
    public var steps: Int = 1_000_000_000
    /// Calls inside calls.
    public var callDepth: Int = 1_000
    /// Items of one list.
    public var listLength: Int = 10_000_000
    /// UTF-8 bytes of one string.
    public var stringBytes: Int = 64 << 20
    /// Bytes that all lists, records and strings of the run are estimated to take, freed ones included. It is checked
    /// before memory is taken, so that no single value goes far beyond it.
    public var allocation: Int = 16 << 30
    /// Requests to the API.
    public var requests: Int = 100_000
    /// Changes asked for.
    public var changes: Int = 100_000

    public init() {}
}
