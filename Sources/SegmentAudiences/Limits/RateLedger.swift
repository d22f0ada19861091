// Who remembers the calls. A ledger never waits: it answers "sent now" or "not before"; the waiting and the fairness are
// the gate's. So a ledger in a shared database is a few transactions.

/// A remembered call.
public struct Reservation: Sendable, Hashable {
    /// The ledger's own number for the call.
    public let id: UInt64
    /// Its bucket.
    public let bucket: Bucket

    /// Makes a reservation.
    public init(id: UInt64, bucket: Bucket) {
        self.id = id
        self.bucket = bucket
    }
}

/// A ledger's answer to "may this call be sent now?".
public enum ReservationAnswer: Sendable, Hashable {
    /// The call is noted: send it at once, then say how it ended.
    case granted(Reservation)
    /// Not now: ask again at this moment, or earlier when an answer or a correction came in between.
    case notBefore(BootInstant)
}

/// How a reserved call ended.
public enum CallOutcome: Sendable, Hashable {
    /// An answer came, or the connection broke: the server saw the call by now or never.
    case answered
    /// No answer came in time; the server may still see the call a little later.
    case timedOut
    /// The call provably never left: it does not count.
    case notSent
}

/// The state of a bucket, for display.
public struct BucketStatus: Sendable, Hashable {
    public let bucket: Bucket
    /// The limit in force, nil when there is none.
    public let limit: Limit?
    /// A higher limit that the server's headers suggest; it needs configuration to become the one in force.
    public let proposed: Limit?
    /// How many calls count at this moment.
    public let used: Int
    /// How many of these have no answer yet.
    public let inFlight: Int
    /// When the next call may be sent.
    public let nextFree: BootInstant
    /// The end of the wait that a 429 imposed, if one is in force.
    public let blockedUntil: BootInstant?

    /// Makes a status.
    public init(
        bucket: Bucket, limit: Limit?, proposed: Limit?, used: Int, inFlight: Int, nextFree: BootInstant,
        blockedUntil: BootInstant?
    ) {
        self.bucket = bucket
        self.limit = limit
        self.proposed = proposed
        self.used = used
        self.inFlight = inFlight
        self.nextFree = nextFree
        self.blockedUntil = blockedUntil
    }
}

/// The memory of sent calls that keeps every bucket under its limit.
public protocol RateLedger: Sendable {
    /// Notes a call of `bucket` as about to be sent, or says when to ask again.
    func reserve(_ bucket: Bucket) async throws(APIError) -> ReservationAnswer
    /// Notes how a reserved call ended.
    func close(_ reservation: Reservation, _ outcome: CallOutcome) async
    /// Takes in what the headers of the answer to a reserved call said. (Not of a 429: those count refused calls too.)
    func observe(_ headers: RateHeaders, of reservation: Reservation) async
    /// Sends nothing of `bucket` before `moment`: the server refused a call with 429.
    func block(_ bucket: Bucket, until moment: BootInstant) async
    /// When the next call of `bucket` may be sent.
    func nextFree(_ bucket: Bucket) async -> BootInstant
    /// How long from now until the last of `calls` further calls may be sent, when each is answered at once.
    func estimate(_ bucket: Bucket, calls: Int) async -> Duration
    /// Every bucket that has a limit or calls, by name.
    func snapshot() async -> [BucketStatus]
}
