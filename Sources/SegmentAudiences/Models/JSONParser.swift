// Reads JSON (RFC 8259) from bytes in one pass. Bodies come from a server and through proxies: the parser answers any
// bytes with a value or an error that names the place, says whether the text merely ended early (a cut-off body), and
// bounds nesting, so that no body can exhaust the stack. Repeated members: the last one wins. Ill-formed UTF-8 inside
// strings becomes U+FFFD, a lone surrogate likewise, so that one bad name does not cost a page of 200.

/// What is wrong with a text that is not JSON.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was expected or refused.
    public let reason: String
    /// The byte at which reading stopped.
    public let offset: Int
    /// The text is the beginning of valid JSON: it was cut off.
    public let endsEarly: Bool

    public var description: String {
        endsEarly ? "the JSON ends early, after \(offset) bytes" : "\(reason) at byte \(offset)"
    }
}

extension JSONValue {
    /// Reads one JSON value; anything but white space behind it is an error.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        var parser = JSONParser(bytes)
        self = try parser.document()
    }

    /// Reads one JSON value from text.
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }
}

struct JSONParser {
    private static let deepest = 128

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // Some servers put a byte-order mark in front.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    mutating func document() throws(JSONError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw failure("unexpected text behind the JSON value") }
        return value
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipSpace()
        guard position < bytes.count else { throw cutOff() }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw failure("expected a JSON value")
        }
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        try enter()
        var members: [String: JSONValue] = [:]
        skipSpace()
        if take(UInt8(ascii: "}")) {
            depth -= 1
            return .object(members)
        }
        // An audience has 12 or 13 members: growing the table step by step would cost four more allocations each.
        members.reserveCapacity(13)
        while true {
            skipSpace()
            guard position < bytes.count else { throw cutOff() }
            guard bytes[position] == UInt8(ascii: "\"") else { throw failure("expected a member name") }
            let name = try string()
            skipSpace()
            try expect(UInt8(ascii: ":"), "expected ':'")
            members[name] = try value()
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            try expect(UInt8(ascii: "}"), "expected ',' or '}'")
            depth -= 1
            return .object(members)
        }
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) {
            depth -= 1
            return .array(elements)
        }
        while true {
            elements.append(try value())
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            try expect(UInt8(ascii: "]"), "expected ',' or ']'")
            depth -= 1
            return .array(elements)
        }
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= Self.deepest else { throw failure("more than \(Self.deepest) levels of nesting") }
        position += 1
    }

    private mutating func literal(_ text: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for expected in text.utf8 {
            guard position < bytes.count else { throw cutOff() }
            guard bytes[position] == expected else { throw failure("expected '\(text)'") }
            position += 1
        }
        return value
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        _ = take(UInt8(ascii: "-"))
        let digits = position
        try skipDigits()
        if bytes[digits] == UInt8(ascii: "0"), position > digits + 1 {
            throw failure("a number must not begin with 0")
        }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try skipDigits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try skipDigits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let number = Int64(text) { return .int(number) }
        guard let number = Double(text) else { throw failure("expected a number") }
        // A number beyond the range of a double becomes the last one inside it, so that every value can be written.
        let largest = Double.greatestFiniteMagnitude
        return .double(min(max(number, -largest), largest))
    }

    private mutating func skipDigits() throws(JSONError) {
        guard position < bytes.count else { throw cutOff() }
        guard isDigit(bytes[position]) else { throw failure("expected a digit") }
        while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let text = String(decoding: bytes[start..<position], as: UTF8.self)
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw failure("a control character in a string") }
            position += 1
        }
        throw cutOff()
    }

    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            guard byte >= 0x20 else { throw failure("a control character in a string") }
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            guard position < bytes.count else { throw cutOff() }
            let escape = bytes[position]
            position += 1
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"): text.append(contentsOf: String(try escapedScalar()).utf8)
            default: throw failure("an unknown escape in a string")
            }
        }
        throw cutOff()
    }

    /// The character of a `\u` escape whose four digits come next, joined with a following low surrogate.
    private mutating func escapedScalar() throws(JSONError) -> Character {
        let unit = try fourHexDigits()
        if unit & 0xFC00 == 0xD800, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        {
            let before = position
            position += 2
            let low = try fourHexDigits()
            if low & 0xFC00 == 0xDC00 {
                let value = 0x10000 + (UInt32(unit & 0x3FF) << 10) + UInt32(low & 0x3FF)
                return Character(Unicode.Scalar(value) ?? "\u{FFFD}")
            }
            position = before
        }
        return Character(Unicode.Scalar(UInt32(unit)) ?? "\u{FFFD}")
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard position < bytes.count else { throw cutOff() }
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue, bytes[position] < 0x80 else {
                throw failure("expected four hex digits")
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8, _ reason: String) throws(JSONError) {
        guard position < bytes.count else { throw cutOff() }
        guard take(byte) else { throw failure(reason) }
    }

    private func failure(_ reason: String) -> JSONError {
        JSONError(reason: reason, offset: position, endsEarly: false)
    }

    private func cutOff() -> JSONError {
        JSONError(reason: "the text ends early", offset: bytes.count, endsEarly: true)
    }
}
