// `help NAME`: what a built-in, a stage or a colon command does. Everything here comes from the tables that also drive
// the language, so help cannot fall behind it.

package import AudLanguage

package enum HelpTopic {
    /// All that `help` knows, for completion and for did-you-mean.
    package static var names: [String] {
        Library.builtins.filter { !$0.isHidden }.map(\.name).sorted()
            + StageGuide.rows.map(\.word).filter { Library.index(of: $0) == nil }
            + ColonCommand.all.map { ":\($0.name)" }
    }

    /// The lines on a topic; on an unknown one, what comes near.
    package static func lines(on topic: String, theme: Theme) -> [String] {
        var lines: [String] = []
        let name = topic.hasPrefix(":") ? String(topic.dropFirst()) : topic
        if !topic.hasPrefix(":") {
            if let stage = StageGuide.named(name) {
                lines += [theme.heading("… | \(stage.usage)"), "    \(stage.summary)"]
            }
            if let place = Library.index(of: name), !Library.builtins[place].isHidden {
                lines += self.lines(on: Library.builtins[place], theme: theme)
            }
        }
        if lines.isEmpty, let command = ColonCommand.named(name) {
            lines += [theme.heading(command.usage), "    \(command.summary)"]
        }
        if lines.isEmpty {
            lines.append("there is no help on `\(TerminalText.escaped(topic))`")
            if let near = Suggestions.closest(to: topic, among: names) {
                lines.append("help: did you mean `help \(near)`?")
            }
        }
        return lines
    }

    /// `padStart(text: string, width: int, fill: string = " ") → string`
    package static func signature(of builtin: Builtin) -> String {
        let last = builtin.parameters.count - 1
        let parameters = builtin.parameters.enumerated().map { place, parameter in
            let fallback = parameter.fallback.map { " = \(Printer.summary($0))" } ?? ""
            return "\(parameter.name)\(builtin.isVariadic && place == last ? "…" : ""): \(parameter.type)\(fallback)"
        }
        return "\(builtin.name)(\(parameters.joined(separator: ", "))) → \(builtin.result)"
    }

    private static func lines(on builtin: Builtin, theme: Theme) -> [String] {
        var lines = [theme.heading(signature(of: builtin)), "    \(builtin.summary)"]
        let example = builtin.example.source.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in example.enumerated() {
            lines.append((index == 0 ? "    example: " : "             ") + line)
        }
        if let result = builtin.example.result { lines.append("          →  \(result)") }
        switch builtin.effect {
        case .pure: break
        case .reads: lines.append("    reads from the workspace")
        case .prints: lines.append("    prints")
        case .updates, .creates, .removes:
            lines.append("    changes the workspace: a dry run records it and sends nothing")
        }
        return lines
    }

    /// What `:help` alone shows.
    package static func overview(width: Int?, theme: Theme) -> [String] {
        let widest = ColonCommand.all.map(\.usage.count).max() ?? 0
        var lines = [
            theme.heading("A statement runs when it is complete; Enter goes on with it when it is not."),
            "  list() | where .enabled | take 5",
            "  `_` is the last value, and a line that starts with `|` goes on with it.",
            "",
        ]
        for command in ColonCommand.all {
            let blanks = String(repeating: " ", count: widest - command.usage.count)
            lines.append("  \(command.usage)\(blanks)  \(command.summary)")
        }
        let families = Library.builtins.reduce(into: [(name: String, members: [String])]()) { families, builtin in
            guard !builtin.isHidden else { return }
            if let place = families.firstIndex(where: { $0.name == builtin.family }) {
                families[place].members.append(builtin.name)
            } else {
                families.append((builtin.family, [builtin.name]))
            }
        }
        lines += ["", theme.heading("help NAME explains one of these:")]
        for family in [("stages", StageGuide.rows.map(\.word))] + families {
            let members = FittedText.wrap(family.1.joined(separator: " "), to: (width ?? 100) - 11)
            for (index, line) in members.enumerated() {
                let name = index == 0 ? "\(family.0):" : ""
                lines.append("  \(name)\(String(repeating: " ", count: max(0, 9 - name.count)))\(line)")
            }
        }
        lines += ["", "  Tab completes · Ctrl-C cancels a statement · Ctrl-D leaves"]
        return lines
    }
}
