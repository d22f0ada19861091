/// `(?<name>…)` means `(?P<name>…)`. RE2 takes the first form only since 2023, so the pattern that it gets always has
/// the second: a script means the same with every version.
enum PortablePattern {
    /// The pattern with `?P<` for each `?<` that opens a named group, whatever its name is. Escapes, `\Q…\E` and classes are left alone, and so
    /// is look-behind (`(?<=`, `(?<!`), which RE2 refuses. A `\C`, which would match half a character, and a name that only
    /// some versions take are refused.
    static func of(_ pattern: String) -> Result<String, RegexError> {
        let bytes = Array(pattern.utf8)
        var result: [UInt8] = []
        var place = 0

        func follows(_ text: StaticString) -> Bool {
            let length = text.utf8CodeUnitCount
            return place + length <= bytes.count
                && bytes[place..<place + length].elementsEqual(
                    UnsafeBufferPointer(start: text.utf8Start, count: length))
        }
        func copy(_ count: Int) {
            let end = min(place + count, bytes.count)
            result += bytes[place..<end]
            place = end
        }
        /// The length of `[:alpha:]`, or 1 when this is only a bracket.
        func namedClass() -> Int {
            let end = bytes[(place + 2)...].firstIndex { !$0.isWordByte && $0 != UInt8(ascii: "^") } ?? bytes.count
            return bytes[end...].starts(with: [UInt8(ascii: ":"), UInt8(ascii: "]")]) ? end + 2 - place : 1
        }

        /// The name of a group, when it is none.
        func wrongName(behind opening: Int) -> String? {
            let start = min(place + opening, bytes.count)
            guard let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
            let isName = start < end && bytes[start..<end].allSatisfy(\.isWordByte)
            return isName ? nil : String(decoding: bytes[start..<end], as: UTF8.self)
        }
        func noName(_ name: String) -> RegexError {
            RegexError(
                message: "\(Printer.summary(.string(name))) cannot be the name of a group",
                help: "it has letters of ASCII, digits and `_`: `(?<year>[0-9]+)`")
        }

        while place < bytes.count {
            if follows("\\Q") {
                while place < bytes.count, !follows("\\E") { copy(1) }
            } else if follows("\\C") {
                return .failure(
                    RegexError(
                        message: "`\\C` matches a byte, and a text here has characters",
                        help: "`.` matches any character but a newline, and with the flag s any"))
            } else if follows("\\") {
                copy(2)
            } else if follows("[") {
                copy(1)
                if follows("^") { copy(1) }
                // A `]` right after the opening is a character of the class.
                if follows("]") { copy(1) }
                while place < bytes.count, !follows("]") { copy(follows("\\") ? 2 : follows("[:") ? namedClass() : 1) }
            } else if follows("(?<"), !follows("(?<="), !follows("(?<!") {
                if let name = wrongName(behind: 3) { return .failure(noName(name)) }
                copy(2)
                result.append(UInt8(ascii: "P"))
            } else if follows("(?P<"), let name = wrongName(behind: 4) {
                return .failure(noName(name))
            } else {
                copy(1)
            }
        }
        return .success(String(decoding: result, as: UTF8.self))
    }
}
