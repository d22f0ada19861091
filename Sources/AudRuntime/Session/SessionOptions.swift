public import AudLanguage

/// How a session behaves.
public struct SessionOptions: Sendable {
    public var mode: Mode
    /// The language's limits; requests and changes are counted for one run.
    public var limits: Limits
    public var caps: Caps
    /// The longest that one run may take; nil: as long as it needs.
    public var wallTime: Duration?
    /// Leaves an audience alone when its `updatedAt` is newer than the plan knows, even if nothing else differs.
    public var isDriftStrict = false
    /// How many audiences that a run has changed Segment may still be computing when the next one is changed; nil: any
    /// number. Segment computes five at a time.
    public var editsInProgress: Int?
    /// Whether texts bind names for those that follow, as at a prompt: one that a text does not use itself is no mistake.
    public var expectsMore = false
    /// Told of the moments of each call.
    package var onStep: (@Sendable (ApplyStep, Int) -> Void)?
    /// Lets changes rest on reads that failed or were incomplete.
    public var allowIncomplete: Bool
    /// Answers a script's `confirm` with yes, in live mode too.
    public var assumeYes: Bool
    /// The names that `env` may read, and their values.
    public var environment: [String: String]
    /// What `now()` answers, in microseconds since 1970; nil: the time at which the run starts.
    public var fixedNow: Int64?
    /// Marks `print` lines of a dry run of a script that can change something.
    public var marksDryPrints: Bool
    /// The program's own built-ins; their names and types must be right. In a dry run those that change something fail.
    public var builtins: [Builtin]

    /// Makes options.
    public init(
        mode: Mode = .dryRun, limits: Limits = Limits(), caps: Caps = Caps(), wallTime: Duration? = nil,
        allowIncomplete: Bool = false, assumeYes: Bool = false, environment: [String: String] = [:],
        fixedNow: Int64? = nil, marksDryPrints: Bool = true, builtins: [Builtin] = []
    ) {
        self.mode = mode
        self.limits = limits
        self.caps = caps
        self.wallTime = wallTime
        self.allowIncomplete = allowIncomplete
        self.assumeYes = assumeYes
        self.environment = environment
        self.fixedNow = fixedNow
        self.marksDryPrints = marksDryPrints
        self.builtins = builtins
    }
}
