/// A place of a script that read a field whose value a host only simulates (``Shape/simulated``).
public struct SimulatedRead: Sendable, Hashable {
    /// The field's name.
    public var field: String
    /// Where it is read.
    public var span: Span
}
