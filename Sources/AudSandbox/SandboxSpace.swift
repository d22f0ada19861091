// A space as the caller needs it: the id for the API, the slug for an alias of its own.

/// A space of the simulated workspace.
public struct SandboxSpace: Sendable, Equatable {
    /// What the API knows it by, 22 base62 characters.
    public let id: String
    /// A short name for an alias; the API does not know it.
    public let slug: String
    /// The name in the web app.
    public let name: String
}
