/// `(?<name>…)` means `(?P<name>…)`. RE2 takes the first form only since 2023, so the pattern that it gets always has
/// the second: a script means the same with every version.
enum PortablePattern {
    /// The pattern with `?P<` for each `?<` that opens a named group, whatever its name is. Escapes, `\Q…\E` and classes are left alone, and so
    /// is look-behind (`(?<=`, `(?<!`), which RE2 refuses. Nil when it has a `\C`, which would match half a character.
    static func of(_ pattern: String) -> String? {
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

        while place < bytes.count {
            if follows("\\Q") {
                while place < bytes.count, !follows("\\E") { copy(1) }
            } else if follows("\\C") {
                return nil
            } else if follows("\\") {
                copy(2)
            } else if follows("[") {
                copy(1)
                if follows("^") { copy(1) }
                // A `]` right after the opening is a character of the class.
                if follows("]") { copy(1) }
                while place < bytes.count, !follows("]") { copy(follows("\\") ? 2 : follows("[:") ? namedClass() : 1) }
            } else if follows("(?<"), !follows("(?<="), !follows("(?<!") {
                copy(2)
                result.append(UInt8(ascii: "P"))
            } else {
                copy(1)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
