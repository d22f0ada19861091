// Who may call. The sandbox checks that a token is there, since a client that forgets it must learn so here.

/// Which bearer tokens a ``Sandbox`` accepts.
public enum SandboxTokens: Sendable, Equatable {
    /// Every token that is not empty.
    case any
    /// These and no others.
    case only(Set<String>)

    func accept(_ token: String) -> Bool {
        switch self {
        case .any: true
        case .only(let known): known.contains(token)
        }
    }
}
