/// What is no part of the language: bytes that are not UTF-8, and characters that start no token.
extension Lexer {
    /// Reports bytes that are not UTF-8, one message a line.
    mutating func checkUTF8() {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            position = bytes.count
            return report(
                .invalidUTF8, "this is UTF-16 text, and a script is UTF-8", from: 0, to: 2,
                help: "save the file as UTF-8")
        }
        var place = 0
        while place < bytes.count {
            if bytes[place] < 0x80 {
                place += 1
                continue
            }
            if let length = UTF8Sequence.length(in: bytes[...], at: place) {
                place += length
                continue
            }
            let hex = String(bytes[place], radix: 16, uppercase: true)
            report(
                .invalidUTF8, "the byte 0x\(hex) is not UTF-8 text here", from: place, to: place + 1,
                help: "save the file as UTF-8")
            while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
        }
    }

    mutating func readUnexpected() {
        let start = position
        guard let length = UTF8Sequence.length(in: bytes[...], at: position) else {
            position += 1
            return add(.bad, from: start)
        }
        let text = String(decoding: bytes[start..<start + length], as: UTF8.self)
        position += length
        if text == "“" || text == "”" || text == "„" { skipSmartString() }
        let shown = Self.isInvisible(text) ? Self.name(of: text) : TerminalText.escaped(text)
        addBad(
            .unexpectedCharacter, "the character `\(shown)` has no meaning here", from: start,
            help: ForeignSyntax.characters[text] ?? Self.help(for: text))
    }

    /// Text in typographic quotes is one mistake, not one for each of its words.
    private mutating func skipSmartString() {
        var place = position
        while place < bytes.count, bytes[place] != UInt8(ascii: "\n") {
            if bytes[place] == 0xE2, place + 2 < bytes.count, bytes[place + 1] == 0x80,
                bytes[place + 2] == 0x9C || bytes[place + 2] == 0x9D
            {
                position = place + 3
                return
            }
            place += 1
        }
    }

    private static func isInvisible(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.isWhitespace || $0.properties.generalCategory == .format }
    }

    /// `U+00A0`: a character that is not seen is told by its number.
    private static func name(of text: String) -> String {
        let digits = String(text.unicodeScalars.first?.value ?? 0, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func help(for text: String) -> String? {
        guard let scalar = text.unicodeScalars.first else { return nil }
        if isInvisible(text) { return "it is an invisible character, perhaps from a web page: delete it" }
        if scalar.properties.isAlphabetic { return "names are made of the letters a to z, digits and `_`" }
        return nil
    }
}
