// What a piece of the text in the editor is, and how that looks.

package enum InputRole: Sendable, Hashable, CaseIterable {
    /// Names, operators, labels and whatever else has no look of its own.
    case plain
    case keyword
    /// A word behind `|` that only looks.
    case stage
    /// A stage or a function that changes the workspace.
    case change
    case builtin
    case field
    case type
    case string
    case regex
    /// Numbers, dates and durations.
    case number
    case comment
    /// A colon command, or a word that only the shell knows.
    case command
    /// A name that means nothing here.
    case unknown
    /// What cannot stand in any text.
    case error
}

extension Theme {
    /// The look of a role. Without colours only what is wrong, and remarks, have one.
    package func style(of role: InputRole) -> Style {
        switch role {
        case .plain: .plain
        case .comment: .dim
        case .unknown, .error: isColored ? Style(.red, underline: true) : Style(underline: true)
        case _ where !isColored: .plain
        case .keyword: Style(.magenta)
        case .stage: Style(.blue, bold: true)
        case .change: Style(.yellow, bold: true)
        case .builtin: Style(.blue)
        case .field, .type: Style(.cyan)
        case .string, .regex: Style(.green)
        case .number: Style(.yellow)
        case .command: Style(.magenta, bold: true)
        }
    }

    /// The look of a bracket while the cursor is at it or at its partner.
    package func matched(_ style: Style) -> Style {
        var style = style
        style.bold = true
        style.underline = true
        return style
    }
}
