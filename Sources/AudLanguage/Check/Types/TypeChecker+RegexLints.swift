/// The lint for RE2's classes, which know ASCII alone: beside text that is not, they seldom match what was meant.
extension TypeChecker {
    /// Looks at a regex that is written out. `text` is what it searches; it counts when it is written out as well.
    mutating func lintClasses(_ regex: Expr, beside text: Expr?) {
        guard case .regex(let pattern, _) = regex.kind else { return }
        let scalars = Array(pattern.unicodeScalars) + (text?.literalText.map { Array($0.unicodeScalars) } ?? [])
        let hasLetters = scalars.contains { !$0.isASCII && $0.properties.isAlphabetic }
        let hasDigits = scalars.contains { !$0.isASCII && $0.properties.numericType == .decimal }
        guard hasLetters || hasDigits else { return }
        for letter in Self.classes(in: pattern) {
            let isFound = "dD".unicodeScalars.contains(letter) ? hasDigits : hasLetters
            guard isFound, let help = Self.help[letter] else { continue }
            warn(
                .asciiClass, "`\\\(letter)` knows ASCII only, and there is other text beside it", at: regex.span,
                label: "`\\\(letter)` does not match it as one may expect", help: help)
            return
        }
    }

    /// The letters behind the backslashes of a pattern.
    private static func classes(in pattern: String) -> [Unicode.Scalar] {
        var found: [Unicode.Scalar] = []
        var isEscaped = false
        for scalar in pattern.unicodeScalars {
            if isEscaped { found.append(scalar) }
            isEscaped = scalar == "\\" && !isEscaped
        }
        return found
    }

    private static let help: [Unicode.Scalar: String] = [
        "w": #"for letters and digits of every script write `[\pL\pN_]`"#,
        "W": #"for all but letters and digits of every script write `[^\pL\pN_]`"#,
        "b": #"name what stands beside the word: `(^|\PL)` before it, `(\PL|$)` behind it"#,
        "B": #"name what stands beside the place: `\pL` is a letter of any script"#,
        "d": #"for digits of every script write `\pN`"#,
        "D": #"for all but digits of every script write `\PN`"#,
    ]
}

extension Expr {
    /// The text of a string without interpolations.
    var literalText: String? {
        guard case .string(let parts) = kind else { return nil }
        var text = ""
        for part in parts {
            guard case .text(let piece) = part else { return nil }
            text += piece
        }
        return text
    }
}
