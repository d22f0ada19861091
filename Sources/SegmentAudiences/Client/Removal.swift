// How a removal ended well.

/// The outcome of a removal.
public enum Removal: Sendable, Hashable {
    /// Segment confirmed the removal.
    case removed
    /// An earlier try had no answer, and the audience is no longer there: that try (or somebody else) removed it.
    case goneAfterRetry
}
