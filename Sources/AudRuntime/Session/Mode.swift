/// What becomes of the changes that a script asks for.
public enum Mode: String, Sendable, Hashable, CaseIterable {
    /// They are recorded in a plan; nothing is sent.
    case dryRun = "dry run"
    /// They are sent as the script reaches them.
    case live
}
