// Text and its styles, for prompts and for what the layout places.

package struct StyledText: Sendable, Equatable, ExpressibleByStringInterpolation {
    package private(set) var text: String
    /// Ascending and not overlapping.
    package private(set) var runs: [StyledRun]

    package init(_ text: String, _ style: Style = .plain) {
        self.text = text
        runs = style == .plain ? [] : [StyledRun(0..<text.utf8.count, style)]
    }

    package init(_ text: String, runs: [StyledRun]) {
        self.text = text
        self.runs = runs
    }

    package init(stringLiteral text: String) {
        self.init(text)
    }

    package static func + (left: StyledText, right: StyledText) -> StyledText {
        let offset = left.text.utf8.count
        let moved = right.runs.map { run in
            StyledRun(run.range.lowerBound + offset..<run.range.upperBound + offset, run.style)
        }
        return StyledText(left.text + right.text, runs: left.runs + moved)
    }
}
