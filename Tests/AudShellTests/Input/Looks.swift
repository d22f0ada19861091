// The styles of a text as a second line, a letter below each byte, so that a test shows what a person sees.

import AudShell

enum Looks {
    private static let theme = Theme(isColored: true)
    private static let letters: [(InputRole, Character)] = [
        (.keyword, "k"), (.stage, "s"), (.change, "c"), (.builtin, "b"), (.field, "f"), (.string, "\""), (.number, "n"),
        (.comment, "#"), (.command, ":"), (.unknown, "!"),
    ]

    /// `.` is plain, `^` a bracket that matches; other letters are the first of a role, `f` also a type, `"` also a regex,
    /// `!` also an error.
    static func line(_ text: String, _ runs: [StyledRun]) -> String {
        var line = Array(repeating: Character("."), count: text.utf8.count)
        for run in runs {
            let letter = letters.first { theme.style(of: $0.0) == run.style }?.1 ?? "^"
            for place in run.range { line[place] = letter }
        }
        return String(line)
    }

    static func of(_ text: String, cursor: Int? = nil, host: ShellHost) -> String {
        line(text, host.style(text, cursor: cursor))
    }

    static func host(
        _ names: [String] = [], scope: LatestScope = LatestScope(), theme: Theme = Theme(isColored: true)
    ) -> ShellHost {
        ShellHost(scope: scope, theme: theme) { CompletionContext(names: names) }
    }
}
