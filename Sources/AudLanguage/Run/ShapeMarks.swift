/// What a dry run says of the fields of a record: which of them rest on changes that were not sent.
public struct ShapeMarks: Sendable, Hashable {
    /// The fields whose values a host had to keep although they are not what they would be: what a dry run has changed
    /// still has the `status` of before. The machine notes where a script reads one.
    public var simulated: [String]
    /// The fields whose values are as a recorded change leaves them.
    public var recorded: [String]

    public init(simulated: [String] = [], recorded: [String] = []) {
        self.simulated = simulated
        self.recorded = recorded
    }

    /// Whether no field is marked.
    public var isEmpty: Bool { simulated.isEmpty && recorded.isEmpty }

    /// The marks of the fields that a test holds for.
    package func filter(_ isKept: (String) -> Bool) -> ShapeMarks {
        ShapeMarks(simulated: simulated.filter(isKept), recorded: recorded.filter(isKept))
    }
}
