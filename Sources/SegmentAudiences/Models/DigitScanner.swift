// Reads fixed-width numbers and separators from the bytes of a date. Shared by ISO 8601 timestamps and HTTP dates.

/// A cursor over the bytes of a date.
struct DigitScanner<Bytes: Collection> where Bytes.Element == UInt8 {
    private var rest: Bytes.SubSequence

    init(_ bytes: Bytes) {
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Takes exactly `width` digits.
    mutating func number(_ width: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<width {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// Takes as many digits as there are, at most `width` and at least one.
    mutating func number(upTo width: Int) -> Int64? {
        guard var value = digit() else { return nil }
        for _ in 1..<max(1, width) {
            guard let digit = digit() else { break }
            value = value * 10 + digit
        }
        return value
    }

    /// Takes the digits behind a decimal point as microseconds.
    mutating func microseconds() -> Int64? {
        guard var value = digit() else { return nil }
        var digits = 1
        while let digit = digit() {
            if digits < 6 { value = value * 10 + digit }
            digits += 1
        }
        while digits < 6 {
            value *= 10
            digits += 1
        }
        return value
    }

    /// Takes `Z`, an offset such as `+02:00` or `-0500`, or nothing; answers minutes east of UTC.
    mutating func zone() -> Int64? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") {
            sign = 1
        } else if take("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = number(2), hours < 24 else { return nil }
        if isAtEnd { return sign * hours * 60 }
        _ = take(":")
        guard let minutes = number(2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }

    /// Takes one byte when it is `scalar`.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == scalar.value else { return false }
        rest.removeFirst()
        return true
    }

    /// Takes ASCII letters.
    mutating func word() -> String {
        var letters = ""
        while let first = rest.first, (first | 0x20) >= 0x61, (first | 0x20) <= 0x7A {
            letters.unicodeScalars.append(Unicode.Scalar(first))
            rest.removeFirst()
        }
        return letters
    }

    /// Skips blanks.
    mutating func skipBlanks() {
        while take(" ") {}
    }

    private mutating func digit() -> Int64? {
        guard let first = rest.first, first >= 0x30, first <= 0x39 else { return nil }
        rest.removeFirst()
        return Int64(first - 0x30)
    }
}
