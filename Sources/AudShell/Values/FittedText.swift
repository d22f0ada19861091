// Text measured and cut by columns of the screen. Text is walked by grapheme cluster, so that a cut never tears a
// character apart, and only as far as it can matter: a name may have a million characters.

internal import AudLanguage

package enum FittedText {
    /// The width of a text, or `limit` when it is wider.
    package static func width(_ text: String, upTo limit: Int) -> Int {
        if isPlainASCII(text) { return min(text.utf8.count, limit) }
        var width = 0
        for character in text {
            width += DisplayWidth.of(character)
            if width >= limit { return limit }
        }
        return width
    }

    /// The text when it fits, else its beginning and `…`; and how many columns that takes.
    package static func cut(_ text: String, to limit: Int) -> (text: String, width: Int) {
        if text.utf8.count <= limit, isPlainASCII(text) { return (text, text.utf8.count) }
        var width = 0
        var room: (end: String.Index, width: Int) = (text.startIndex, 0)
        var place = text.startIndex
        while place < text.endIndex {
            let next = text.index(after: place)
            width += DisplayWidth.of(text[place])
            if width > limit {
                return limit < 1 ? ("", 0) : (text[..<room.end] + "…", room.width + 1)
            }
            if width < limit { room = (next, width) }
            place = next
        }
        return (text, width)
    }

    private static func isPlainASCII(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }
}
