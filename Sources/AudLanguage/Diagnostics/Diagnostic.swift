/// One message about a source text: what is wrong, where, and what would be right.
public struct Diagnostic: Error, Hashable {
    /// How bad it is.
    public enum Severity: String, Sendable {
        /// The script does not run.
        case error
        /// The script runs, and may not do what was meant.
        case warning
    }

    /// One line of the script's call stack, innermost first.
    public struct StackEntry: Sendable, Hashable {
        /// The call or the stage.
        public var span: Span
        /// For example `in where`, `in retire`, `in script`.
        public var label: String
        /// For example `item 17 of 212: "Spring promo"`.
        public var item: String?

        /// Makes an entry.
        public init(span: Span, label: String, item: String? = nil) {
            self.span = span
            self.label = label
            self.item = item
        }
    }

    /// Which rule was broken; `aud explain CODE` tells more.
    public var code: Code
    /// Errors stop a script, warnings do not.
    public var severity: Severity
    /// One sentence, without a full stop.
    public var message: String
    /// Where; nil when the trouble has no place in a source text.
    public var span: Span?
    /// A few words under the carets.
    public var label: String?
    /// What to write instead.
    public var help: String?
    /// Further facts.
    public var notes: [String]
    /// The script's call stack, for errors of a run.
    public var stack: [StackEntry]

    /// Makes a diagnostic.
    public init(
        _ code: Code, _ message: String, at span: Span?, label: String? = nil, help: String? = nil,
        notes: [String] = [], stack: [StackEntry] = [], severity: Severity = .error
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.span = span
        self.label = label
        self.help = help
        self.notes = notes
        self.stack = stack
    }
}
