// What can go wrong on the way to a running sandbox; a running one reports only over HTTP.

/// Why a ``Sandbox`` did not start.
public enum SandboxError: Error, Equatable, CustomStringConvertible {
    /// The port is taken or may not be used.
    case cannotListen(port: Int, reason: String)
    /// The sandbox is running already.
    case alreadyStarted

    public var description: String {
        switch self {
        case .cannotListen(let port, let reason):
            "cannot listen on 127.0.0.1:\(port): \(reason); choose another port, or 0 for any free one"
        case .alreadyStarted:
            "this sandbox is already running; stop it first, or make another one"
        }
    }
}
