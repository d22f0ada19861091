// Where a session works: the names of its spaces and the way to its API. Invariant: nothing is connected, and no token
// is asked for, before the first request.

public import AudLanguage
public import SegmentAudiences

/// A way to one workspace, opened.
public struct Connection: Sendable {
    /// All that a dry run is ever given.
    public var reading: any AudienceReading
    public var writing: any AudienceWriting
    /// The memory of the rate limits, for estimates.
    public var ledger: any RateLedger
    /// Masks the token in any text.
    var mask: @Sendable (String) -> String = { $0 }
    /// The fingerprint of the token; empty when there is none.
    var account = ""
    /// Waits until the next call of a bucket may be sent within a time, and answers whether it had to wait.
    var approach: @Sendable (Bucket, Duration) async throws(APIError) -> Bool = { _, _ in false }
    private var bounded: @Sendable (RunBudget) -> Connection?

    /// Makes a connection to a service; each run has its own budget of time and retries.
    public init(_ service: AudienceService) {
        self.init(reading: service.reading, writing: service.writing, ledger: service.ledger)
        bounded = { Connection(service.within($0)) }
        mask = { service.redactor.mask($0) }
        account = service.account
        approach = { (bucket, lead) async throws(APIError) in try await service.approach(bucket, within: lead) }
    }

    /// Makes a connection of parts that know no budget.
    public init(reading: any AudienceReading, writing: any AudienceWriting, ledger: any RateLedger) {
        self.reading = reading
        self.writing = writing
        self.ledger = ledger
        bounded = { _ in nil }
    }

    /// The same connection, for one run.
    func within(_ budget: RunBudget) -> Connection {
        bounded(budget) ?? self
    }
}

/// A space as a person and as the API name it.
public struct Space: Sendable, Hashable {
    public var id: String
    public var alias: String?

    /// Makes a space.
    public init(id: String, alias: String? = nil) {
        self.id = id
        self.alias = alias
    }

    /// The alias, or the id when there is none.
    public var name: String { alias ?? id }

    /// The alias and the id, for messages.
    package var known: String { alias.map { "\($0) (\(id))" } ?? id }
}

/// A workspace as the configuration describes it.
public struct Workspace: Sendable {
    /// Space ids by the names that scripts may use for them.
    public var aliases: [String: String]
    /// The alias or id of the space that is meant when a script names none.
    public var defaultSpace: String?
    /// The file that messages name when they tell how to configure a space.
    public var configurationPath: String?
    /// Opens the way to the API. Called at the first request, once.
    public var connect: @Sendable () async throws(RuntimeError) -> Connection

    /// Makes a description of a workspace.
    public init(
        aliases: [String: String] = [:], defaultSpace: String? = nil, configurationPath: String? = nil,
        connect: @escaping @Sendable () async throws(RuntimeError) -> Connection
    ) {
        self.aliases = aliases
        self.defaultSpace = defaultSpace
        self.configurationPath = configurationPath
        self.connect = connect
    }
}
