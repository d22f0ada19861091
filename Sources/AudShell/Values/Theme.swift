// The looks that output has, by what they mean. Without colours every look is plain text: nothing is said by a look
// alone.

/// Turns text into text with the terminal's own colours, or leaves it as it is.
package struct Theme: Sendable, Hashable {
    package let isColored: Bool

    package init(isColored: Bool) {
        self.isColored = isColored
    }

    package static let plain = Theme(isColored: false)

    /// What stands above columns and beside fields.
    package func heading(_ text: String) -> String { paint(text, Style(bold: true)) }
    /// What matters less: rules, remarks, nulls.
    package func faint(_ text: String) -> String { paint(text, .dim) }
    /// What went well.
    package func good(_ text: String) -> String { paint(text, Style(.green)) }
    /// What to look at before going on.
    package func warning(_ text: String) -> String { paint(text, Style(.yellow)) }
    /// What failed or cannot be taken back.
    package func danger(_ text: String) -> String { paint(text, Style(.red)) }

    private func paint(_ text: String, _ style: Style) -> String {
        guard isColored, !text.isEmpty else { return text }
        return style.selectGraphicRendition(colored: true) + text + "\u{1B}[0m"
    }
}
