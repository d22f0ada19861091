internal import CEditline

/// The person's terminal for another program.
package enum TerminalLoan {
    /// Does something while the terminal is as the shell found it: a pager, an editor or a command that asks for a
    /// passphrase has its echo then. Without a shell at a terminal it changes nothing.
    package static func during<Result, Failure: Error>(
        _ body: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        ced_terminal_lend()
        defer { ced_terminal_take_back() }
        return try await body()
    }
}
