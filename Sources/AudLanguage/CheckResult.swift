/// What can be said about a text without running it.
public struct CheckResult: Sendable {
    /// Errors and warnings, by place.
    public var diagnostics: [Diagnostic]
    /// What would run: its params, its help and its effects; nil when there are errors.
    public var chunk: Interpreter.Chunk?
    /// What is still open at the end of a text that is only a beginning, outermost first.
    public var open: [String]?

    init(_ result: Interpreter.LoadResult) {
        switch result {
        case .ready(let chunk, let warnings): (diagnostics, self.chunk) = (warnings, chunk)
        case .incomplete(let open): (diagnostics, self.open) = ([], open)
        case .failed(let diagnostics): self.diagnostics = diagnostics
        }
    }
}
