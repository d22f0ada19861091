// Whether a text is too long for a screen.

internal import AudLanguage

enum LongValue {
    /// Whether a text takes more than a number of rows of a terminal. Lines that the terminal wraps count as often as they
    /// take a row; those with colours were made for this width.
    static func isLong(_ text: String, rows: Int, width: Int) -> Bool {
        var taken = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            taken += 1
            if !line.utf8.contains(0x1B) {
                let columns = FittedText.width(String(line), upTo: width * (rows + 1))
                taken += max(0, columns - 1) / max(1, width)
            }
            if taken > rows { return true }
        }
        return false
    }
}
