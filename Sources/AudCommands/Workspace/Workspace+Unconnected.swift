import AudLanguage
import AudRuntime

extension Workspace {
    /// For texts that are only checked, or that ask nothing of a workspace.
    static let unconnected = Workspace { () async throws(RuntimeError) -> Connection in
        throw RuntimeError(.apiConfiguration, .limit, "the text was found to need no workspace, and asked for one")
    }
}
