extension SourceFile {
    /// Everything in it that may be a name, in strings and comments too.
    var words: Set<String> { words(in: bytes.indices) }

    /// The same for a range of its bytes.
    func words(in range: Range<Int>) -> Set<String> {
        var words: Set<String> = []
        for word in bytes[range].split(whereSeparator: { !Self.isPart(ofName: $0) }) {
            words.insert(String(decoding: word, as: UTF8.self))
        }
        return words
    }

    private static func isPart(ofName byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
