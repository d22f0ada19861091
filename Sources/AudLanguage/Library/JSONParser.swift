/// Reads JSON (RFC 8259), strictly. It keeps its own stack, so that no nesting can exhaust the machine's.
///
/// Numbers without point and exponent are ints and must fit one; of a repeated key the last value counts; surrogates
/// come in pairs; a byte-order mark at the start is ignored. Errors name line and column.
package struct JSONParser {
    private let bytes: [UInt8]
    private let meter: Meter
    /// Up to where the text is charged.
    private var charged = 0
    private var place = 0
    /// The lists and records that are open, outermost first.
    private var stack: [Frame] = []
    /// The last record's shape at each depth: records of one list mostly have the same fields.
    private var shapes: [Shape?] = []

    private struct Frame {
        var isRecord: Bool
        var items = GrowingArray<Value>()
        var fields = RecordBuilder()
        var key = ""
    }

    /// The value of a JSON text.
    package static func parse(_ text: String, _ meter: Meter = Meter()) throws(RuntimeError) -> Value {
        let bytes = try text.withBytes { (bytes) throws(RuntimeError) in
            var copy: [UInt8] = []
            copy.reserveCapacity(bytes.count)
            try meter.inPieces(0..<bytes.count, unit: 64) { copy += bytes[$0] }
            return copy
        }
        return try meter.building(JSONParser(bytes: bytes, meter: meter)) { (parser) throws(RuntimeError) in
            try parser.document()
        }
    }

    private init(bytes: [UInt8], meter: Meter) {
        self.bytes = bytes
        self.meter = meter
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }

    private mutating func document() throws(RuntimeError) -> Value {
        while true {
            // A value starts here: an opening bracket opens a frame and comes round again.
            try skipSpace()
            try meter.charge()
            try meter.allocate(Meter.grownBytes)
            guard var value = try valueOrFrame() else { continue }
            // A value has ended: it goes into the frames that it completes.
            while true {
                try skipSpace()
                guard let last = stack.indices.last else {
                    guard place == bytes.count else { throw error("there is more text after the value") }
                    return value
                }
                if stack[last].isRecord {
                    stack[last].fields.set(stack[last].key, value)
                } else {
                    stack[last].items.append(value)
                    try meter.check(listLength: stack[last].items.count)
                }
                if skip(",") {
                    try skipSpace()
                    if stack[last].isRecord { try key() }
                    break
                }
                guard skip(stack[last].isRecord ? "}" : "]") else {
                    throw error(stack[last].isRecord ? "`,` or `}` should follow" : "`,` or `]` should follow")
                }
                value = try close()
            }
        }
    }

    /// A value that is done at once, or nil when a list or record was opened.
    private mutating func valueOrFrame() throws(RuntimeError) -> Value? {
        guard place < bytes.count else { throw error("the text ends where a value should be") }
        switch bytes[place] {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            let isRecord = skip("{")
            if !isRecord { place += 1 }
            try Limits.check(depth: stack.count + 1)
            stack.append(Frame(isRecord: isRecord))
            if shapes.count < stack.count { shapes.append(nil) }
            try skipSpace()
            if skip(isRecord ? "}" : "]") { return try close() }
            if isRecord { try key() }
            return nil
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default:
            if word("true") { return .bool(true) }
            if word("false") { return .bool(false) }
            if word("null") { return .null }
            throw error(
                "a value should be here", help: "strings and keys stand in double quotes; there are no comments")
        }
    }

    private mutating func close() throws(RuntimeError) -> Value {
        var frame = stack.removeLast()
        try meter.allocate(Meter.headBytes)
        guard frame.isRecord else { return .list(try ListValue.checked(try frame.items.take(meter), meter)) }
        let record = try frame.fields.record(like: shapes[stack.count], meter.limits)
        shapes[stack.count] = record.shape
        return .record(record)
    }

    private mutating func key() throws(RuntimeError) {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
            throw error("a key in double quotes should be here")
        }
        stack[stack.count - 1].key = try string()
        try skipSpace()
        guard skip(":") else { throw error("`:` should follow the key") }
    }

    // MARK: Numbers

    /// Far more than any float tells apart.
    private static let mostDigits = 4_096

    private mutating func number() throws(RuntimeError) -> Value {
        let start = place
        _ = skip("-")
        let leading = place
        guard try digits() else { throw error("digits should follow `-`") }
        if bytes[leading] == UInt8(ascii: "0"), place > leading + 1 {
            throw error("a number does not start with 0", at: start)
        }
        var isInt = true
        if skip(".") {
            isInt = false
            guard try digits() else { throw error("digits should follow `.`") }
        }
        if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
            isInt = false
            place += 1
            if !skip("+") { _ = skip("-") }
            guard try digits() else { throw error("the exponent should have digits") }
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        if isInt {
            guard let int = Int64(text) else {
                throw error(
                    "\(Printer.summary(.string(text))) does not fit an int", at: start,
                    help: "ints go from \(Int64.min) to \(Int64.max); write such a number as a string, or with `.0`")
            }
            return .int(int)
        }
        guard let float = Double(text), float.isFinite else {
            throw error("the number is too large for a float", at: start, help: "floats go up to about 1.8e308")
        }
        return .float(float)
    }

    private mutating func digits() throws(RuntimeError) -> Bool {
        let start = place
        while place < bytes.count, bytes[place] >= 0x30, bytes[place] <= 0x39 { place += 1 }
        guard place - start <= Self.mostDigits else {
            throw error("a number has more than \(Self.mostDigits) digits", at: start)
        }
        return place > start
    }

    // MARK: Strings

    private mutating func string() throws(RuntimeError) -> String {
        let open = place
        place += 1
        var text: [UInt8] = []
        var start = place
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\"") {
                defer { place += 1 }
                try meter.allocate(text: place - open - 1)
                // Without an escape the text is a piece of the input.
                if text.isEmpty { return try String.decoding(bytes[start..<place], meter) }
                text += bytes[start..<place]
                return try String.decoding(text[...], meter)
            }
            if byte == UInt8(ascii: "\\") {
                text += bytes[start..<place]
                text += Array(String(try escape()).utf8)
                start = place
            } else if byte < 0x20 {
                throw error(
                    "a control character stands in a string", help: "write it as an escape: \\n, \\t or \\u0000")
            } else {
                place += 1
                try chargeText()
            }
        }
        throw error("the string that starts here does not end", at: open)
    }

    private mutating func escape() throws(RuntimeError) -> Unicode.Scalar {
        let start = place
        place += 1
        guard place < bytes.count else { throw error("the text ends in an escape", at: start) }
        let letter = bytes[place]
        place += 1
        switch letter {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicode(start)
        default:
            throw error(
                "there is no such escape", at: start, help: "the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000")
        }
    }

    /// The scalar of `\uXXXX`, or of two of them that are a surrogate pair.
    private mutating func unicode(_ start: Int) throws(RuntimeError) -> Unicode.Scalar {
        let first = try hex(start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, skip("\\"), skip("u") else { throw loneSurrogate(start) }
        let second = try hex(start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw loneSurrogate(start) }
        return scalar
    }

    private func loneSurrogate(_ start: Int) -> RuntimeError {
        error(
            "half of a surrogate pair stands alone", at: start,
            help: "a character beyond U+FFFF is written as two escapes, for example \\ud83d\\ude00")
    }

    private mutating func hex(_ start: Int) throws(RuntimeError) -> UInt32 {
        guard place + 4 <= bytes.count else { throw error("`\\u` wants four hexadecimal digits", at: start) }
        var value: UInt32 = 0
        for byte in bytes[place..<place + 4] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - 0x30)
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - 0x61 + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - 0x41 + 10)
            default: throw error("`\\u` wants four hexadecimal digits", at: start)
            }
        }
        place += 4
        return value
    }

    // MARK: Bytes

    /// Counts the text that was read, a run at a time.
    @inline(__always)
    private mutating func chargeText() throws(RuntimeError) {
        guard place - charged >= 4_096 else { return }
        try meter.charge(bytes: place - charged)
        charged = place
    }

    private mutating func skipSpace() throws(RuntimeError) {
        while place < bytes.count {
            switch bytes[place] {
            case 0x20, 0x09, 0x0A, 0x0D:
                place += 1
                try chargeText()
            default: return
            }
        }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func word(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard bytes.count - place >= length,
            bytes[place..<place + length].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: length))
        else { return false }
        place += length
        return true
    }

    private func error(_ message: String, at start: Int? = nil, help: String? = nil) -> RuntimeError {
        let before = bytes[..<(start ?? place)]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
        return RuntimeError(
            .badText, .value, "this is not JSON: \(message) (line \(line), column \(column))", help: help)
    }
}
