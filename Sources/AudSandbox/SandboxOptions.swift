// Everything that can be chosen about a sandbox before it starts. The defaults behave like Segment in the days of the
// seed's API page; every field is independent of the others.

/// How a ``Sandbox`` behaves. The defaults simulate Segment's alpha API with its documented limits.
public struct SandboxOptions: Sendable {
    /// The port on 127.0.0.1; 0 takes any free one.
    public var port = 0
    /// The demo data's seed: the same seed and start time give the same bytes.
    public var seed: UInt64 = 1
    /// Where time comes from.
    public var clock: any SandboxClock = SystemSandboxClock()
    /// Calls per window, for each operation.
    public var limits = SandboxLimits.seed
    /// How calls are counted against the limits.
    public var rateModel = SandboxRateModel.fixedWindow
    /// The length of a rate window.
    public var window = Duration.seconds(60)
    /// How long each request waits before it is looked at.
    public var latency = Duration.zero
    /// How long an audience stays locked after an update.
    public var lock = Duration.seconds(3)
    /// How many audiences are worked on at once; further updates queue and stay locked longer. `nil` is no bound.
    public var concurrentEdits: Int? = 5
    /// How long an enabled audience is `Preparing`.
    public var preparing = Duration.seconds(2)
    /// How long it is `Computing` after that, before it is `Live`.
    public var computing = Duration.seconds(8)
    /// Which tokens are accepted.
    public var tokens = SandboxTokens.any
    /// How many audiences the space `prod` has; 212 when nothing is said.
    public var audienceCount: Int?
    /// What Segment leaves undocumented.
    public var behaviour = SandboxBehaviour()
    /// What goes wrong on purpose.
    public var faults: [SandboxFault] = []
    /// How many requests ``Sandbox/requests`` remembers; 0 keeps none.
    public var requestLogCapacity = 1_000
    /// Called after each request, on the task that served it.
    public var onRequest: (@Sendable (SandboxRequest) -> Void)?

    /// The defaults.
    public init() {}
}
