public import AudLanguage

/// What became of a text that was given to a session.
public enum RunResult: Sendable {
    /// It is the beginning of something; `open` has what is still open, outermost first.
    case incomplete(open: [String])
    /// It cannot run, and nothing of it ran. The exit code is ``ExitCode/script``.
    case rejected([Diagnostic])
    case finished(RunReport)
}

/// What can be said about a text without running it.
public struct CheckResult: Sendable {
    /// Errors and warnings, by place.
    public var diagnostics: [Diagnostic]
    /// What would run: its params, its help and its effects; nil when there are errors.
    public var chunk: Interpreter.Chunk?
    /// What is still open at the end of a text that is only a beginning.
    public var open: [String]?
}
