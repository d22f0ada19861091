// `help NAME`: what a built-in, a stage, a keyword, a colon command or a code is about. Everything here comes from the
// tables that also drive the language, and from the pages of `aud explain`, so help cannot fall behind them.

package import AudLanguage

package enum HelpTopic {
    /// All that `help` knows, for completion and for did-you-mean.
    package static func names(in library: Library = .standard) -> [String] {
        let functions = library.rows.filter { !$0.isHidden }.map(\.name).sorted()
        let words = (LanguageWord.stages + LanguageWord.keywords + LanguageWord.types).map(\.word)
        return functions + words.filter { library.index(of: $0) == nil } + ColonCommand.all.map { ":\($0.name)" }
            + Page.all.map(\.code.rawValue)
    }

    /// What stands behind `help` in a line that is no statement of the language; nothing for `help` alone.
    static func asked(by line: String) -> String? {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard words.first == "help" else { return nil }
        let topic = words.dropFirst().joined(separator: " ")
        let isName = topic.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" || $0 == " " }
        return isName || isOnOperator(line) || StatementSource(line).reading.completeness == .invalid ? topic : nil
    }

    /// Whether a line is `help ??` or the like, which as a statement would wait for what comes behind it.
    static func isOnOperator(_ line: String) -> Bool {
        let words = line.split(whereSeparator: \.isWhitespace)
        return words.count == 2 && words[0] == "help" && LanguageWord.operators.contains { $0.word == words[1] }
    }

    /// The lines on a topic; on an unknown one, what comes near.
    package static func lines(
        on topic: String, in library: Library = .standard, width: Int? = nil, theme: Theme
    ) -> [String] {
        found(topic, in: library, width: width, theme: theme) ?? unknown(topic, in: library)
    }

    /// What to say of a topic that nothing is known of.
    static func unknown(_ topic: String, in library: Library) -> [String] {
        let near = closest(to: topic, in: library).map { "help: did you mean `help \($0)`?" }
        return ["there is no help on `\(TerminalText.escaped(topic))`"] + (near.map { [$0] } ?? [])
    }

    /// The lines on a topic, nil when there are none.
    package static func found(
        _ topic: String, in library: Library = .standard, width: Int?, theme: Theme
    ) -> [String]? {
        if let page = Page.named(topic) { return page.lines(width: width, heading: theme.heading) }
        if isLastValue(topic) {
            return [theme.heading("_, _1 … _\(Environment.earlierValues)")]
                + indented("the last value that a statement has shown, and those before it; at the prompt only", width)
                + example("list() | where .enabled\n_ | count", nil)
        }
        var lines: [String] = []
        let name = topic.hasPrefix(":") ? String(topic.dropFirst()) : topic
        if !topic.hasPrefix(":") {
            for word in LanguageWord.named(name) { lines += self.lines(on: word, width: width, theme: theme) }
            if let place = library.index(of: name), !library[place].isHidden {
                lines += self.lines(on: library[place], width: width, theme: theme)
            }
        }
        if lines.isEmpty, let command = ColonCommand.named(name) {
            lines += [theme.heading(command.usage)] + indented(command.summary, width)
        }
        return lines.isEmpty ? nil : lines
    }

    private static func isLastValue(_ topic: String) -> Bool {
        (0...Environment.earlierValues).contains { topic == Environment.lastValue(before: $0) }
    }

    /// The topic that was probably meant.
    package static func closest(to topic: String, in library: Library = .standard) -> String? {
        Page.closest(to: topic) ?? Suggestions.closest(to: topic, among: names(in: library))
    }

    private static func lines(on word: LanguageWord, width: Int?, theme: Theme) -> [String] {
        [theme.heading(word.isStage ? "… | \(word.usage)" : word.usage)] + indented(word.summary, width)
            + example(word.example.source, word.example.result)
    }

    private static func lines(on builtin: Builtin, width: Int?, theme: Theme) -> [String] {
        var lines = [theme.heading(builtin.signature)] + indented(builtin.summary, width)
        lines += example(builtin.example.source, builtin.example.result)
        switch builtin.effect {
        case .pure: break
        case .reads: lines.append("    reads from the workspace")
        case .prints: lines.append("    prints")
        case .updates, .creates, .removes:
            if case .host = builtin.body {
                lines.append("    changes something that a dry run cannot record: it fails there")
            } else {
                lines.append("    changes the workspace: a dry run records it and sends nothing")
            }
        }
        return lines
    }

    private static func indented(_ text: String, _ width: Int?) -> [String] {
        TextWrap.lines(text, fitting: (width ?? 120) - 4).map { "    " + $0 }
    }

    private static func example(_ source: String, _ result: String?) -> [String] {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
            (index == 0 ? "    example: " : "             ") + line
        }
        return lines + (result.map { ["          →  \($0)"] } ?? [])
    }

    /// What `:help` alone shows.
    package static func overview(of library: Library = .standard, width: Int?, theme: Theme) -> [String] {
        let width = width ?? 100
        func wrapped(_ text: String, indented blanks: Int = 2) -> [String] {
            TextWrap.lines(text, fitting: width - blanks).map { String(repeating: " ", count: blanks) + $0 }
        }
        func heading(_ text: String) -> [String] { wrapped(text, indented: 0).map(theme.heading) }
        var lines = heading("A statement runs when it is complete; Enter goes on with it when it is not.")
        lines += wrapped("list() | where .enabled | take 5")
        lines += wrapped("`_` is the last value, and a line that starts with `|` goes on with it.") + [""]
        lines += table(ColonCommand.all.map { ($0.usage, $0.summary) }, width)
        let families = library.rows.reduce(into: [(name: String, members: [String])]()) { families, builtin in
            guard !builtin.isHidden else { return }
            if let place = families.firstIndex(where: { $0.name == builtin.family }) {
                families[place].members.append(builtin.name)
            } else {
                families.append((builtin.family, [builtin.name]))
            }
        }
        let words = [
            ("stages", LanguageWord.stages.map(\.word)), ("keywords", LanguageWord.keywords.map(\.word)),
            ("types", LanguageWord.types.map(\.word)), ("operators", LanguageWord.operators.map(\.word)),
        ]
        lines += [""] + heading("help NAME explains one of these:")
        lines += table((words + families).map { ("\($0.0):", $0.1.joined(separator: " ")) }, width)
        lines += [""] + wrapped("help E0302 explains the code of a message")
        lines += [""] + wrapped("Tab completes · Ctrl-C cancels a statement · Ctrl-D leaves")
        return lines
    }

    /// Two columns; on a narrow screen the second one stands below the first.
    private static func table(_ rows: [(name: String, text: String)], _ width: Int) -> [String] {
        let widest = rows.map(\.name.count).max() ?? 0
        let column = widest + 4
        if width - column < 28 {
            return rows.flatMap { row in
                TextWrap.lines(row.name, fitting: width - 2).map { "  " + $0 }
                    + TextWrap.lines(row.text, fitting: width - 4).map { "    " + $0 }
            }
        }
        return rows.flatMap { row in
            TextWrap.lines(row.text, fitting: width - column).enumerated().map { place, part in
                let name = place == 0 ? row.name : ""
                return "  \(name)\(String(repeating: " ", count: column - 2 - name.count))\(part)"
            }
        }
    }
}
