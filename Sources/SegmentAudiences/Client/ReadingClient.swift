// The client that cannot change anything. Invariant by type: all it has is a `ReadSender`, whose one method takes a
// `ReadEndpoint`, and a `ReadEndpoint` is always a GET.

/// Reads audiences from Segment.
public struct ReadingClient: AudienceReading {
    private let sender: ReadSender
    private let budget: RunBudget

    init(_ connection: Connection, budget: RunBudget) {
        sender = ReadSender(connection)
        self.budget = budget
    }

    public func page(of space: String, after cursor: String?) async throws(APIError) -> AudiencePage {
        try await sender.send(.listAudiences(of: space, after: cursor, count: sender.pageSize), budget: budget)
    }

    public func get(_ id: String, in space: String) async throws(APIError) -> Audience {
        try await sender.send(.getAudience(id, in: space), budget: budget)
    }
}

/// A connection of which only the reading half can be reached.
struct ReadSender: Sendable {
    private let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    var pageSize: Int { connection.configuration.pageSize }

    func send<Response>(
        _ endpoint: ReadEndpoint<Response>, budget: RunBudget
    ) async throws(APIError) -> Response {
        try await connection.send(endpoint, budget: budget)
    }
}
