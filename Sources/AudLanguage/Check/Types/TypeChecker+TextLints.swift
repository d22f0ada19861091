/// The lint for texts that are written as in another language, and here mean what they say.
extension TypeChecker {
    /// `"${name}"`: the `$` is a character like others.
    mutating func lintDollars(_ parts: [StringPart]) {
        for (part, next) in zip(parts, parts.dropFirst()) {
            guard case .text(let text) = part, text.utf8.last == UInt8(ascii: "$"),
                case .interpolation(let value) = next
            else { continue }
            let name = value.written ?? "…"
            warn(
                .foreignText, "the `$` before this value stays in the text", at: value.span, label: "`$` and the value",
                help: "a value is put in by `{\(name)}`; a `$` that is meant is joined on: `\"$\" + str(\(name))`")
        }
    }

    /// `~ "^test"`: a text is searched for as it stands.
    mutating func lintPattern(_ pattern: Expr) {
        guard let text = pattern.literalText, text.hasPrefix("^") || text.hasSuffix("$") || text.contains(".*") else {
            return
        }
        warn(
            .foreignText, "`~` looks for this text as it stands, not for a pattern", at: pattern.span, label: "a text",
            help: "a regex stands between slashes: `/\(text.contains("/") ? "^test" : text)/`")
    }
}
