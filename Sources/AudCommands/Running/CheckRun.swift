import AudLanguage
import AudRuntime

/// `aud check`: every file is read and checked, none is run.
struct CheckRun: Sendable {
    var files: [String]
    var lib: String?
    var settings: ConsoleSettings
    var variables: ProcessVariables

    func perform() async -> Int32 {
        let console = Console(settings, variables: variables)
        var failed = 0
        for path in files {
            do {
                if try await !check(ScriptSource(path: path), console) { failed += 1 }
            } catch {
                failed += 1
                console.messages.report(error)
            }
        }
        if failed == 0 {
            console.messages.inform(files.count == 1 ? "no errors" : "no errors in \(files.count) files")
        }
        return console.finish(failed == 0 ? .done : .script)
    }

    /// Whether there are no errors.
    private func check(_ source: ScriptSource, _ console: Console) async throws(CommandError) -> Bool {
        let folder = try source.modules(lib: lib)
        let file = try source.read()
        let session = Session(
            workspace: .unconnected, output: console.sessionOutput, modules: folder?.loader
        )
        let result = await session.check(file, as: .file)
        console.messages.report(result.diagnostics, sources: await session.sources)
        return result.chunk != nil
    }
}
