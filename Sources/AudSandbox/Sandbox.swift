// The simulated Segment workspace as a program sees it: start it, point a client at it, look at what happened.
// Invariant: all state is in one `Workspace` under one lock, and every answer is computed in one turn of that lock.

import NIOCore
import Synchronization

/// A simulated Segment workspace: a real HTTP server on 127.0.0.1 that behaves like the Audience API of Segment's
/// Public API, with demo data made from a seed number.
///
/// ```swift
/// let sandbox = Sandbox()
/// let url = try await sandbox.start()       // http://127.0.0.1:49152
/// // … any client …
/// await sandbox.stop()
/// ```
///
/// Any client can talk to it. The space `prod` has the id `9aQ1Lj62S4bomZKLF4DPqW`, and any token does:
///
/// ```sh
/// curl -H 'Authorization: Bearer demo' \
///   "$URL/spaces/9aQ1Lj62S4bomZKLF4DPqW/audiences?pagination.count=2"
/// curl -X PATCH -H 'Authorization: Bearer demo' \
///   -H 'Content-Type: application/vnd.segment.v1alpha+json' -d '{"enabled":false}' \
///   "$URL/spaces/9aQ1Lj62S4bomZKLF4DPqW/audiences/$ID"
/// ```
///
/// It knows the four operations of the alpha API (list, get, update, remove), their limits, the lock that follows an
/// update, and the documented errors. ``SandboxBehaviour`` switches what Segment leaves undocumented;
/// ``SandboxFault`` makes chosen requests fail. It writes nothing to standard output or error.
public final class Sandbox: Sendable {
    /// What the sandbox was made with.
    public let options: SandboxOptions

    private let workspace: Mutex<Workspace>
    private let log: Mutex<RequestLog>
    private let listener = Listener()

    /// A sandbox that is not yet listening. Its demo data is dated relative to this moment.
    public init(_ options: SandboxOptions = SandboxOptions()) {
        self.options = options
        workspace = Mutex(Workspace(options))
        log = Mutex(RequestLog(capacity: options.requestLogCapacity))
    }

    // MARK: - Running

    /// Starts to listen on 127.0.0.1.
    /// - Returns: the base URL, `http://127.0.0.1:PORT`, without a final slash.
    /// - Throws: ``SandboxError``.
    public func start() async throws -> String {
        let port = try await listener.start(port: options.port, responder: Responder(sandbox: self))
        return "http://127.0.0.1:\(port)"
    }

    /// Stops listening, closes every connection and returns when the port is free. State is kept: a sandbox may be
    /// started again. Does nothing when the sandbox is not running.
    public func stop() async {
        await listener.stop()
    }

    /// Starts, serves until the task is cancelled, and stops.
    /// - Parameter onStart: called once with the base URL.
    /// - Throws: ``SandboxError``; a cancellation is a normal end.
    public func run(onStart: @Sendable (String) async -> Void = { _ in }) async throws {
        do {
            await onStart(try await start())
        } catch is CancellationError {
            return
        }
        await listener.untilStopped()
    }

    /// Starts a sandbox, hands it and its URL to `body`, and stops it whatever happens.
    public static func with<Result: Sendable>(
        _ options: SandboxOptions = SandboxOptions(), _ body: (Sandbox, String) async throws -> Result
    ) async throws -> Result {
        let sandbox = Sandbox(options)
        let url = try await sandbox.start()
        do {
            let result = try await body(sandbox, url)
            await sandbox.stop()
            return result
        } catch {
            await sandbox.stop()
            throw error
        }
    }

    // MARK: - Looking

    /// The spaces of the workspace: `prod`, `staging` and `emea`.
    public var spaces: [SandboxSpace] {
        Sandbox.spaces(seed: options.seed)
    }

    /// The spaces that a sandbox with this seed has, without making one.
    public static func spaces(seed: UInt64) -> [SandboxSpace] {
        DemoData.spaces(seed: seed)
    }

    /// The last requests, oldest first; ``SandboxOptions/requestLogCapacity`` bounds them.
    public var requests: [SandboxRequest] {
        log.withLock { $0.requests }
    }

    /// Forgets the requests so far; their numbers go on.
    public func clearRequests() {
        log.withLock { $0.clear() }
    }

    /// The audiences of a space in the order of its listing, as they are now; none when the space is unknown.
    public func snapshot(_ spaceID: String) -> [SandboxAudience] {
        let now = options.clock.now()
        return workspace.withLock { $0.snapshot(spaceID, at: now) }
    }

    /// An audience as it is now.
    public func audience(_ id: String, in spaceID: String) -> SandboxAudience? {
        let now = options.clock.now()
        return workspace.withLock { $0.audience(id, in: spaceID, at: now) }
    }

    // MARK: - Acting behind the client's back

    /// Changes an audience as another person in the web app would: no limit, no lock, no log entry.
    /// - Returns: whether there is such an audience.
    @discardableResult
    public func mutate(_ id: String, in spaceID: String, _ change: (inout SandboxAudience) -> Void) -> Bool {
        let now = options.clock.now()
        return workspace.withLock { $0.mutate(id, in: spaceID, at: now, change) }
    }

    /// Adds an audience, or replaces the one with its id. An unknown space id opens an empty space first.
    public func insert(_ audience: SandboxAudience) {
        workspace.withLock { $0.insert(audience) }
    }

    /// Removes an audience.
    /// - Returns: whether there was one.
    @discardableResult
    public func delete(_ id: String, in spaceID: String) -> Bool {
        workspace.withLock { $0.delete(id, in: spaceID) }
    }

    /// What goes wrong. Setting it starts every rule's count anew.
    public var faults: [SandboxFault] {
        get { workspace.withLock { $0.faults } }
        set { workspace.withLock { $0.faults = newValue } }
    }

    /// The rate limits. A change holds from the next call; calls already counted stay counted.
    public var limits: SandboxLimits {
        get { workspace.withLock { $0.limits } }
        set { workspace.withLock { $0.limits = newValue } }
    }

    /// The undocumented choices.
    public var behaviour: SandboxBehaviour {
        get { workspace.withLock { $0.behaviour } }
        set { workspace.withLock { $0.behaviour = newValue } }
    }

    // MARK: - Serving

    /// Answers a call and writes it into the log.
    func answer(_ call: Call) -> Reply {
        // Read under the lock, so that the log's order is the order of time.
        let (reply, operation, now) = workspace.withLock { workspace in
            let now = options.clock.now()
            let (reply, operation) = workspace.answer(call, at: now)
            return (reply, operation, now)
        }
        guard options.requestLogCapacity > 0 || options.onRequest != nil else { return reply }
        let request = log.withLock { $0.append(call, reply, operation, at: now) }
        options.onRequest?(request)
        return reply
    }
}
