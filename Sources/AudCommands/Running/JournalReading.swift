import AudRuntime
import AudShell

/// A command that shows what the state file has: from opening it to the exit code. It needs no configuration and makes no
/// request.
struct JournalReading: Sendable {
    var state: StateOptions
    var output: ConsoleSettings
    var variables: ProcessVariables

    /// The body is given no database when there is no file yet: reading makes none.
    func perform(_ body: (StateDatabase?, Console) throws -> Void) -> Int32 {
        let console = Console(output, variables: variables)
        do {
            guard let path = state.state ?? variables.stateFolder.map({ $0 + "/state.sqlite" }) else {
                throw CommandError(
                    "there is no place for the state file", help: "set HOME, or name a file with --state FILE"
                )
            }
            try state.checkThatItIsThere()
            let database = StateOptions.isThere(path) ? StateDatabase(path: path) : nil
            defer { database?.close() }
            try body(database, console)
            return console.finish(console.refusals > 0 ? .script : .done)
        } catch let error as CommandError {
            console.messages.report(error)
            return console.finish(error.exit)
        } catch {
            let error =
                (error as? StateError).map(CommandError.init) ?? CommandError("the state file cannot be read: \(error)")
            console.messages.report(error)
            return console.finish(error.exit)
        }
    }
}

extension CommandError {
    /// The state file cannot be used: as when a run finds that out, nothing was sent.
    init(_ error: StateError) {
        self.init(error.message, help: error.help, exit: .service)
    }

    /// - Parameter state: the state file, where one was named.
    static func noSuchRun(_ number: Int64, in state: String?) -> CommandError {
        let command = ShellQuoting.command(["aud", "runs"] + (state.map { ["--state", $0] } ?? []))
        return CommandError("there is no run \(number) in this state file", help: "\(command) lists the runs")
    }
}
