import AudRuntime

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The last source of a token: a person types it, and nothing shows it.
enum TokenPrompt {
    /// The question, when a person sits at standard input and sees standard error.
    static var ifInteractive: (@Sendable () async throws(CommandError) -> String)? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
        return { () async throws(CommandError) -> String in
            switch await ControllingTerminal().ask("Token for Segment's API (it is not shown): ", echo: false) {
            case .line(let line): return line
            case .interrupted: throw CommandError("interrupted while the token was asked for", exit: .interrupted)
            case .refused, .nobody:
                throw CommandError("there is no token for Segment's API: none was typed", exit: .authentication)
            }
        }
    }
}
