// An audience as the server holds it. Dates are kept in their wire form, which sorts as it reads; everything that a
// client must tolerate (a missing field, an unknown one, a null) can be put here.

/// An audience of the simulated workspace, as ``Sandbox/snapshot(_:)`` shows it.
public struct SandboxAudience: Sendable, Equatable {
    /// What the audience selects.
    public struct Definition: Sendable, Equatable {
        /// The query in Segment's language.
        public var query: String
        /// `USERS` or `ACCOUNTS`; Segment does not keep to one case.
        public var type: String

        /// A definition.
        public init(query: String, type: String = "USERS") {
            self.query = query
            self.type = type
        }
    }

    /// `aud_` and 27 characters.
    public let id: String
    /// The space it lives in.
    public let spaceID: String
    /// The name that people see.
    public var name: String
    /// The description, often empty.
    public var description: String
    /// The name that other definitions use, as in `trait('key')`.
    public var key: String
    /// Whether it is computed.
    public var enabled: Bool
    /// What it selects.
    public var definition: Definition?
    /// Live, Disabled, Failed, Preparing, Computing…
    public var status: String
    /// Who made it.
    public var createdBy: String?
    /// Who changed it last.
    public var updatedBy: String?
    /// When it was made, as `2006-01-02T15:04:05.000Z`.
    public var createdAt: String
    /// When it was changed last.
    public var updatedAt: String
    /// Edits are refused until then (time since 1970).
    public var lockedUntil: Duration?
    /// Fields that the server leaves out.
    public var omittedFields: Set<String> = []
    /// Fields that no document names, with their raw JSON.
    public var extraFields: [String: String] = [:]

    /// An enabled, live audience unless something else is said. The key defaults to the id.
    public init(
        id: String, spaceID: String, name: String, description: String = "", key: String? = nil, enabled: Bool = true,
        definition: Definition? = Definition(query: "event('Order Completed').count() >= 1"), status: String? = nil,
        createdBy: String? = nil, updatedBy: String? = nil, createdAt: String = "2026-01-01T00:00:00.000Z",
        updatedAt: String = "2026-01-01T00:00:00.000Z"
    ) {
        self.id = id
        self.spaceID = spaceID
        self.name = name
        self.description = description
        self.key = key ?? id
        self.enabled = enabled
        self.definition = definition
        self.status = status ?? (enabled ? "Live" : "Disabled")
        self.createdBy = createdBy
        self.updatedBy = updatedBy
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
