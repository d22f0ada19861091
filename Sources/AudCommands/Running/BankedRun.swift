import AudLanguage
import AudRuntime
import AudShell

/// `aud banked [RUN]`: audiences as they were before their removal. Like `aud runs` it reads no configuration and makes no
/// request.
struct BankedRun: Sendable {
    var command: BankedCommand
    var variables: ProcessVariables

    func perform() -> Int32 {
        let output = command.output.settings
        return JournalReading(state: command.state, output: output, variables: variables).perform {
            database, console in
            if let run = command.run, try database?.run(run) == nil {
                throw CommandError.noSuchRun(run, in: command.state.state)
            }
            let banked = try database?.banked(by: command.run) ?? []
            let isWhole = output.format == .json || output.format == .ndjson
            console.output.show(
                .list(ListValue(banked.map { isWhole ? $0.whole : $0.value })), as: nil, statement: true)
            guard banked.isEmpty else { return }
            console.messages.inform(
                command.run.map { "run \($0) has removed no audience" } ?? "no run has removed an audience")
        }
    }
}
