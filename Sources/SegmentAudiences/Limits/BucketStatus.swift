// What a ledger tells of a bucket to a person.

/// Calls that count, of one process.
public struct CallHolder: Sendable, Hashable {
    /// The process; nil for calls that are none of this ledger's: the server's headers showed them.
    public let process: Int32?
    /// What it does: `shell`, the name of a script; nil for calls of others. Anybody may have chosen the text.
    public let purpose: String?
    /// How many of its calls count.
    public let calls: Int
    /// How many of these have no answer yet.
    public let inFlight: Int

    /// Makes a holder.
    public init(process: Int32?, purpose: String?, calls: Int, inFlight: Int) {
        self.process = process
        self.purpose = purpose
        self.calls = calls
        self.inFlight = inFlight
    }
}

/// The state of a bucket, for display.
public struct BucketStatus: Sendable, Hashable {
    public let bucket: Bucket
    /// The limit in force, nil when there is none.
    public var limit: Limit?
    /// A higher limit that the server's headers suggest; it needs configuration to become the one in force.
    public var proposed: Limit?
    /// When the server's headers showed their figure; nil when they have shown none.
    public var observedAt: Timestamp?
    /// How many calls count at this moment.
    public var used: Int
    /// How many of these have no answer yet.
    public var inFlight: Int
    /// When the next call may be sent.
    public var nextFree: BootInstant
    /// The end of the wait that a 429 imposed, if one is in force.
    public var blockedUntil: BootInstant?
    /// Whose calls count, for a ledger that several processes share.
    public var holders: [CallHolder]

    /// How many calls could be sent now, which no process uses; nil when there is no limit.
    public var idle: Int? { limit.map { blockedUntil == nil ? max(0, $0.count - used) : 0 } }

    /// Makes a status.
    public init(
        bucket: Bucket, limit: Limit?, proposed: Limit?, observedAt: Timestamp? = nil, used: Int, inFlight: Int,
        nextFree: BootInstant, blockedUntil: BootInstant?, holders: [CallHolder] = []
    ) {
        self.bucket = bucket
        self.limit = limit
        self.proposed = proposed
        self.observedAt = observedAt
        self.used = used
        self.inFlight = inFlight
        self.nextFree = nextFree
        self.blockedUntil = blockedUntil
        self.holders = holders
    }
}
