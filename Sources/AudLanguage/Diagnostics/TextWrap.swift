/// Text in lines of a given width, broken at blanks, but not within code in backquotes, so that it can be copied.
package enum TextWrap {
    /// A word that is too long for a line has a line of its own.
    static func lines(_ text: String, first: Int, others: Int) -> [String] {
        lines(text, first: first, others: others, mustFit: false)
    }

    /// No line is wider: code is broken where a line has no other blank, and a word where it has none at all.
    package static func lines(_ text: String, fitting width: Int) -> [String] {
        if text.utf8.count <= width { return [text] }
        return lines(text, first: max(1, width), others: max(1, width), mustFit: true)
    }

    private static func lines(_ text: String, first: Int, others: Int, mustFit: Bool) -> [String] {
        var lines: [String] = []
        var start = text.startIndex
        var blank: String.Index?
        var blankInCode: String.Index?
        var isCode = false
        var width = 0
        var place = start
        while place < text.endIndex {
            let character = text[place]
            let columns = DisplayWidth.of(character)
            // A blank at the end of a line needs no room.
            if character != " ", width + columns > (lines.isEmpty ? first : others), place > start,
                let end = blank ?? (mustFit ? blankInCode ?? place : nil)
            {
                // The text is read again from there.
                if text[end..<place].count(where: { $0 == "`" }) % 2 == 1 { isCode.toggle() }
                var line = text[start..<end]
                while line.last == " " { line.removeLast() }
                lines.append(String(line))
                start = end
                if text[start] == " " { start = text.index(after: start) }
                place = start
                (blank, blankInCode) = (nil, nil)
                width = 0
                continue
            }
            if character == "`" { isCode.toggle() }
            if character == " " { if isCode { blankInCode = place } else { blank = place } }
            width += columns
            place = text.index(after: place)
        }
        lines.append(String(text[start...]))
        return lines
    }
}
