public import AudLanguage

/// What became of a text that was given to a session.
public enum RunResult: Sendable {
    /// It is the beginning of something; `open` has what is still open, outermost first.
    case incomplete(open: [String])
    /// It cannot run, and nothing of it ran. The exit code is ``ExitCode/script``.
    case rejected([Diagnostic])
    case finished(RunReport)
}
