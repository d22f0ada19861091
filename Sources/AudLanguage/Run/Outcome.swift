/// What became of one change.
public struct Outcome: Sendable {
    /// The parts of the partition that every run's report adds up to.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// Recorded in a dry run; nothing was sent.
        case planned
        case done
        /// It was so already; nothing was sent.
        case skipped
        /// There was no such audience any more.
        case gone
        /// Something else had changed it since it was read.
        case drifted
        case failed
        /// Sent, and no answer told what became of it.
        case unknown
        case notAttempted
    }

    /// The audience as it was known, or its id.
    public var item: Value
    public var verb: Verb
    public var status: Status
    /// The state before and after: what the verb changes, or null.
    public var before: Value
    public var after: Value
    public var error: RuntimeError?

    public init(
        item: Value, verb: Verb, status: Status, before: Value = .null, after: Value = .null,
        error: RuntimeError? = nil
    ) {
        self.item = item
        self.verb = verb
        self.status = status
        self.before = before
        self.after = after
        self.error = error
    }
}
