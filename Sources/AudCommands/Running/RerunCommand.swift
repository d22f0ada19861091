/// The command line that sends what a dry run recorded: the same one with another mode, quoted so that it can be copied.
package struct RerunCommand: Sendable, Equatable {
    /// The program and its arguments as they were given.
    package var arguments: [String]
    package var source: ScriptSource

    package init(arguments: [String], source: ScriptSource) {
        self.arguments = arguments
        self.source = source
    }

    package func text(mode: String) -> String {
        var words = arguments
        var end = words.endIndex
        // What follows `--` is no option, and what follows -e is the script.
        if let place = words.firstIndex(of: "--") { end = place }
        var kept: [String] = []
        var place = 0
        while place < words.count {
            let word = words[place]
            if place > 0, place < end, ["--dry-run", "--live", "--apply"].contains(word) {
                place += 1
                continue
            }
            kept.append(word)
            if word == "-e", place + 1 < words.count {
                place += 1
                kept.append(words[place])
            }
            place += 1
        }
        if let place = kept.firstIndex(of: "--") { kept.insert(mode, at: place) } else { kept.append(mode) }
        words = kept
        let command = ShellQuoting.command(words)
        return source == .standardInput ? command + " (with the same script)" : command
    }
}
