/// A page in lines. Words are wrapped; programs and command lines stay as they are, so that they can be copied.
extension Page {
    /// The columns of a page where nobody says how many there are.
    package static let usualWidth = 80
    /// Longer lines are hard to read, however wide the terminal is.
    private static let widest = 96

    /// The page for a screen of `width` columns, its headings given a look by `heading`. Nothing in it needs escaping.
    package func lines(width: Int?, heading: (String) -> String = { $0 }) -> [String] {
        let width = min(max(20, width ?? Self.usualWidth), Self.widest)
        let title = TextWrap.lines(title, first: width - 7, others: width - 7)
        var lines = title.enumerated().map { index, line in
            heading((index == 0 ? "\(code.rawValue)  " : "       ") + line)
        }
        lines += [""] + Self.wrapped(text, width: width, indent: 2)
        lines += ["", "  " + heading(wrong.isAction ? "wrong" : "when")] + wrong.lines(width: width)
        lines += ["", "  " + heading(right.isAction ? "right" : "what to do")] + right.lines(width: width)
        return lines
    }

    /// All codes with their titles, a line each where the titles fit.
    package static func list(width: Int?) -> [String] {
        let width = min(max(20, width ?? usualWidth), widest)
        return all.flatMap { page in
            TextWrap.lines(page.title, first: width - 7, others: width - 7).enumerated().map { index, line in
                (index == 0 ? "\(page.code.rawValue)  " : "       ") + line
            }
        }
    }

    fileprivate static func wrapped(_ text: String, width: Int, indent: Int) -> [String] {
        let joined = text.split(separator: "\n").joined(separator: " ")
        let margin = String(repeating: " ", count: indent)
        return TextWrap.lines(joined, first: width - indent, others: width - indent).map { margin + $0 }
    }
}

extension Page.Example {
    /// Whether somebody wrote it, as opposed to something that happens.
    fileprivate var isAction: Bool {
        switch self {
        case .program, .command: true
        case .situation: false
        }
    }

    fileprivate func lines(width: Int) -> [String] {
        switch self {
        case .program(let text):
            text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "      \($0)" }
        case .command(let text): text.split(separator: "\n").map { "      $ \($0)" }
        case .situation(let text): Page.wrapped(text, width: width, indent: 6)
        }
    }
}
