/// A place of a script whose course rests on something that a host only simulates.
public struct SimulatedRead: Sendable, Hashable {
    /// What the script learned there.
    public enum Subject: Sendable, Hashable {
        /// A field of an audience that a recorded change has left behind (``Shape/simulated``).
        case audience(field: String)
        /// What became of a change that is only planned.
        case outcome(field: String)
        /// That a planned change did not fail, where a `catch` or an `else` would have taken the failure.
        case success
    }

    public var subject: Subject
    /// Where it is.
    public var span: Span
}
