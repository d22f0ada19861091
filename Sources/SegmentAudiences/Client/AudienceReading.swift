// Reading, as a protocol of its own: code that must not change anything is given this and cannot name a call that does.

/// Reads audiences.
public protocol AudienceReading: Sendable {
    /// One page of the space's audiences; the first one without a cursor.
    func page(of space: String, after cursor: String?) async throws(APIError) -> AudiencePage
    /// One audience.
    func get(_ id: String, in space: String) async throws(APIError) -> Audience
}
