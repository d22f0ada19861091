// The front door: one connection pool, one ledger, and the two clients over them. Making a service opens nothing; the
// first request does.

/// Access to the audiences of one workspace.
///
/// ```swift
/// let service = AudienceService(configuration: ServiceConfiguration(token: token))
/// for try await audience in service.reading.audiences(in: "9aQ1Lj62S4bomZKLF4DPqW") {
///     print(audience.name ?? audience.id)
/// }
/// await service.shutdown()
/// ```
public struct AudienceService: Sendable {
    private let connection: Connection
    private let budget: RunBudget

    /// Makes a service.
    /// - Parameters:
    ///   - ledger: the memory of the rate limits; without one, an ``InProcessLedger`` with `configuration.limits`.
    ///   - random: numbers from 0 up to 1 that spread the retries.
    public init(
        configuration: ServiceConfiguration,
        transport: any HTTPTransport = AsyncHTTPClientTransport(),
        ledger: (any RateLedger)? = nil,
        time: any TimeSource = SystemTime(),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        connection = Connection(
            configuration: configuration, transport: transport,
            ledger: ledger ?? InProcessLedger(limits: configuration.limits, time: time), time: time, random: random
        )
        budget = RunBudget()
    }

    private init(connection: Connection, budget: RunBudget) {
        self.connection = connection
        self.budget = budget
    }

    /// The same service with the waits and retries of one run.
    public func within(_ budget: RunBudget) -> AudienceService {
        AudienceService(connection: connection, budget: budget)
    }

    /// Reads; cannot change anything.
    public var reading: ReadingClient { ReadingClient(connection, budget: budget) }
    /// Changes.
    public var writing: WritingClient { WritingClient(connection, budget: budget) }
    /// Returns when the next call of `bucket` may be sent within `lead`, and answers whether it waited for that.
    public func approach(_ bucket: Bucket, within lead: Duration) async throws(APIError) -> Bool {
        try await connection.approach(bucket, within: lead, budget: budget)
    }

    /// The memory of the rate limits.
    public var ledger: any RateLedger { connection.ledger }
    /// Masks the token in any text.
    public var redactor: Redactor { connection.redactor }

    /// The fingerprint of the token, to tell what was read with one from what was read with another.
    public var account: String { connection.configuration.token.fingerprint }

    /// Closes the connections. Call it once, at the end.
    public func shutdown() async {
        await connection.shutdown()
    }
}
