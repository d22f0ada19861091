/// How the shell ended.
package enum ShellEnd: Sendable, Hashable {
    /// The person left.
    case left
    /// The person goes on with another profile.
    case switched(profile: String)
    /// The terminal is gone, or the process was asked to end.
    case closed
    /// Standard output cannot be written any more.
    case outputFailed
}
