// Text of others inside a plan file. Invariant: what is written is one line without a character that ends a string, a
// comment or a line, moves a cursor or turns the direction of text; and reading it gives the same scalars back.

internal import AudLanguage

enum PlanText {
    /// Separates the name from the source in a comment, and so is escaped in both.
    static let separator: Unicode.Scalar = "·"

    /// The text with everything escaped that could be taken for more than text.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\", "{", "}": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if TerminalText.isUnsafe(scalar) || scalar == separator || scalar == "\u{FEFF}" {
                    result += "\\u{" + String(scalar.value, radix: 16) + "}"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }

    /// The text as a string literal.
    static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

    /// A name in a comment. A lone hyphen stands for no name.
    static func name(_ name: String?) -> String {
        switch name {
        case nil: "-"
        case "-": "\\u{2d}"
        case let name?: escaped(name)
        }
    }

    /// The text that was escaped; nil when it was not escaped like this.
    static func unescaped(_ bytes: some Collection<UInt8>) -> String? {
        var text: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case let same? where "\"\\{}".utf8.contains(same): text.append(same)
            case UInt8(ascii: "u"):
                guard rest.popFirst() == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")),
                    let value = UInt32(String(decoding: rest[..<end], as: UTF8.self), radix: 16),
                    let scalar = Unicode.Scalar(value)
                else { return nil }
                text += Array(String(scalar).utf8)
                rest = rest[rest.index(after: end)...]
            default: return nil
            }
        }
        return String(validating: text, as: UTF8.self)
    }
}
