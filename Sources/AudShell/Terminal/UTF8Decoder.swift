// Bytes to characters, one at a time. Well-formedness is Unicode's table 3-7: each maximal bad part becomes one U+FFFD.
//
// Invariant: between calls the bytes taken so far are a proper prefix of a well-formed sequence.

struct UTF8Decoder: Sendable {
    enum Step: Equatable {
        case needsMore
        case scalar(Unicode.Scalar)
        /// The bytes before this one were bad; it has not been taken and is to be given again.
        case badPrefix
        case bad
    }

    private var value: UInt32 = 0
    private var missing = 0
    private var range: ClosedRange<UInt8> = 0x80...0xBF

    /// Whether a character is begun and not ended.
    var isInside: Bool { missing > 0 }

    mutating func reset() {
        missing = 0
    }

    mutating func take(_ byte: UInt8) -> Step {
        if missing > 0 {
            guard range.contains(byte) else {
                missing = 0
                return .badPrefix
            }
            value = value << 6 | UInt32(byte & 0x3F)
            range = 0x80...0xBF
            missing -= 1
            return missing > 0 ? .needsMore : decoded
        }
        range = 0x80...0xBF
        switch byte {
        case 0x00...0x7F: return .scalar(Unicode.Scalar(byte))
        case 0xC2...0xDF: begin(byte & 0x1F, missing: 1)
        case 0xE0...0xEF:
            begin(byte & 0x0F, missing: 2)
            if byte == 0xE0 { range = 0xA0...0xBF }
            if byte == 0xED { range = 0x80...0x9F }
        case 0xF0...0xF4:
            begin(byte & 0x07, missing: 3)
            if byte == 0xF0 { range = 0x90...0xBF }
            if byte == 0xF4 { range = 0x80...0x8F }
        default: return .bad
        }
        return .needsMore
    }

    private mutating func begin(_ bits: UInt8, missing count: Int) {
        value = UInt32(bits)
        missing = count
    }

    private var decoded: Step {
        guard let scalar = Unicode.Scalar(value) else { return .bad }
        return .scalar(scalar)
    }
}
