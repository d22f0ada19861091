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
    func nextFree(_ bucket: Bucket) async throws(APIError) -> BootInstant
    /// How long from now until the last of `calls` further calls may be sent, when each is answered at once.
    func estimate(_ bucket: Bucket, calls: Int) async throws(APIError) -> Duration
    /// Every bucket that has a limit or calls, by name.
    func snapshot() async throws(APIError) -> [BucketStatus]
}
