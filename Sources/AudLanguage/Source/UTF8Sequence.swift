/// The encoding of one Unicode scalar value, checked: no overlong forms, no surrogates, nothing above U+10FFFF.
package enum UTF8Sequence {
    /// The length of the sequence that starts at `place`, or nil when the bytes there are not UTF-8.
    package static func length(in bytes: ArraySlice<UInt8>, at place: Int) -> Int? {
        let first = bytes[place]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard place + length <= bytes.endIndex, second.contains(bytes[place + 1]) else { return nil }
        for offset in 2..<max(2, length) where !(0x80...0xBF).contains(bytes[place + offset]) { return nil }
        return length
    }
}
