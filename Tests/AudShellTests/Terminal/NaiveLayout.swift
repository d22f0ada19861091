// A second layout, slow and simple, as the oracle of `Layout`. Widths come from a table written by hand.

import AudShell

struct NaiveLayout {
    /// The clusters of the random tests, as they are shown, and the columns they take.
    static let alphabet: [(text: String, shown: String, width: Int)] = [
        ("a", "a", 1), ("b", "b", 1), (" ", " ", 1), ("(", "(", 1),
        ("é", "é", 1), ("x\u{301}", "x\u{301}", 1), ("不", "不", 2), ("한", "한", 2), ("ｱ", "ｱ", 1), ("กำ", "กำ", 2),
        ("👩‍👩‍👧", "👩‍👩‍👧", 2), ("👍🏽", "👍🏽", 2), ("❤️", "❤️", 2), ("🇯🇵", "🇯🇵", 2), ("1️⃣", "1️⃣", 2), ("🎈", "🎈", 2),
        ("\u{7}", "^G", 2), ("\u{202E}", "\\u{202E}", 8), ("\u{9B}", "\\u{9B}", 6),
    ]
    private static let known = Dictionary(uniqueKeysWithValues: alphabet.map { (Character($0.text), $0) })

    var rows: [String] = []
    var cursor: (row: Int, column: Int)?

    /// All rows of the frame without its menu.
    init(_ frame: Frame, columns: Int) {
        var offset = 0
        let lines = frame.text.text.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            var row = ""
            var column = 0
            func endRow() {
                rows.append(row)
                row = ""
                column = 0
            }
            func put(_ glyph: String, _ width: Int) {
                if column + min(width, columns) > columns { endRow() }
                row += width > columns ? "?" : glyph
                column += min(width, columns)
            }
            func putAll(_ text: Substring, from start: Int?) {
                var at = start ?? 0
                var tab = 0
                for character in text {
                    if start != nil, at == frame.cursor {
                        let width = Self.known[character].map { $0.shown == $0.text ? $0.width : 1 } ?? 1
                        if column + min(width, columns) > columns { endRow() }
                        cursor = (rows.count, column)
                    }
                    at += character.utf8.count
                    if character == "\t" {
                        repeat {
                            put(" ", 1)
                            tab += 1
                        } while tab % 4 != 0
                    } else if let known = Self.known[character], known.shown == known.text {
                        put(known.text, known.width)
                        tab += min(known.width, columns)
                    } else {
                        for letter in Self.known[character]?.shown ?? String(character) {
                            put(String(letter), 1)
                            tab += 1
                        }
                    }
                }
                if start != nil, at == frame.cursor {
                    if column == columns { endRow() }
                    cursor = (rows.count, column)
                }
            }
            putAll((number == 0 ? frame.prompt : frame.continuation).text[...], from: nil)
            putAll(line, from: offset)
            offset += line.utf8.count + 1
            if number == lines.count - 1 { putAll(frame.hint[...], from: nil) }
            endRow()
        }
    }

    /// The part of the rows that a screen shows whose window was at `top`.
    func window(height: Int, top: Int) -> (rows: ArraySlice<String>, top: Int) {
        guard rows.count > height else { return (rows[...], 0) }
        var top = min(top, rows.count - height)
        let row = cursor?.row ?? 0
        while row < top { top -= 1 }
        while row >= top + height { top += 1 }
        return (rows[top..<top + height], top)
    }
}
