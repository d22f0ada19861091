// Masks secrets in text that leaves the program. A secret is recognised as it is, percent-encoded, in base64 (alone or
// inside a longer text, at any of the three alignments) and as JSON writes it. Secrets under 16 characters are left
// alone: masking every "a" would destroy the text and hide nothing.

/// Masks tokens in text.
public struct Redactor: Sendable {
    /// What stands in the place of a secret.
    public static let mask = "****"

    private let needles: [[UInt8]]
    /// A shorter text holds no secret; the names of audiences are most of what is masked, and are shorter.
    private let shortest: Int

    /// Makes a redactor for some tokens.
    public init(_ tokens: [APIToken]) {
        var needles: Set<[UInt8]> = []
        for token in tokens where token.secret.utf8.count >= 16 {
            let bytes = Array(token.secret.utf8)
            needles.insert(bytes)
            needles.insert(Array(PercentEncoding.encode(token.secret).utf8))
            needles.insert(Array(PercentEncoding.encode(token.secret).utf8).lowercasingPercentDigits())
            let json = Array(JSONValue.string(token.secret).text.utf8.dropFirst().dropLast())
            needles.insert(json)
            needles.insert(
                Array(
                    json.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                        .joined(separator: Array("\\/".utf8))))
            for alignment in 0..<3 {
                for isURLSafe in [false, true] {
                    needles.insert(Base64.core(of: bytes, alignment: alignment, isURLSafe: isURLSafe))
                }
            }
        }
        // The longest first, so that a needle inside another does not leave a part of it standing.
        self.needles = needles.sorted { $0.count > $1.count }
        shortest = self.needles.last?.count ?? .max
    }

    /// The text with every form of every secret masked.
    public func mask(_ text: String) -> String {
        guard text.utf8.count >= shortest else { return text }
        let bytes = Array(text.utf8)
        let starts = Set(needles.compactMap(\.first))
        var result: [UInt8] = []
        var copied = 0
        var position = 0
        while position < bytes.count {
            guard starts.contains(bytes[position]),
                let needle = needles.first(where: { bytes[position...].starts(with: $0) })
            else {
                position += 1
                continue
            }
            result += bytes[copied..<position]
            result += Array(Redactor.mask.utf8)
            position += needle.count
            copied = position
        }
        guard copied > 0 else { return text }
        result += bytes[copied...]
        return String(decoding: result, as: UTF8.self)
    }
}

extension [UInt8] {
    fileprivate func lowercasingPercentDigits() -> [UInt8] {
        var bytes = self
        for index in bytes.indices where bytes[index] == UInt8(ascii: "%") {
            for digit in [index + 1, index + 2] where digit < bytes.count && (0x41...0x46).contains(bytes[digit]) {
                bytes[digit] |= 0x20
            }
        }
        return bytes
    }
}

enum Base64 {
    private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// The digits that depend on `bytes` alone when they stand `alignment` bytes behind a multiple of three in a longer
    /// text; the digits at either end that mix with neighbours are left off.
    static func core(of bytes: [UInt8], alignment: Int, isURLSafe: Bool) -> [UInt8] {
        let alphabet = isURLSafe ? urlSafe : standard
        let shifted = [UInt8](repeating: 0, count: alignment) + bytes
        let firstDigit = (alignment * 8 + 5) / 6
        let endDigit = shifted.count * 8 / 6
        return (firstDigit..<endDigit).map { digit in
            let bit = digit * 6
            let high = UInt16(shifted[bit / 8]) << 8
            let low = bit / 8 + 1 < shifted.count ? UInt16(shifted[bit / 8 + 1]) : 0
            return alphabet[Int((high | low) >> (10 - UInt16(bit % 8)) & 0x3F)]
        }
    }
}
