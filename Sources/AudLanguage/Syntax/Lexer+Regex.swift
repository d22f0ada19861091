/// Regexes: `/…/` with the flags `i m s U`. The pattern is kept as it is written; RE2 judges it later.
extension Lexer {
    mutating func readRegex() {
        let start = position
        position += 1
        guard readPattern() else {
            return addBad(
                .badRegex, "this regex is not closed", from: start, label: "a `/` here starts a regex",
                help: "close it with `/`; inside, a `/` is written `\\/`. To divide, a value must stand before the `/`")
        }
        let pattern = String(decoding: bytes[start + 1..<position - 1], as: UTF8.self)
        let flagStart = position
        while peek().isWordByte { position += 1 }
        let flags = String(decoding: bytes[flagStart..<position], as: UTF8.self)
        if let flag = flags.first(where: { !"imsU".contains($0) }) {
            let isGlobal = flag == "g"
            return addBad(
                .badRegex, "`\(flag)` is not a flag of a regex", from: start,
                help: isGlobal
                    ? "`matches` and `replace` take every match without a flag" : "the flags are `i m s U`")
        }
        add(.regex, .regex(pattern: pattern, flags: flags), from: start)
    }

    /// Reads up to the closing `/`, which in a `[…]` is a character like others. False when the line ends first.
    private mutating func readPattern() -> Bool {
        var isInClass = false
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
            switch bytes[position] {
            case UInt8(ascii: "\\") where position + 1 < bytes.count && bytes[position + 1] != UInt8(ascii: "\n"):
                position += 1
            case UInt8(ascii: "[") where !isInClass:
                isInClass = true
                if peek(1) == UInt8(ascii: "^") { position += 1 }
                if peek(1) == UInt8(ascii: "]") { position += 1 }
            case UInt8(ascii: "[") where peek(1) == UInt8(ascii: ":"): skipNamedClass()
            case UInt8(ascii: "]"): isInClass = false
            case UInt8(ascii: "/") where !isInClass:
                position += 1
                return true
            default: break
            }
            position += 1
        }
        return false
    }

    /// `[:alpha:]` inside a class: its `]` does not end the class.
    private mutating func skipNamedClass() {
        var place = position + 2
        while place < bytes.count, bytes[place].isWordByte || bytes[place] == UInt8(ascii: "^") { place += 1 }
        if place + 1 < bytes.count, bytes[place] == UInt8(ascii: ":"), bytes[place + 1] == UInt8(ascii: "]") {
            position = place + 1
        }
    }
}
