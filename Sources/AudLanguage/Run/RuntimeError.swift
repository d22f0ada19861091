/// An error of a running script. It is a value: a script may catch it, the host shows it.
public struct RuntimeError: Error, Sendable {
    /// What `e.kind` says.
    public enum Kind: String, Sendable {
        case fail, type, value, name, limit, cancelled, auth, notFound, conflict, rateLimited, network, server

        /// `auth`, `limit` and `cancelled` end the run whatever the script says.
        public var canBeCaught: Bool {
            switch self {
            case .auth, .limit, .cancelled: false
            case .fail, .type, .value, .name, .notFound, .conflict, .rateLimited, .network, .server: true
            }
        }
    }

    public var code: Code
    public var kind: Kind
    /// One sentence, without a full stop.
    public var message: String
    /// What to write or do instead.
    public var help: String?
    /// A few words under the carets.
    public var label: String?
    /// The item that the error is about, for `e.item`.
    public var item: Value
    /// The HTTP status, if one came.
    public var status: Int?
    /// Whether the same might succeed later.
    public var retryable: Bool
    /// Where; the machine fills it in.
    public var span: Span?
    /// The script's call stack, innermost first; the machine fills it in.
    public var stack: [Diagnostic.StackEntry]

    public init(
        _ code: Code, _ kind: Kind, _ message: String, help: String? = nil, label: String? = nil, item: Value = .null,
        status: Int? = nil, retryable: Bool = false
    ) {
        self.code = code
        self.kind = kind
        self.message = message
        self.help = help
        self.label = label
        self.item = item
        self.status = status
        self.retryable = retryable
        span = nil
        stack = []
    }

    /// The error as a diagnostic.
    public var diagnostic: Diagnostic {
        Diagnostic(code, message, at: span, label: label, help: help, stack: stack)
    }
}
