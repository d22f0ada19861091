public import AudLanguage

/// Why the state database cannot be used.
public struct StateError: Error, Sendable, Hashable {
    /// What is wrong, naming the file.
    public var message: String
    /// What to do about it.
    public var help: String?

    init(_ message: String, help: String? = nil) {
        self.message = message
        self.help = help
    }

    /// The error as a diagnostic.
    public var diagnostic: Diagnostic {
        Diagnostic(.stateUnusable, message, at: nil, help: help)
    }
}
