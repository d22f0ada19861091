import AudLanguage
import AudShell
import SegmentAudiences

/// Errors and warnings on standard error, in the form of `--diagnostics`.
struct Messages: Sendable {
    var format: DiagnosticRenderer.Format
    var output: TerminalOutput

    /// Tells what is wrong with a text or went wrong in it.
    func report(_ diagnostics: [Diagnostic], sources: SourceMap) {
        guard !diagnostics.isEmpty else { return }
        output.setSources(sources)
        output.report(diagnostics)
    }

    /// Tells something that is neither an error nor a value, unless --quiet is given.
    func inform(_ text: String) {
        if !output.looks.isQuiet { output.say(Self.escaped(text)) }
    }

    /// Tells what is wrong with the command line.
    func report(_ error: CommandError) {
        switch format {
        case .rich:
            output.say(error: Self.escaped(error.message), help: error.help.map { Self.escaped($0) })
        case .short: output.say("aud: error: " + Self.escaped(error.message))
        case .json:
            let fields: [String: JSONValue] = [
                "severity": .string("error"), "message": .string(error.message),
                "help": error.help.map { .string($0) } ?? .null,
            ]
            output.say(JSONValue.object(fields).text)
        }
    }

    /// What a message says of a file or a server is escaped where it is put in; this catches what was forgotten.
    private static func escaped(_ text: String) -> String {
        TerminalText.escaped(text, keepingLines: true)
    }
}
