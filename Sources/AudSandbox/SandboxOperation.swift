// The operations as values: limits, faults and the log all speak of them by these names.

/// An operation of the Audience API; each has its own rate limit.
public enum SandboxOperation: String, CaseIterable, Sendable {
    /// `GET /spaces/{spaceId}/audiences`
    case list
    /// `GET /spaces/{spaceId}/audiences/{id}`
    case get
    /// `PATCH /spaces/{spaceId}/audiences/{id}`
    case update
    /// `DELETE /spaces/{spaceId}/audiences/{id}`
    case remove
}
