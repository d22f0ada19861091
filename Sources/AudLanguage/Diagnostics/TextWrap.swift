/// Text in lines of a given width, broken at blanks. Code in backquotes is not broken, so that it can be copied, and a
/// word that is too long for a line has a line of its own.
enum TextWrap {
    static func lines(_ text: String, first: Int, others: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in words(text) {
            let width = DisplayWidth.of(word)
            let limit = lines.isEmpty ? first : others
            if used > 0, used + 1 + width > limit {
                lines.append(line)
                (line, used) = (word, width)
            } else {
                line += used > 0 ? " " + word : word
                used += used > 0 ? 1 + width : width
            }
        }
        return lines + [line]
    }

    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isCode = false
        for character in text {
            if character == "`" { isCode.toggle() }
            if character == " ", !isCode {
                words.append(word)
                word = ""
            } else {
                word.append(character)
            }
        }
        return words + [word]
    }
}
