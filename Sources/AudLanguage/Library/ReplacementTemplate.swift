/// The third argument of `replace` beside a regex: text with `$1`, `${name}` and `$$` in it.
enum ReplacementTemplate {
    enum Part {
        case text([UInt8])
        /// 0 is the whole match.
        case group(Int)
    }

    /// The parts of a replacement. A `$` before anything but a digit, `{` or `$` is a dollar.
    static func parts(
        of text: String, for regex: RegexValue, _ arguments: Arguments
    ) throws(RuntimeError) -> [Part] {
        let bytes = Array(text.utf8)
        var parts: [Part] = []
        var plain: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let next = place + 1 < bytes.count ? bytes[place + 1] : 0
            guard bytes[place] == UInt8(ascii: "$"),
                next == UInt8(ascii: "$") || next == UInt8(ascii: "{") || isDigit(next)
            else {
                plain.append(bytes[place])
                place += 1
                continue
            }
            if next == UInt8(ascii: "$") {
                plain.append(next)
                place += 2
                continue
            }
            var end = place + 1
            let name: String
            if next == UInt8(ascii: "{") {
                guard let close = bytes[place...].firstIndex(of: UInt8(ascii: "}")) else {
                    throw arguments.badArgument(2, "has `${` without `}`", help: "write `$$` for a dollar sign")
                }
                name = String(decoding: bytes[place + 2..<close], as: UTF8.self)
                end = close + 1
            } else {
                while end < bytes.count, isDigit(bytes[end]) { end += 1 }
                name = String(decoding: bytes[place + 1..<end], as: UTF8.self)
            }
            parts.append(.text(plain))
            plain = []
            parts.append(.group(try group(name, regex, arguments)))
            place = end
        }
        parts.append(.text(plain))
        return parts
    }

    private static func group(
        _ name: String, _ regex: RegexValue, _ arguments: Arguments
    ) throws(RuntimeError) -> Int {
        if let number = Int(name), number <= regex.groupCount { return number }
        if let named = regex.groupNames.first(where: { $0.name.isExactly(name) }) { return named.group }
        let groups = regex.groupCount == 1 ? "1 group" : "\(regex.groupCount) groups"
        throw arguments.badArgument(
            2,
            "asks for the group \(Printer.summary(.string(name))), but \(Printer.summary(.regex(regex))) has \(groups)",
            help: "groups are counted by their opening parentheses from 1; write `$$` for a dollar sign")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
