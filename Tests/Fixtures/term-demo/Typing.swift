// How long the real host takes from a key to the bytes for the terminal, with colours and hints: `term-demo typing LINES…`.
// `scripts/bench typing` runs it in a release build.

import AudShell

enum Typing {
    private static let history = (0..<10_000).map {
        "list() | where .name == \"earlier \($0)\" | take \($0) | select .name, .key"
    }

    /// Types in statements of so many lines, at the end and in the middle, and says how long the keys took.
    static func measure(lines counts: [Int]) {
        let host = ShellHost(theme: Theme(isColored: true)) { CompletionContext(names: ["stale", "owners"]) }
        for count in counts {
            let lines = (1...count).map {
                "  {number: \($0), name: \"no. {stale} of {len(owners)}\", size: .5 + \($0)},"
            }
            let paste = "\u{1B}[200~let all = [\n" + lines.joined(separator: "\n") + "\n\u{1B}[201~"
            let typed = String(repeating: "stale | where .size > 10 and name", count: 10)
            let middle = String(repeating: "\u{1B}[A", count: count / 2)
            guard let input = edit(paste + typed + middle + typed, host) else { return }
            // The first two are the empty line and the paste.
            print("\(count) lines, \(input.summary(behind: 2))")
        }
        // A search that finds the oldest, one that finds nothing, and a walk to the oldest that begins with the line.
        for (name, keys) in [
            ("search", "\u{12}earlier 0\""), ("vain search", "\u{12}nowhere"),
            ("prefix search", "list() | where .name == \"earlier 0\u{1B}[A"),
        ] {
            guard let input = edit(keys, host) else { return }
            print("\(name) in \(history.count) statements, \(input.summary(behind: 1))")
        }
    }

    static func edit(_ keys: String, _ host: any EditorHost) -> MeasuredInput? {
        guard let editor = LineEditor(host: host, history: history, file: "/dev/null") else { return nil }
        let input = MeasuredInput(keys)
        _ = editor.edit(Prompt("> "), from: input)
        return input
    }
}
