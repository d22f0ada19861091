/// Values as JSON.
///
/// Dates are strings in ISO 8601, durations strings as the language prints them (`"1h30min"`). Functions and regexes
/// have no JSON and are an error. What a terminal could take for something other than text is escaped (controls, C1 and
/// DEL included, bidi controls, line separators), so that the text is harmless there, and stays JSON when it is printed.
package enum JSONText {
    /// The JSON text, on one line when `indent` is 0, else with that many spaces a level.
    package static func write(
        _ value: Value, indent: Int = 0, _ meter: Meter = Meter()
    ) throws(RuntimeError) -> String {
        var writer = JSONWriter(indent: indent, isCanonical: false, meter: meter)
        try writer.write(value, level: 0)
        return writer.text
    }

    /// 16 hexadecimal digits: 64-bit FNV-1a (Fowler, Noll, Vo) of the canonical JSON, in which keys are sorted by their
    /// scalars and a float that is a whole number is written as an int. Equal values have equal fingerprints.
    package static func fingerprint(_ value: Value, _ meter: Meter = Meter()) throws(RuntimeError) -> String {
        var writer = JSONWriter(indent: 0, isCanonical: true, meter: meter)
        try writer.write(value, level: 0)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        try writer.text.inPieces(meter) { (piece) throws(RuntimeError) in
            for byte in piece.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

private struct JSONWriter {
    var text = ""
    let indent: Int
    let isCanonical: Bool
    let meter: Meter

    mutating func write(_ value: Value, level: Int) throws(RuntimeError) {
        try meter.charge()
        switch value {
        case .null: text += "null"
        case .bool(let x): text += x ? "true" : "false"
        case .int(let x): text += String(x)
        case .float(let x):
            if isCanonical, let whole = Int64(exactly: x) { text += String(whole) } else { text += x.description }
        case .date(let x): text += "\"" + DateText.iso(x) + "\""
        case .duration(let x): text += "\"" + DateText.duration(x) + "\""
        case .string(let x): try write(x)
        case .list(let list):
            text += "["
            for index in 0..<list.count {
                if index > 0 { text += "," }
                newLine(level + 1)
                try write(list[index], level: level + 1)
            }
            if list.count > 0 { newLine(level) }
            text += "]"
        case .record(let record): try write(record, level: level)
        case .function, .regex:
            throw RuntimeError(
                .wrongType, .type, "\(Operators.described(value)) has no JSON",
                help: "leave it out, for example `map without(it, \"name\")`, or take its text with `str`")
        }
        try meter.check(stringBytes: text.utf8.count)
    }

    private mutating func write(_ record: RecordValue, level: Int) throws(RuntimeError) {
        let names = record.shape.names
        let keys = isCanonical ? names.map { Value.string($0) } : []
        var places = KeyOrder.Places()
        if isCanonical { try KeyOrder(items: keys, keys: keys, width: 1, descending: 0).sort(in: &places, meter) }
        let order = isCanonical ? places.order : Array(names.indices)
        text += "{"
        for (count, index) in order.enumerated() {
            if count > 0 { text += "," }
            newLine(level + 1)
            try write(names[index])
            text += indent > 0 ? ": " : ":"
            try write(record.values[index], level: level + 1)
        }
        if !order.isEmpty { newLine(level) }
        text += "}"
    }

    private mutating func newLine(_ level: Int) {
        if indent > 0 { text += "\n" + String(repeating: " ", count: indent * level) }
    }

    private mutating func write(_ string: String) throws(RuntimeError) {
        text += "\""
        try string.inPieces(meter) { (piece) throws(RuntimeError) in
            Self.write(piece, isCanonical, into: &text)
            try meter.check(stringBytes: text.utf8.count)
        }
        text += "\""
    }

    private static func write(_ string: String, _ isCanonical: Bool, into text: inout String) {
        // Most strings need no escape and are taken whole.
        if string.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F && !startsUnsafe($0) }) {
            text += string
        } else {
            for scalar in string.unicodeScalars { write(scalar, isCanonical, into: &text) }
        }
    }

    /// Whether the UTF-8 of C1 controls, bidi controls or line separators starts so.
    private static func startsUnsafe(_ byte: UInt8) -> Bool { byte == 0xC2 || byte == 0xD8 || byte == 0xE2 }

    /// Fingerprints were made of bidi controls as they are before these were escaped, and stay as they were.
    private static func write(_ scalar: Unicode.Scalar, _ isCanonical: Bool, into text: inout String) {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        default:
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            if isControl || !isCanonical && TerminalText.isUnsafe(scalar) {
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
    }
}
