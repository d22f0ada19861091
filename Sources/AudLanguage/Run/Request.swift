/// What a running script asks of its host. The machine does nothing itself: it stops with a request, and goes on with
/// the host's answer.
public enum Request: Sendable {
    /// The next page of a listing; nil is the space that the session works in, a nil cursor the first page.
    case page(space: String?, cursor: ListingCursor?)
    /// One audience by its id.
    case get(id: String, space: String?)
    /// Changes, in order. The list is complete: no change is asked for before its input was read to the end.
    case change(ChangeRequest)
    /// The spaces that the host knows.
    case spaces
    /// One space by its alias or id.
    case space(String)
    /// A line of output.
    case print(String)
    /// A value to be shown. `statement` is true for the value of a bare expression at the top level.
    case show(Value, as: String?, statement: Bool)
    /// An item of the list that a bare expression at the top level gives, shown while the list is still being read; nil
    /// behind the last. Only of an interpreter that streams (``Interpreter/streaming``).
    case showItem(Value?)
    /// A question that is answered with a bool.
    case confirm(String)
    /// A name of the host's environment.
    case environment(String)
    /// Waits until the host's clock has moved on by this many microseconds.
    case sleep(Int64)
    /// A built-in that the host added.
    case host(name: String, arguments: [Value])
}

/// How a listing goes on. Only the host that made it looks inside.
public struct ListingCursor: Sendable, Hashable {
    /// The API's cursor.
    public var token: String
    /// How many items the listing has given so far.
    public var read: Int
    /// The ids of these items: fewer when one was given twice.
    public var ids: Set<String>
    /// The API's cursors that the listing has been at, this one among them.
    public var visited: Set<String>
    /// How many the API said there are.
    public var expected: Int?
    /// When the listing began, in microseconds since 1970; nil when the world does not say.
    public var began: Int64?

    public init(
        token: String, read: Int, ids: Set<String> = [], visited: Set<String> = [], expected: Int?,
        began: Int64? = nil
    ) {
        self.token = token
        self.read = read
        self.ids = ids
        self.visited = visited
        self.expected = expected
        self.began = began
    }
}

/// Changes that a script asks for by one action.
public struct ChangeRequest: Sendable {
    /// One audience to be changed.
    public struct Target: Sendable {
        public var id: String
        /// nil: the session's space.
        public var space: String?
        /// The audience as the script has it; nil when the script gave an id.
        public var audience: RecordValue?

        public init(id: String, space: String?, audience: RecordValue?) {
            self.id = id
            self.space = space
            self.audience = audience
        }
    }

    public var verb: Verb
    public var targets: [Target]
    public var policy: ErrorPolicy
    /// The action in the source, for the reason in the plan.
    public var span: Span

    public init(verb: Verb, targets: [Target], policy: ErrorPolicy, span: Span) {
        self.verb = verb
        self.targets = targets
        self.policy = policy
        self.span = span
    }
}

/// The host's answer to a request.
public enum Answer: Sendable {
    /// To `get`, `spaces`, `space`, `confirm`, `environment`, `host`; null to the others.
    case value(Value)
    /// To `page`: a nil cursor ends the listing.
    case page([Value], next: ListingCursor?)
    /// To `change`: an outcome for each target, in order.
    case outcomes([Outcome])
    /// The request failed; the script sees an error at the place that asked.
    case failure(RuntimeError)
}
