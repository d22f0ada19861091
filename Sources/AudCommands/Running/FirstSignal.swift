import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Remembers the first signal that came.
final class FirstSignal: Sendable {
    /// What a signal is.
    enum Kind: Sendable {
        case first
        /// The first one once more: `timeout` signals the process, and then its group, which the process is in. Of ^C
        /// every press counts.
        case echo
        case another
    }

    private static let echoTime = Duration.milliseconds(100)

    private let seen = Mutex<(number: Int32, moment: ContinuousClock.Instant)?>(nil)

    /// The first one; nil when none came.
    var number: Int32? { seen.withLock { $0?.number } }

    /// Notes a signal.
    func note(_ number: Int32, at moment: ContinuousClock.Instant = .now) -> Kind {
        seen.withLock { seen in
            guard let first = seen else {
                seen = (number, moment)
                return .first
            }
            let isEcho = number == first.number && first.moment.duration(to: moment) < Self.echoTime
            return isEcho && number != SIGINT ? .echo : .another
        }
    }
}
