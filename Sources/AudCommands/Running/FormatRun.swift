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
        var isRead = true
        for path in files.isEmpty ? ["-"] : files {
            do {
                switch try format(ScriptSource(path: path), console) {
                case .formatted: break
                case .unformatted: isDone = false
                case .unread: isRead = false
                }
            } catch {
                isDone = false
                console.messages.report(error)
            }
        }
        let status = console.finish(isDone ? .done : .script)
        // As the shell shows a program that a closed pipe has ended.
        return isDone && !isRead ? 128 + SIGPIPE : status
    }

    /// What became of a script.
    private enum Answer {
        case formatted
        /// It has errors, or its layout is another one and must not be changed.
        case unformatted
        /// The reader of its text has gone away.
        case unread
    }

    private func format(_ source: ScriptSource, _ console: Console) throws(CommandError) -> Answer {
        let file = try source.read()
        let text: String
        switch Formatter.format(file) {
        case .success(let formatted): text = formatted
        case .failure(let error):
            var sources = SourceMap()
            sources.add(file)
            console.messages.report(error.diagnostics, sources: sources)
            return .unformatted
        }
        let isFormatted = Array(text.utf8) == file.bytes
        if isCheck {
            if !isFormatted { console.output.write(line: Shown.path(file.name)) }
            return isFormatted ? .formatted : .unformatted
        }
        switch source {
        case .standardInput, .text: return try write(text, to: console)
        case .file(let path): if !isFormatted { try FileReplacement.replace(path, with: Array(text.utf8)) }
        }
        return .formatted
    }

    /// The formatted text goes out to the byte: it is a file's next content, and what would be escaped for a terminal
    /// would be another script.
    private func write(_ text: String, to console: Console) throws(CommandError) -> Answer {
        switch console.mask.sink(STDOUT_FILENO).write(Array(text.utf8)) {
        case nil: return .formatted
        case .closedPipe: return .unread
        case .failed(let reason): throw CommandError("cannot write standard output: \(reason.lowercased())")
        }
    }
}
