/// The lint for texts that are compared with a field of few words and are none of them: such a test has the same answer
/// for every item, and a filter that keeps nothing looks like a workspace that has nothing.
extension TypeChecker {
    /// Looks at the two sides of `==` and `!=`.
    mutating func lintWords(_ left: Type, _ right: Type, _ expr: Expr) {
        guard let (first, second) = expr.operands else { return }
        lintWord(second, of: left)
        lintWord(first, of: right)
    }

    /// Looks at the items of a list that stands behind `in`.
    mutating func lintWords(in list: Expr, of type: Type) {
        guard case .list(let items) = list.kind else { return }
        for case .item(let item) in items { lintWord(item, of: type) }
    }

    private mutating func lintWord(_ value: Expr, of type: Type) {
        guard let words = type.words, let text = value.literalText, !words.all.contains(text) else { return }
        let closest = Suggestions.closest(to: text, among: words.all)
        warn(
            .unknownWord, "`\(text)` is no known \(words.described)", at: value.span, label: "matches none",
            help: closest.map { "did you mean `\"\($0)\"`?" }
                ?? "known are \(words.all.map { "`\($0)`" }.joined(separator: ", "))")
    }
}
