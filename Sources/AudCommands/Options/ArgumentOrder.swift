import AudLanguage

/// Puts the arguments of a command line into the one order that the argument parser knows: the command first.
///
/// Options may stand before the command (`aud --sandbox run x.aud`), and a script needs no command (`aud x.aud`). What is
/// neither a command nor a script is answered here, with the command that was probably meant.
package struct ArgumentOrder: Sendable {
    /// Command names; of a command with subcommands, also those.
    package var commands: [String: [String]]
    /// The options that take a value, so that `--space run` does not look like a command.
    package var valued: Set<String>
    package var fileExists: @Sendable (String) -> Bool

    package init(commands: [String: [String]], valued: Set<String>, fileExists: @escaping @Sendable (String) -> Bool) {
        self.commands = commands
        self.valued = valued
        self.fileExists = fileExists
    }

    package func ordered(_ arguments: [String]) throws(CommandError) -> [String] {
        let arguments = Self.joiningNumbers(arguments)
        guard let place = firstWord(of: arguments) else { return arguments }
        let word = arguments[place]
        let options = arguments[..<place]
        var rest = arguments[(place + 1)...]
        if let subcommands = commands[word] {
            var path = [word]
            if let next = rest.first, subcommands.contains(next) {
                path.append(next)
                rest = rest.dropFirst()
            }
            return path + options + rest
        }
        if word == "-" || fileExists(word) || word.hasSuffix(".aud") {
            return ["run"] + options + arguments[place...]
        }
        // Behind an option that nobody knows the word may be its value: the argument parser names the option.
        let near = Suggestions.closest(to: word, among: commands.keys.sorted())
        guard options.isEmpty || near != nil else { return arguments }
        throw unknown(word, near)
    }

    /// `--max-changes -1` as `--max-changes=-1`: otherwise the argument parser takes the number for an option, and misses
    /// a value that is there.
    private static func joiningNumbers(_ arguments: [String]) -> [String] {
        var joined: [String] = []
        for (place, argument) in arguments.enumerated() {
            if argument == "--" { return joined + arguments[place...] }
            let isNumber = argument.hasPrefix("-") && argument.dropFirst().first?.isNumber == true
            // What follows -e is the script.
            if isNumber, let option = joined.last, option.hasPrefix("--"), !option.contains("="), option != "--",
                joined.dropLast().last != "-e"
            {
                joined[joined.count - 1] = "\(option)=\(argument)"
            } else {
                joined.append(argument)
            }
        }
        return joined
    }

    private func firstWord(of arguments: [String]) -> Int? {
        var place = 0
        while place < arguments.count {
            let argument = arguments[place]
            if argument == "--" { return nil }
            if argument == "-" || !argument.hasPrefix("-") { return place }
            place += valued.contains(argument) ? 2 : 1
        }
        return nil
    }

    private func unknown(_ word: String, _ near: String?) -> CommandError {
        let names = commands.keys.sorted()
        if let near {
            return CommandError("there is no command \(Shown.quoted(word))", help: "did you mean: aud \(near)")
        }
        return CommandError(
            "there is no command and no script \(Shown.quoted(word))",
            help: "commands: \(names.joined(separator: ", ")); to run a text: aud -e TEXT"
        )
    }
}
