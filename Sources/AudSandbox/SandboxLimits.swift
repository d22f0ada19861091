// The published rate limits as data. A limit moves (Segment raised them in 2025-10), so no other file names a figure.

/// Calls per window for each operation; `nil` is no limit.
public struct SandboxLimits: Sendable, Equatable {
    /// Limit of `list`.
    public var list: Int?
    /// Limit of `get`.
    public var get: Int?
    /// Limit of `update`.
    public var update: Int?
    /// Limit of `remove`.
    public var remove: Int?

    /// Limits of one's own.
    public init(list: Int?, get: Int?, update: Int?, remove: Int?) {
        self.list = list
        self.get = get
        self.update = update
        self.remove = remove
    }

    /// The set with this name: `seed`, `current` or `off`.
    public init?(named name: String) {
        switch name {
        case "seed": self = .seed
        case "current": self = .current
        case "off": self = .off
        default: return nil
        }
    }

    /// The limits of the alpha API page.
    public static let seed = SandboxLimits(list: 25, get: 100, update: 10, remove: 20)
    /// The limits since 2025-10.
    public static let current = SandboxLimits(list: 60, get: 100, update: 50, remove: 50)
    /// No limits, and no rate headers.
    public static let off = SandboxLimits(list: nil, get: nil, update: nil, remove: nil)

    /// The limit of one operation.
    public subscript(operation: SandboxOperation) -> Int? {
        switch operation {
        case .list: list
        case .get: get
        case .update: update
        case .remove: remove
        }
    }
}
