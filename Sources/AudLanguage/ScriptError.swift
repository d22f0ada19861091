/// Why a script has no result.
public enum ScriptError: Error, Sendable {
    /// It cannot run, and nothing of it ran.
    case rejected([Diagnostic])
    /// It ran and failed, or was cancelled (`kind` is then `cancelled`). What it did before stays done.
    case failed(RuntimeError)

    /// What there is to say, for a ``DiagnosticRenderer``.
    public var diagnostics: [Diagnostic] {
        switch self {
        case .rejected(let diagnostics): diagnostics
        case .failed(let error): [error.diagnostic]
        }
    }
}
