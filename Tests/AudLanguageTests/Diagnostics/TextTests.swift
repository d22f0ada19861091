import AudLanguage
import Testing

/// Escaping, widths and suggestions.
@Suite struct TextTests {
    @Test(arguments: [
        ("plain", "plain"), ("é 日本 👩‍👩‍👧", "é 日本 👩‍👩‍👧"), ("a\u{1B}[31mb", "a\\u{1b}[31mb"), ("a\r\nb", "a\\u{d}\\u{a}b"),
        ("\u{0}\u{7F}\u{85}", "\\u{0}\\u{7f}\\u{85}"), ("\u{202E}abc\u{2066}", "\\u{202e}abc\\u{2066}"),
        ("a\u{2028}b\u{2029}", "a\\u{2028}b\\u{2029}"), ("\u{200F}\u{61C}", "\\u{200f}\\u{61c}"),
    ])
    func textOfOthersIsMadeHarmless(_ text: String, _ expected: String) {
        #expect(TerminalText.escaped(text) == expected)
    }

    @Test func linesMayBeKept() {
        #expect(TerminalText.escaped("a\n\tb\u{1B}", keepingLines: true) == "a\n\tb\\u{1b}")
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｱ", 1), ("ＡＢ", 4), ("한국", 4), ("👍", 2), ("👍🏽", 2),
        ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("❤", 1), ("❤️", 2), ("\u{200B}", 0), ("…", 1), ("、", 2), ("★", 1), ("\u{301}", 0),
    ])
    func widthIsThatOfATerminal(_ text: String, _ width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test(arguments: [
        ("enabeld", "enabled"), ("Enabled", "enabled"), ("updated_at", "updatedAt"), ("nmae", "name"), ("kye", "key"),
        ("spaceid", "spaceId"), ("discription", "description"),
    ])
    func theNearestNameIsSuggested(_ wrong: String, _ right: String) {
        let fields = ["id", "spaceId", "name", "description", "key", "enabled", "definition", "status", "updatedAt"]
        #expect(Suggestions.closest(to: wrong, among: fields) == right)
    }

    @Test(arguments: ["x", "ix", "abc", "foo", "population", "", "descending", "named it all"])
    func nothingFarFetchedIsSuggested(_ wrong: String) {
        #expect(Suggestions.closest(to: wrong, among: ["id", "name", "key", "enabled", "definition", "status"]) == nil)
    }
}
