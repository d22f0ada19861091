// Keeps secrets out of the history that nobody has told us of: a token that was pasted into a statement before the first
// request, or that of another workspace.
//
// Ids stay: an audience's has 31 characters, a space's 22. So do digests and UUIDs, which have no capitals, and paths,
// whose words end at each slash.

enum TokenLookalike {
    private static let mask = Array("****".utf8)
    /// A run of so many letters, digits, `-` and `_`, with a capital, a small letter and a digit, is no name.
    private static let shortest = 40
    /// What Segment's tokens and JSON Web Tokens begin with, followed by at least `shortestBehindMark` such characters.
    private static let marks = [Array("sgp_".utf8), Array("eyJ".utf8)]
    private static let shortestBehindMark = 16

    /// The text with everything masked that looks like a token.
    static func masked(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let end = bytes[place...].firstIndex { !isWord($0) } ?? bytes.count
            if end == place {
                result.append(bytes[place])
                place += 1
                continue
            }
            let word = bytes[place..<end]
            result += isToken(word) ? mask : Array(word)
            place = end
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isToken(_ word: ArraySlice<UInt8>) -> Bool {
        if marks.contains(where: { word.starts(with: $0) && word.count >= $0.count + shortestBehindMark }) {
            return true
        }
        return word.count >= shortest && word.contains { (0x30...0x39).contains($0) }
            && word.contains { (0x41...0x5A).contains($0) } && word.contains { (0x61...0x7A).contains($0) }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
