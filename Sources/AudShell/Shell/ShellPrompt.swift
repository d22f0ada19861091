// The prompt: where a statement would act, how, and what is staged. `prod dry +3> `

internal import AudLanguage
internal import AudRuntime

struct ShellPrompt {
    var profile: String
    var space: String?
    var mode: Mode
    var staged: Int

    /// A name may be long and come from a configuration file.
    private static let longest = 24

    var text: String {
        let words = [place, mode == .live ? "live" : "dry", staged > 0 ? "+\(staged)" : nil]
        return words.compactMap { $0 }.joined(separator: " ") + "> "
    }

    /// Live stands out; a continuation line says what is open and keeps the text in its column.
    var prompt: Prompt {
        let text = text
        let width = DisplayWidth.of(text)
        return Prompt(mode == .live ? StyledText(text, Style(.red)) : StyledText(text)) { open in
            let mark = open.isEmpty ? "… " : "\(open) … "
            let blanks = max(0, width - DisplayWidth.of(mark))
            return StyledText(String(repeating: " ", count: blanks) + mark, .dim)
        }
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
