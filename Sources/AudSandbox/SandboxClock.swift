// Time as the sandbox sees it. Nothing in the workspace runs on a timer: locks, statuses and rate windows are computed
// from `now()` when somebody asks, so a test that owns the clock owns everything that happens.

import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The clock of a ``Sandbox``. Instants are durations since 1970-01-01T00:00Z.
public protocol SandboxClock: Sendable {
    /// The time since 1970-01-01T00:00Z. It must not run backwards.
    func now() -> Duration
    /// Waits; called only to simulate latency.
    func sleep(for duration: Duration) async throws
}

/// The real time: the wall clock read once, then carried on by the monotonic clock, so that a corrected wall clock never
/// moves a rate window.
public struct SystemSandboxClock: SandboxClock {
    private let origin: Duration
    private let start: ContinuousClock.Instant

    /// A clock that starts at the present moment.
    public init() {
        origin = .microseconds(Int64(Date().timeIntervalSince1970 * 1_000_000))
        start = .now
    }

    /// The present moment.
    public func now() -> Duration {
        origin + start.duration(to: .now)
    }

    /// Suspends the task.
    public func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration, clock: .continuous)
    }
}

/// A clock for tests: it stands still until it is advanced, and a sleep advances it and returns at once.
public final class ManualSandboxClock: SandboxClock {
    private let current: Mutex<Duration>

    /// - Parameter start: the first instant; 2026-11-23T12:00:00Z when nothing is said.
    public init(_ start: Duration = .seconds(1_795_435_200)) {
        current = Mutex(start)
    }

    /// The instant last set.
    public func now() -> Duration {
        current.withLock { $0 }
    }

    /// Moves the clock forward.
    public func advance(by duration: Duration) {
        current.withLock { $0 += duration }
    }

    /// Moves the clock forward instead of waiting.
    public func sleep(for duration: Duration) async throws {
        advance(by: duration)
    }
}
