// A rate-limit bucket: the calls that Segment counts together. Open for new endpoints, so a name and not an enum.

/// The calls that share one rate limit.
public struct Bucket: RawRepresentable, Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The name used in configuration and reports.
    public let rawValue: String

    /// Makes a bucket of its name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Reading one audience.
    public static let get = Bucket(rawValue: "get")
    /// Reading a page of audiences.
    public static let list = Bucket(rawValue: "list")
    /// Switching an audience on or off.
    public static let update = Bucket(rawValue: "update")
    /// Removing an audience.
    public static let remove = Bucket(rawValue: "remove")

    public static func < (left: Bucket, right: Bucket) -> Bool { left.rawValue < right.rawValue }

    public var description: String { rawValue }
}
