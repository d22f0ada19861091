// The prompt: where a statement would act, how, and what is staged. `prod dry +3> `

internal import AudLanguage
internal import AudRuntime

struct ShellPrompt {
    var profile: String
    var space: String?
    var mode: Mode
    var staged: Int
    /// Whether nothing can be sent from here.
    var isReadOnly = false
    /// Of the profile's part.
    var color: Color?

    /// A name may be long and come from a configuration file.
    private static let longest = 24

    var text: String {
        let words = [place, mode == .live ? "live" : isReadOnly ? "read-only" : "dry", staged > 0 ? "+\(staged)" : nil]
        return words.compactMap { $0 }.joined(separator: " ") + "> "
    }

    /// Live stands out as a whole; a continuation line says what is open and keeps the text in its column.
    var prompt: Prompt {
        let text = text
        let width = DisplayWidth.of(text)
        return Prompt(mode == .live ? StyledText(text, Style(.red, bold: color != nil)) : colored(text)) { open in
            let mark = open.isEmpty ? "… " : "\(open) … "
            let blanks = max(0, width - DisplayWidth.of(mark))
            return StyledText(String(repeating: " ", count: blanks) + mark, .dim)
        }
    }

    /// The place in the profile's colour, so that production looks like production.
    private func colored(_ text: String) -> StyledText {
        guard let color, let place else { return StyledText(text) }
        return StyledText(text, runs: [StyledRun(0..<place.utf8.count, Style(color, bold: true))])
    }

    private var place: String? {
        let names = [profile == "default" ? nil : profile, space].compactMap { $0 }
        if names.count == 2, names[0] == names[1] { return short(names[0]) }
        return names.isEmpty ? nil : names.map(short).joined(separator: "/")
    }

    private func short(_ name: String) -> String {
        FittedText.cut(TerminalText.escaped(name), to: Self.longest).text
    }
}
