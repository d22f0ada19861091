import AudLanguage

/// Text of files, options and servers as messages show it: nothing in it can move the cursor or change its direction.
package enum Shown {
    /// The text with controls, bidirectional controls and line separators written as `\u{…}`.
    package static func text(_ text: String) -> String {
        TerminalText.escaped(text)
    }

    package static func path(_ path: String) -> String {
        text(path)
    }

    /// In quotes, and cut when it is long: a message fits a screen.
    package static func quoted(_ value: String) -> String {
        let short = value.count > 60 ? value.prefix(57) + "…" : Substring(value)
        return "\"\(text(String(short)))\""
    }
}
