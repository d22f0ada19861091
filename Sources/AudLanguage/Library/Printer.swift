/// Values as text.
///
/// `text` is what `str`, `print` and interpolation give: a string is itself, and everything else is written as the
/// language writes it, so that it reads back. `summary` is for messages: short, on one line, harmless on a terminal.
package enum Printer {
    /// The text of a value: a string bare, a date in ISO 8601 without `@`, the rest as `literal`.
    package static func text(_ value: Value, _ meter: Meter = Meter()) throws(RuntimeError) -> String {
        switch value {
        case .string(let text): return text
        case .date(let date): return DateText.iso(date)
        case .null, .bool, .int, .float, .duration, .list, .record, .function, .regex:
            return try literal(value, meter)
        }
    }

    /// The value as the language writes it: strings quoted, dates with `@`. Functions are `fn name`, which does not read
    /// back, and durations below a millisecond use `us`.
    package static func literal(_ value: Value, _ meter: Meter = Meter()) throws(RuntimeError) -> String {
        var writer = LiteralWriter(limit: meter.limits.stringBytes, meter: meter)
        writer.write(value)
        if let failure = writer.failure { throw failure }
        try meter.limits.check(stringBytes: writer.text.utf8.count)
        return writer.text
    }

    /// The value as a message shows it: as `literal`, cut with `…` after about this many characters. O(width).
    package static func summary(_ value: Value, width: Int = 40) -> String {
        if case .string(let text) = value {
            // Cut before it is quoted, so that the quotes stay.
            let scalars = text.unicodeScalars
            guard let end = scalars.index(scalars.startIndex, offsetBy: width, limitedBy: scalars.endIndex),
                end != scalars.endIndex
            else { return quoted(text) }
            return quoted(String(scalars[..<scalars.index(before: end)])).dropLast() + "…\""
        }
        // A scalar takes at most four bytes; the writer stops soon after that many.
        var writer = LiteralWriter(limit: 4 * width)
        writer.write(value)
        let scalars = writer.text.unicodeScalars
        guard scalars.count > width else { return writer.text }
        return String(scalars.prefix(width - 1)) + "…"
    }

    /// A string in quotes, as the language writes it. Whatever a terminal might obey (control and bidirectional
    /// characters, line separators) is written as an escape.
    package static func quoted(_ text: String) -> String {
        var writer = LiteralWriter(limit: .max)
        writer.write(quoted: text)
        return writer.text
    }

    /// Whether a name needs no quotes as a key.
    package static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
        }
    }
}

/// Writes values in the syntax of the language. Once the text is longer than the limit nothing more is added, so that a
/// message about a list of a million items costs no more than one about ten.
private struct LiteralWriter {
    var text = ""
    let limit: Int
    /// Bounds what may become long.
    var meter: Meter?
    /// Why the meter stopped the writer.
    private(set) var failure: RuntimeError?

    init(limit: Int, meter: Meter? = nil) {
        self.limit = limit
        self.meter = meter
    }

    private var isFull: Bool { text.utf8.count > limit || failure != nil }

    private mutating func charge() {
        guard let meter else { return }
        do throws(RuntimeError) {
            try meter.charge()
            if text.utf8.count > meter.limits.allocation - meter.allocated { throw meter.limits.memoryError() }
        } catch {
            failure = error
        }
    }

    mutating func write(_ value: Value) {
        charge()
        if isFull { return }
        switch value {
        case .null: text += "null"
        case .bool(let x): text += x ? "true" : "false"
        case .int(let x): text += String(x)
        // Swift's description is the shortest that reads back, always with a point or an exponent.
        case .float(let x): text += x.description
        case .date(let x): text += "@" + DateText.iso(x)
        case .duration(let x): text += DateText.duration(x)
        case .string(let x): write(quoted: x)
        case .list(let list): write(list)
        case .record(let record): write(record)
        case .function(let function): text += "fn " + function.name
        case .regex(let regex): write(regex)
        }
    }

    private mutating func write(_ list: ListValue) {
        text += "["
        for index in 0..<list.count {
            if isFull { return }
            if index > 0 { text += ", " }
            write(list[index])
        }
        text += "]"
    }

    private mutating func write(_ record: RecordValue) {
        text += "{"
        for (index, (name, value)) in zip(record.shape.names, record.values).enumerated() {
            if isFull { return }
            if index > 0 { text += ", " }
            if Printer.isName(name) { text += name } else { write(quoted: name) }
            text += ": "
            write(value)
        }
        text += "}"
    }

    mutating func write(quoted string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            charge()
            if isFull { return }
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "{": text += "\\{"
            case "}": text += "\\}"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default:
                if TerminalText.isUnsafe(scalar) {
                    text += "\\u{" + String(scalar.value, radix: 16) + "}"
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }

    /// A `/` is escaped unless it is already, or stands in brackets.
    private mutating func write(_ regex: RegexValue) {
        text += "/"
        var escaped = false
        var inClass = false
        for scalar in regex.pattern.unicodeScalars {
            if isFull { return }
            if !escaped, scalar == "\\" {
                escaped = true
                continue
            }
            if TerminalText.isUnsafe(scalar) {
                text += "\\x{" + String(scalar.value, radix: 16) + "}"
            } else {
                if escaped || scalar == "/" && !inClass { text += "\\" }
                text.unicodeScalars.append(scalar)
            }
            if !escaped, scalar == "[" { inClass = true }
            if !escaped, scalar == "]" { inClass = false }
            escaped = false
        }
        text += "/" + regex.flags
    }
}
