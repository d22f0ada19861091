// The two readings of "requests per minute".

/// How the server counts calls. Segment does not say which it uses; what is seen of it fits the first.
public enum SandboxRateModel: String, Sendable, CaseIterable {
    /// A window opens at the first call, and rejected calls count in it.
    case fixedWindow
    /// At most L accepted calls in any window's length back from now.
    case slidingLog
}
