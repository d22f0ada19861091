// How many calls a bucket takes in a window. A limit is configuration with provenance, never a constant of the code.

/// At most `count` calls in any interval as long as `window`.
public struct Limit: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Where a figure came from.
    public enum Provenance: String, Sendable, Hashable, Codable {
        /// The documentation.
        case seedDefault
        /// The user's configuration.
        case profile
        /// Headers of an answer.
        case observed
    }

    /// How many calls, at least 1.
    public let count: Int
    /// In what interval.
    public let window: Duration
    /// Where the figure came from.
    public let provenance: Provenance

    /// Makes a limit; a count below 1 is taken as 1 and a negative window as none.
    public init(count: Int, window: Duration = .seconds(60), provenance: Provenance = .profile) {
        self.count = max(1, count)
        self.window = max(.zero, window)
        self.provenance = provenance
    }

    /// Reads the form of the configuration, `10/60s` (also `ms` and `m`).
    public init?(_ text: String, provenance: Provenance = .profile) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[0]), count >= 1 else { return nil }
        let units: [(suffix: String, milliseconds: Int64)] = [("ms", 1), ("s", 1000), ("m", 60_000)]
        guard let unit = units.first(where: { parts[1].hasSuffix($0.suffix) }),
            let number = Int64(parts[1].dropLast(unit.suffix.count)), number > 0, number <= 86_400_000
        else { return nil }
        self.init(count: count, window: .milliseconds(number * unit.milliseconds), provenance: provenance)
    }

    /// The form of the configuration, `10/60s`.
    public var description: String {
        let milliseconds = window.wholeNanoseconds / 1_000_000
        return milliseconds % 1000 == 0 ? "\(count)/\(milliseconds / 1000)s" : "\(count)/\(milliseconds)ms"
    }
}
