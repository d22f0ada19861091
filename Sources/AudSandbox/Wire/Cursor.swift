// Page cursors: base64 of the decimal offset of the first item, as in the API's samples (`MA==` is 0, `Mw==` is 3).
// To a client they are opaque; to the sandbox, anything else is a bad cursor.

enum Cursor {
    static func encode(_ offset: Int) -> String {
        var text = ""
        let bytes = Array(String(offset).utf8)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for (index, byte) in group.enumerated() { bits |= UInt32(byte) << (16 - 8 * UInt32(index)) }
            for index in 0..<4 {
                let sextet = Int(bits >> (18 - 6 * UInt32(index)) & 63)
                text.unicodeScalars.append(index <= group.count ? alphabet[sextet] : "=")
            }
        }
        return text
    }

    /// The offset, or nil when the server cannot have made this cursor. Only the canonical spelling is taken.
    static func decode(_ text: String) -> Int? {
        guard text.utf8.count <= 16 else { return nil }
        var bits: UInt32 = 0
        var held = 0
        var digits = ""
        for scalar in text.unicodeScalars where scalar != "=" {
            guard let sextet = alphabet.firstIndex(of: scalar) else { return nil }
            bits = bits << 6 | UInt32(sextet)
            held += 6
            if held >= 8 {
                held -= 8
                digits.unicodeScalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: bits >> UInt32(held))))
            }
        }
        guard let offset = Int(digits), offset >= 0, encode(offset) == text else { return nil }
        return offset
    }

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)
}
