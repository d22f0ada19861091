import AudLanguage

/// What the argument parser says about a wrong command line, without the options that it suggests for a name that is not
/// near: to one who writes `--days 30`, `--yes` is no advice.
enum UsageMessage {
    /// `isRun`: whether a script may have params of its own.
    static func text(_ message: String, isRun: Bool) -> String {
        ours(withoutFarNames(message, isRun: isRun))
    }

    /// The sentence of such a text apart from what helps, for messages in one line and for programs.
    static func error(_ text: String) -> CommandError {
        let lines = text.split(separator: "\n").map { line in
            ["error: ", "help: "].first { line.hasPrefix($0) }.map { line.dropFirst($0.count) } ?? line
        }
        let help = lines.dropFirst().joined(separator: "\n")
        return CommandError(String(lines.first ?? ""), help: help.isEmpty ? nil : help)
    }

    /// The format of messages that a command line asks for, though it could not be parsed.
    static func format(askedBy arguments: [String]) -> DiagnosticRenderer.Format {
        let option = "--diagnostics"
        let values = zip(arguments, arguments.dropFirst() + [""]).compactMap { argument, next in
            if argument == option { return next }
            return argument.hasPrefix(option + "=") ? String(argument.dropFirst(option.count + 1)) : nil
        }
        return values.last.flatMap(CheckFormat.init)?.messages ?? .rich
    }

    /// The message in the form of all other errors.
    private static func ours(_ message: String) -> String {
        let words = ["Error: ": "error: ", "Help: ": "help: ", "Usage: ": "usage: "]
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let (old, new) = words.first(where: { line.hasPrefix($0.key) }) else { return String(line) }
            let rest = line.dropFirst(old.count).drop { $0 == " " }
            let isWord = rest.dropFirst().first?.isLowercase == true
            return new + (old == "Error: " && isWord ? rest.prefix(1).lowercased() + rest.dropFirst() : String(rest))
        }
        return lines.joined(separator: "\n")
    }

    private static func withoutFarNames(_ message: String, isRun: Bool) -> String {
        let parts = message.split(separator: "'", omittingEmptySubsequences: false)
        guard parts.count > 2, parts[0].hasSuffix("Unknown option ") else { return message }
        var text = message
        if parts.count > 4, parts[2].hasSuffix("Did you mean ") {
            let (wrong, near) = (name(parts[1]), name(parts[3]))
            if Suggestions.closest(to: wrong, among: [near]) == nil {
                text = parts[0] + "'" + parts[1] + "'" + parts[4...].joined(separator: "'").drop { $0 == "?" }
            }
        }
        guard isRun else { return text }
        return text + "\n  A param of the script is given with --set name=value; aud run FILE --help lists them."
    }

    private static func name(_ option: Substring) -> String {
        String(option.drop { $0 == "-" })
    }
}
