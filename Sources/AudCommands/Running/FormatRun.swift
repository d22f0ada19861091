import AudLanguage
import AudRuntime
import AudShell

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `aud fmt`: every file is formatted, or left as it is and told about; one bad file does not keep the others back.
struct FormatRun: Sendable {
    /// Empty: standard input.
    var files: [String]
    /// Whether nothing is written but the names of the files that would change.
    var isCheck: Bool
    var settings: ConsoleSettings
    var variables: ProcessVariables

    func perform() -> Int32 {
        let console = Console(settings, variables: variables)
        var isDone = true
        for path in files.isEmpty ? ["-"] : files {
            do {
                if try !format(ScriptSource(path: path), console) { isDone = false }
            } catch {
                isDone = false
                console.messages.report(error)
            }
        }
        return console.finish(isDone ? .done : .script)
    }

    /// Whether the script is formatted now.
    private func format(_ source: ScriptSource, _ console: Console) throws(CommandError) -> Bool {
        let file = try source.read()
        let text: String
        switch Formatter.format(file) {
        case .success(let formatted): text = formatted
        case .failure(let error):
            var sources = SourceMap()
            sources.add(file)
            console.messages.report(error.diagnostics, sources: sources)
            return false
        }
        let isFormatted = Array(text.utf8) == file.bytes
        if isCheck {
            if !isFormatted { console.output.print(Shown.path(file.name)) }
            return isFormatted
        }
        switch source {
        case .standardInput, .text: try write(text, to: console)
        case .file(let path): if !isFormatted { try FileReplacement.replace(path, with: Array(text.utf8)) }
        }
        return true
    }

    /// The formatted text goes out to the byte: it is a file's next content, and what would be escaped for a terminal
    /// would be another script. A reader that has gone away is told nothing.
    private func write(_ text: String, to console: Console) throws(CommandError) {
        switch console.mask.sink(STDOUT_FILENO).write(Array(text.utf8)) {
        case nil, .closedPipe: return
        case .failed(let reason): throw CommandError("cannot write standard output: \(reason.lowercased())")
        }
    }
}
