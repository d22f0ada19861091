// A point on the boot-time clock: it never jumps, runs on while the machine sleeps, and is the same in every process of
// the machine, so that rate-limit times may be shared between processes until the next boot.

/// A point in time, counted from the machine's boot. Only comparable within one boot of one machine.
public struct BootInstant: InstantProtocol, Codable {
    /// Nanoseconds since boot.
    public var nanoseconds: Int64

    /// Makes an instant from nanoseconds since boot.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Makes an instant from the time since boot.
    public init(sinceBoot duration: Duration) {
        nanoseconds = duration.wholeNanoseconds
    }

    public func advanced(by duration: Duration) -> BootInstant {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
        return BootInstant(nanoseconds: overflow ? (duration < .zero ? .min : .max) : sum)
    }

    public func duration(to other: BootInstant) -> Duration {
        .nanoseconds(other.nanoseconds) - .nanoseconds(nanoseconds)
    }

    public static func < (left: BootInstant, right: BootInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

extension Duration {
    /// This duration in nanoseconds, clamped to 292 years either way.
    package var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, carried) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carried ? (seconds < 0 ? .min : .max) : sum
    }

    /// This duration in seconds.
    package var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
