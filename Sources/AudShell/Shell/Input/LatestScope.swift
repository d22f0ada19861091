// What the session held when the last prompt appeared: the shell puts it here, the editor's host looks at it on the
// terminal's thread. Between two prompts nothing of it changes.

package import AudRuntime
internal import Synchronization

package final class LatestScope: Sendable {
    private let scope = Mutex<SessionScope?>(nil)

    package init() {}

    package var value: SessionScope? { scope.withLock { $0 } }

    package func update(_ new: SessionScope) { scope.withLock { $0 = new } }
}
