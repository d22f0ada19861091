/// Numbers and durations: `1_000`, `2.5`, `1e6`, `90d`, `1h30min`.
extension Lexer {
    /// The units of durations in microseconds, the largest first: the order in which a duration names them.
    private static let units: [(text: String, microseconds: Int64)] = [
        ("w", 604_800_000_000), ("d", 86_400_000_000), ("h", 3_600_000_000), ("min", 60_000_000), ("s", 1_000_000),
        ("ms", 1000), ("us", 1),
    ]

    /// What other languages call the units.
    private static let foreignUnits: [String: String] = [
        "m": "`m` could be minutes or months: write `min` for minutes, or `30d`",
        "mo": "months differ in length: write `30d`", "month": "months differ in length: write `30d`",
        "months": "months differ in length: write `30d`", "M": "months differ in length: write `30d`",
        "y": "years differ in length: write `365d`", "yr": "years differ in length: write `365d`",
        "year": "years differ in length: write `365d`", "years": "years differ in length: write `365d`",
        "ns": "the smallest unit is `us`",
        "sec": "seconds are `s`", "second": "seconds are `s`", "seconds": "seconds are `s`",
        "mins": "minutes are `min`", "minute": "minutes are `min`", "minutes": "minutes are `min`",
        "hr": "hours are `h`", "hour": "hours are `h`", "hours": "hours are `h`",
        "day": "days are `d`", "days": "days are `d`", "week": "weeks are `w`", "weeks": "weeks are `w`",
    ]

    private static let unitHelp = "the units are `w d h min s ms us`, as in `90d` or `1h30min`"

    mutating func readNumber() {
        let start = position
        guard var digits = readDigits() else {
            skipWord()
            return addBad(
                .badNumber, "`_` stands between two digits of a number", from: start, help: "for example `1_000`")
        }
        var isFloat = false
        if peek() == UInt8(ascii: "."), peek(1).isDigit {
            position += 1
            isFloat = true
            digits += "." + (readDigits() ?? "")
        }
        if let exponent = readExponent() {
            isFloat = true
            digits += exponent
        }
        if peek().isWordByte { return readUnits(behind: digits, isFloat: isFloat, from: start) }
        if digits.hasPrefix("0"), digits.utf8.dropFirst().first?.isDigit == true {
            if tokens.last?.kind == .date, peek() == UInt8(ascii: ":") {
                return addBad(
                    .badNumber, "a number does not start with 0", from: start,
                    help: "a date and its time are one word: `@2026-01-31T09:00`")
            }
            return addBad(
                .badNumber, "a number does not start with 0", from: start,
                help: "leave out the zeros; a date is written `@2026-01-31`")
        }
        isFloat ? addFloat(digits, from: start) : addInteger(digits, from: start)
    }

    private mutating func addInteger(_ digits: String, from start: Int) {
        if let value = UInt64(digits), value <= UInt64(Int64.max) + 1 { return add(.int, .int(value), from: start) }
        addBad(
            .badNumber, "this number does not fit into 64 bits", from: start,
            help: "the largest integer is 9223372036854775807; a float is written `1e19`")
    }

    private mutating func addFloat(_ digits: String, from start: Int) {
        if let value = Double(digits), value.isFinite { return add(.float, .float(value), from: start) }
        addBad(.badNumber, "this number is too large for a float", from: start, help: "the largest is about 1.8e308")
    }

    /// Digits with single `_` between them, which are left out; nil when a `_` stands elsewhere.
    private mutating func readDigits() -> String? {
        var digits = ""
        while true {
            if peek().isDigit {
                digits.unicodeScalars.append(Unicode.Scalar(peek()))
            } else if peek() == UInt8(ascii: "_") {
                guard peek(1).isDigit, !digits.isEmpty else { return nil }
            } else {
                return digits
            }
            position += 1
        }
    }

    /// `e6`, `e+6`, `E-3`; nothing is read when no digit follows.
    private mutating func readExponent() -> String? {
        guard peek() | 0x20 == UInt8(ascii: "e") else { return nil }
        let isSigned = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
        guard peek(isSigned ? 2 : 1).isDigit else { return nil }
        let sign = peek(1) == UInt8(ascii: "-") ? "-" : ""
        position += isSigned ? 2 : 1
        return "e" + sign + (readDigits() ?? "")
    }

    private mutating func skipWord() {
        while peek().isWordByte { position += 1 }
    }

    /// Reads the letters behind a number: units of a duration, or a mistake.
    private mutating func readUnits(behind digits: String, isFloat: Bool, from start: Int) {
        var total: Int64? = 0
        var amount = digits
        var nextUnit = 0
        while true {
            let word = readLetters()
            guard let unit = Self.units.firstIndex(where: { $0.text == word }) else {
                return addBadUnit(word, amount: amount, from: start)
            }
            guard !isFloat else {
                skipWord()
                return addBad(
                    .badDuration, "a duration has no fraction", from: start,
                    help: "name the smaller unit too, for example `1h30min` for one and a half hours")
            }
            guard unit >= nextUnit else {
                skipWord()
                return addBad(
                    .badDuration, "the units of a duration go from large to small, each once", from: start,
                    help: "for example `1h30min`")
            }
            nextUnit = unit + 1
            total = Int64(amount).flatMap { Self.sum(total, $0, Self.units[unit].microseconds) }
            guard peek().isDigit else { break }
            amount = readDigits() ?? ""
            guard peek().isWordByte else {
                return addBad(
                    .badDuration, "the last number of this duration has no unit", from: start, help: Self.unitHelp)
            }
        }
        guard let total, !peek().isWordByte else {
            skipWord()
            return addBad(.badDuration, "this duration is too long", from: start, help: "it may have 292,000 years")
        }
        add(.duration, .duration(total), from: start)
    }

    private mutating func readLetters() -> String {
        let start = position
        while peek().isWordByte, !peek().isDigit { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// `total + amount * unit`, or nil when that is beyond Int64.
    private static func sum(_ total: Int64?, _ amount: Int64, _ unit: Int64) -> Int64? {
        guard let total else { return nil }
        let product = amount.multipliedReportingOverflow(by: unit)
        let sum = total.addingReportingOverflow(product.partialValue)
        return product.overflow || sum.overflow ? nil : sum.partialValue
    }

    private mutating func addBadUnit(_ unit: String, amount: String, from start: Int) {
        skipWord()
        if let help = Self.foreignUnits[unit] {
            return addBad(.badDuration, "`\(unit)` is not a unit of durations", from: start, help: help)
        }
        if amount == "0", ["x", "b", "o", "X", "B", "O"].contains(unit) {
            return addBad(
                .badNumber, "numbers are written in decimal", from: start, help: "for example `255`, not `0xff`")
        }
        if unit.hasPrefix("_") || unit.hasPrefix("e") || unit.hasPrefix("E") {
            return addBad(
                .badNumber, "this number is not complete", from: start, help: "for example `1_000`, `2.5` or `1e6`")
        }
        addBad(.badDuration, "`\(unit)` is not a unit of durations", from: start, help: Self.unitHelp)
    }
}
