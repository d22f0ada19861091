import AudLanguage
import AudRuntime
import AudShell

/// `aud runs` and `aud runs show RUN`: what the journal has. Neither reads a configuration or makes a request.
struct RunsRun: Sendable {
    /// nil: all runs.
    var run: Int64?
    var state: StateOptions
    var output: ConsoleSettings
    var variables: ProcessVariables

    func perform() -> Int32 {
        JournalReading(state: state, output: output, variables: variables).perform { database, console in
            if let run { try show(run, of: database, console) } else { try list(database, console) }
        }
    }

    private func list(_ database: StateDatabase?, _ console: Console) throws {
        let runs = try database?.runs() ?? []
        console.output.showReport(.list(ListValue(runs.map(\.value))))
    }

    private func show(_ number: Int64, of database: StateDatabase?, _ console: Console) throws {
        guard let database, let run = try database.run(number) else {
            throw CommandError.noSuchRun(number, in: state.state)
        }
        let calls = try database.calls(of: number)
        console.output.showReport(.list(ListValue(calls.map(\.value))))
        let process = run.state == .running ? " by process \(run.owner.pid)" : ""
        console.messages.inform(
            "run \(number): \(run.kind.rawValue), \(Shown.text(run.origin.script)), at \(Shown.text(run.origin.host)),"
                + " \(run.state.rawValue)\(process)"
        )
        if !run.deleted.isEmpty {
            let numbers = run.deleted.map { "#\($0)" }.joined(separator: ", ")
            console.messages.inform("deleted from the plan by hand, before it was sent: \(numbers)")
        }
        if let error = run.error { console.messages.inform("it ended early: \(Shown.text(error))") }
        if run.canResume { console.tell(HowToGoOn(state: state.state), with: number) }
    }
}
