// An audience with what the server knows beyond its fields: the statuses still to come and the bytes already encoded.
// Invariant: `encoded`, when present, is the encoding of `audience` as it is.

import NIOCore

struct AudienceRecord {
    struct StatusChange {
        let at: Duration
        let status: String
    }

    private(set) var audience: SandboxAudience
    /// Statuses to come, soonest first.
    private var upcoming: ArraySlice<StatusChange> = []
    private var encoded: ByteBuffer?

    init(_ audience: SandboxAudience) {
        self.audience = audience
    }

    /// Lets the changes that are due by now happen.
    mutating func settle(at now: Duration) {
        if let lockedUntil = audience.lockedUntil, lockedUntil <= now { audience.lockedUntil = nil }
        while let change = upcoming.first, change.at <= now {
            audience.status = change.status
            upcoming.removeFirst()
            encoded = nil
        }
    }

    /// The audience as JSON; encoded at most once per change.
    mutating func json() -> ByteBuffer {
        if let encoded { return encoded }
        let fresh = audience.json
        encoded = fresh
        return fresh
    }

    /// Whether an edit is refused now.
    func isLocked(at now: Duration) -> Bool {
        audience.lockedUntil.map { $0 > now } ?? false
    }

    mutating func lock(until end: Duration) {
        audience.lockedUntil = end
    }

    /// Carries out an update and plans the statuses that follow from it.
    mutating func setEnabled(_ enabled: Bool, by user: String, at now: Duration, statuses: [StatusChange]) {
        audience.enabled = enabled
        audience.updatedAt = Timestamp.iso8601(now)
        audience.updatedBy = user
        upcoming = statuses[...]
        encoded = nil
        settle(at: now)
    }

    /// A change behind the client's back; a status set here stays.
    mutating func mutate(_ change: (inout SandboxAudience) -> Void) {
        let status = audience.status
        change(&audience)
        if audience.status != status { upcoming = [] }
        encoded = nil
    }
}
