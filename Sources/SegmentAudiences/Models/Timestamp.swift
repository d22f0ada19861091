// A calendar instant as the API sends it, read and written without Foundation. Invariant: the value is exact to the
// microsecond, and `iso8601` of a value read from `YYYY-MM-DDTHH:MM:SS.mmmZ` is that very text.

/// A UTC instant with microsecond resolution.
public struct Timestamp: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public var microseconds: Int64

    /// Makes a timestamp from microseconds since 1970-01-01T00:00:00Z.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// The text in the API's own form, `2006-01-02T15:04:05.000Z`; six digits only when the microseconds need them.
    public var iso8601: String {
        let day = microseconds.flooredQuotient(86_400_000_000)
        let inDay = microseconds - day * 86_400_000_000
        let (year, month, monthDay) = CivilDate.civil(fromDays: day)
        let seconds = inDay / 1_000_000
        let fraction = inDay % 1_000_000
        var text = ""
        text.reserveCapacity(27)
        text += padded(year, 4) + "-" + padded(month, 2) + "-" + padded(monthDay, 2) + "T"
        text += padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2) + "."
        text += fraction % 1000 == 0 ? padded(fraction / 1000, 3) : padded(fraction, 6)
        return text + "Z"
    }

    public var description: String { iso8601 }

    private func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number.magnitude)
        let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
        return (number < 0 ? "-" : "") + zeros + digits
    }
}

extension Timestamp {
    /// Reads ISO 8601 text: a date, optionally `T` or a space and a time of day with any number of fraction digits
    /// (those beyond the sixth are dropped) and `Z` or an offset. Without a zone the text is taken as UTC.
    public init?(iso8601 text: some StringProtocol) {
        var scanner = DigitScanner(text.utf8)
        guard let year = scanner.number(4), scanner.take("-"), let month = scanner.number(2), scanner.take("-"),
            let day = scanner.number(2), let days = CivilDate.days(year: year, month: month, day: day)
        else { return nil }
        var total = days * 86_400_000_000
        if !scanner.isAtEnd {
            guard scanner.take("T") || scanner.take("t") || scanner.take(" "),
                let hour = scanner.number(2), hour < 24, scanner.take(":"),
                let minute = scanner.number(2), minute < 60
            else { return nil }
            total += (hour * 60 + minute) * 60_000_000
            if scanner.take(":") {
                guard let second = scanner.number(2), second <= 60 else { return nil }
                total += second * 1_000_000
                if scanner.take(".") || scanner.take(",") {
                    guard let fraction = scanner.microseconds() else { return nil }
                    total += fraction
                }
            }
            guard let offset = scanner.zone() else { return nil }
            total -= offset * 60_000_000
        }
        guard scanner.isAtEnd else { return nil }
        self.init(microseconds: total)
    }
}

/// The proleptic Gregorian calendar, by Howard Hinnant's day-count formulas.
enum CivilDate {
    /// Days since 1970-01-01, or nil when there is no such day.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64? {
        guard (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year: year) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.flooredQuotient(400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Int64 {
    /// Division that rounds towards negative infinity, for instants before 1970.
    fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
