import AudRuntime
import AudShell

/// A command that shows what the state file has: from opening it to the exit code. It needs no configuration and makes no
/// request.
struct JournalReading: Sendable {
    var state: StateOptions
    var output: ConsoleSettings
    var variables: ProcessVariables

    func perform(_ body: (StateDatabase, Console) throws -> Void) -> Int32 {
        let console = Console(output, variables: variables)
        do {
            guard let path = state.state ?? variables.stateFolder.map({ $0 + "/state.sqlite" }) else {
                throw CommandError(
                    "there is no place for the state file", help: "set HOME, or name a file with --state FILE"
                )
            }
            let database = StateDatabase(path: path)
            defer { database.close() }
            try body(database, console)
            return console.finish(console.refusals > 0 ? .script : .done)
        } catch let error as CommandError {
            console.messages.report(error)
            return console.finish(error.exit)
        } catch {
            let error = error as? StateError
            console.messages.report(CommandError(error?.message ?? "the state file cannot be read", help: error?.help))
            return console.finish(.script)
        }
    }
}

extension CommandError {
    static func noSuchRun(_ number: Int64) -> CommandError {
        CommandError("there is no run \(number) in this state file", help: "aud runs lists the runs")
    }
}
