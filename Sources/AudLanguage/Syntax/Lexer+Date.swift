/// Dates: `@2026-01-31`, `@2026-01-31T09:00Z`, `@2026-01-31T09:00:00.250+02:00`; UTC when no offset is written.
extension Lexer {
    private static let dateHelp = "for example `@2026-01-31`, `@2026-01-31T09:00Z` or `@2026-01-31T09:00:00.250+02:00`"

    mutating func readDate() {
        let start = position
        position += 1
        do throws(DateFault) {
            let value = try readDateAndTime()
            guard !peek().isWordByte else { throw DateFault("a date is followed by more") }
            add(.date, .date(value), from: start)
        } catch {
            while peek().isWordByte || peek() == UInt8(ascii: "-") || peek() == UInt8(ascii: ":") { position += 1 }
            addBad(.badDate, error.message, from: start, help: error.help ?? Self.dateHelp)
        }
    }

    private struct DateFault: Error {
        var message: String
        var help: String?

        init(_ message: String, help: String? = nil) {
            self.message = message
            self.help = help
        }
    }

    private mutating func readDateAndTime() throws(DateFault) -> Int64 {
        let year = try readField(4, "year has four digits, 0001 to 9999", 1...9999)
        try readMark("-")
        let month = try readField(2, "month has two digits, 01 to 12", 1...12)
        try readMark("-")
        let day = try readField(2, "day has two digits, 01 to 31", 1...31)
        let length = Self.days(ofMonth: month, year: year)
        guard day <= length else {
            throw DateFault("there is no day \(day) in this month", help: "it has \(length) days")
        }
        var seconds = Self.daysSince1970(year: year, month: month, day: day) * 86400
        var micros = 0
        if peek() == UInt8(ascii: "T") {
            position += 1
            seconds += try readField(2, "hour has two digits, 00 to 23", 0...23) * 3600
            try readMark(":")
            seconds += try readField(2, "minute has two digits, 00 to 59", 0...59) * 60
            if peek() == UInt8(ascii: ":") {
                position += 1
                seconds += try readField(2, "second has two digits, 00 to 59", 0...59)
                micros = try readFraction()
            }
            seconds -= try readOffset()
        }
        guard (Self.firstSecond...Self.lastSecond).contains(seconds) else {
            throw DateFault("in UTC this date is outside the years 1 to 9999")
        }
        return Int64(seconds) * 1_000_000 + Int64(micros)
    }

    private mutating func readField(
        _ count: Int, _ rule: String, _ range: ClosedRange<Int>
    ) throws(DateFault) -> Int {
        var value = 0
        for _ in 0..<count {
            guard peek().isDigit else { throw DateFault("the \(rule)") }
            value = value * 10 + Int(peek() - UInt8(ascii: "0"))
            position += 1
        }
        guard range.contains(value), !peek().isDigit else { throw DateFault("the \(rule)") }
        return value
    }

    private mutating func readMark(_ mark: Unicode.Scalar) throws(DateFault) {
        guard peek() == UInt8(ascii: mark) else { throw DateFault("this date is not complete") }
        position += 1
    }

    /// The microseconds of `.250`; 0 when there is none.
    private mutating func readFraction() throws(DateFault) -> Int {
        guard peek() == UInt8(ascii: "."), peek(1).isDigit else { return 0 }
        position += 1
        var value = 0
        var digits = 0
        while peek().isDigit {
            value = value * 10 + Int(peek() - UInt8(ascii: "0"))
            digits += 1
            position += 1
            guard digits <= 6 else {
                while peek().isDigit { position += 1 }
                throw DateFault("a second has at most six decimals")
            }
        }
        for _ in digits..<6 { value *= 10 }
        return value
    }

    /// The seconds of `+02:00`; 0 for `Z` and for nothing. A `+` that starts no offset is an operator behind the date.
    private mutating func readOffset() throws(DateFault) -> Int {
        if peek() == UInt8(ascii: "Z") {
            position += 1
            return 0
        }
        let sign = peek() == UInt8(ascii: "+") ? 1 : peek() == UInt8(ascii: "-") ? -1 : 0
        guard sign != 0, peek(1).isDigit, peek(2).isDigit else { return 0 }
        guard peek(3) == UInt8(ascii: ":") else {
            // `+0200`; other digits may be a number that goes on, as in `-10 * 1d`.
            guard peek(1) == UInt8(ascii: "0") else { return 0 }
            position += 1
            throw DateFault("an offset has hours and minutes, with a `:` between them")
        }
        position += 1
        let hours = try readField(2, "hours of an offset go up to 23", 0...23)
        position += 1
        let minutes = try readField(2, "minutes of an offset go up to 59", 0...59)
        return sign * (hours * 3600 + minutes * 60)
    }

    // MARK: The calendar

    private static let firstSecond = daysSince1970(year: 1, month: 1, day: 1) * 86400
    private static let lastSecond = daysSince1970(year: 9999, month: 12, day: 31) * 86400 + 86399

    private static func days(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 in the Gregorian calendar, for years from 1. Years are counted from March, so that the
    /// leap day is the last of its year.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let leapDays = shifted / 4 - shifted / 100 + shifted / 400
        return shifted * 365 + leapDays + (monthFromMarch * 153 + 2) / 5 + day - 719_469
    }
}
