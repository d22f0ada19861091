import AudRuntime

/// What calls are made for, as `aud limits` shows it to people in front of other terminals.
struct CallPurpose: Sendable {
    var text: String
    /// Whether a person waits for each call: only then what is kept for the shell may be used.
    var isInteractive: Bool

    static let shell = CallPurpose(text: "shell", isInteractive: true)

    static func script(_ source: ScriptSource) -> CallPurpose {
        switch source {
        case .file(let path): CallPurpose(text: path, isInteractive: false)
        case .standardInput: CallPurpose(text: "script on standard input", isInteractive: false)
        case .text: CallPurpose(text: "-e", isInteractive: false)
        }
    }
}

extension WorkspaceSettings {
    /// The state database, not opened yet.
    var stateDatabase: StateDatabase? { statePath.map { StateDatabase(path: $0, option: stateOption) } }
}
