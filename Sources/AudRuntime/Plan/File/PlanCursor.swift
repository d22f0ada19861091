// The tokens of a plan file: literals, strings without interpolation, numbers, dates. There are no expressions, so there
// is nothing that could be evaluated.

internal import AudLanguage

struct PlanCursor {
    private let bytes: ArraySlice<UInt8>
    private(set) var place: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        place = bytes.startIndex
    }

    var isAtEnd: Bool { place == bytes.endIndex }

    mutating func skip(_ text: String) -> Bool {
        guard bytes[place...].starts(with: text.utf8) else { return false }
        place += text.utf8.count
        return true
    }

    /// Letters and digits of ASCII.
    mutating func word() -> String? {
        let word = bytes[place...].prefix { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: false
            }
        }
        guard !word.isEmpty else { return nil }
        place = word.endIndex
        return String(decoding: word, as: UTF8.self)
    }

    /// A number of at most nine digits, as it is written: without zeros in front.
    mutating func number() -> Int? {
        let digits = bytes[place...].prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard digits.count <= 9, digits.count == 1 || digits.first != UInt8(ascii: "0"),
            let number = Int(String(decoding: digits, as: UTF8.self))
        else { return nil }
        place = digits.endIndex
        return number
    }

    mutating func string() -> String? {
        guard skip("\"") else { return nil }
        var end = place
        while end < bytes.endIndex, bytes[end] != UInt8(ascii: "\"") {
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < bytes.endIndex, let text = PlanText.unescaped(bytes[place..<end]) else { return nil }
        place = end + 1
        return text
    }

    /// `@2026-11-23T15:40:00Z`
    mutating func date() -> Int64? {
        guard skip("@") else { return nil }
        let text = bytes[place...].prefix { $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: ",") }
        guard case .success(let date) = DateText.parse(String(decoding: text, as: UTF8.self)) else { return nil }
        place = text.endIndex
        return date
    }

    mutating func bool() -> Bool? {
        if skip("true") { return true }
        return skip("false") ? false : nil
    }

    /// One call, up to its comment.
    mutating func call() -> Call? {
        guard let word = word(), let verb = Verb(rawValue: word), verb.goal != nil, skip("("), let id = string(),
            skip(", space: "), let space = string(), skip(", expect: {")
        else { return nil }
        var call = Call(verb: verb, id: id, space: space)
        while !skip("}") {
            if skip("key: "), let key = string() {
                call.key = key
            } else if skip("enabled: "), let enabled = bool() {
                call.enabled = enabled
            } else if skip("state: "), let state = string() {
                call.state = state
            } else if skip("updatedAt: "), let date = date() {
                call.updatedAt = date
            } else {
                return nil
            }
            _ = skip(", ")
        }
        guard skip(")") else { return nil }
        if skip(" on error continue") { call.policy = .continue }
        return call
    }

    /// What a line says before its comment.
    struct Call {
        var verb: Verb
        var id: String
        var space: String
        var key: String?
        var enabled: Bool?
        var state: String?
        var updatedAt: Int64?
        var policy = ErrorPolicy.stop
    }
}
