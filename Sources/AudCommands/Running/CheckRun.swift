import AudLanguage
import AudRuntime
import AudShell

/// `aud check`: every file is read and checked, none is run. What a script can do to the workspace goes to standard
/// output, what is wrong with it to standard error; a log in the form of SARIF has both and goes to standard output.
struct CheckRun: Sendable {
    var files: [String]
    var lib: String?
    var format: CheckFormat
    var settings: ConsoleSettings
    var variables: ProcessVariables

    func perform() async -> Int32 {
        let console = Console(settings, variables: variables)
        var log = SARIFLog(version: Version.current)
        var failed = 0
        var told: Set<String> = []
        for path in files {
            do {
                if try await !check(ScriptSource(path: path), console, &log, &told) { failed += 1 }
            } catch {
                failed += 1
                console.messages.report(error)
                log.add(unreadable: path, [error.message, error.help].compactMap(\.self).joined(separator: "; "))
            }
        }
        if format == .sarif { console.output.write(line: log.json) }
        // A program that reads objects line by line gets nothing else.
        if failed == 0, format != .json {
            console.messages.inform(files.count == 1 ? "no errors" : "no errors in \(files.count) files")
        }
        return console.finish(failed == 0 ? .done : .script)
    }

    /// Whether there are no errors. What is wrong with a module is told once, however many files use it.
    private func check(
        _ source: ScriptSource, _ console: Console, _ log: inout SARIFLog, _ told: inout Set<String>
    ) async throws(CommandError) -> Bool {
        let folder = try source.modules(lib: lib)
        let file = try source.read()
        let session = Session(
            workspace: .unconnected, output: console.sessionOutput, modules: folder?.loader
        )
        let result = await session.check(file, as: .file)
        let sources = await session.sources
        let short = DiagnosticRenderer(sources: sources, format: .short)
        let diagnostics = result.diagnostics.filter { $0.span == nil || told.insert(short.render($0)).inserted }
        let report = result.chunk.map { EffectReport(file: file.name, chunk: $0, sources: sources) }
        switch format {
        case .rich, .short, .json:
            console.messages.report(diagnostics, sources: sources)
            for line in report.map(lines) ?? [] { console.output.write(line: line) }
        case .sarif:
            log.add(diagnostics, sources: sources)
            if let report { log.add(report, sources: sources) }
        }
        return report != nil
    }

    private func lines(_ report: EffectReport) -> [String] {
        switch format {
        case .rich: report.rich
        case .short: report.short
        case .json, .sarif: [report.json]
        }
    }
}
