// The client that changes audiences. It reads nothing: whoever settles an unknown outcome brings a reader.

/// Changes audiences at Segment.
public struct WritingClient: AudienceWriting {
    private let connection: Connection
    private let budget: RunBudget

    init(_ connection: Connection, budget: RunBudget) {
        self.connection = connection
        self.budget = budget
    }

    public func setEnabled(_ enabled: Bool, id: String, in space: String) async throws(APIError) -> Audience {
        try await connection.send(.updateAudience(id, in: space, enabled: enabled), budget: budget)
    }

    public func remove(_ id: String, in space: String) async throws(APIError) -> Removal {
        try await connection.send(.removeAudience(id, in: space), budget: budget)
    }
}
