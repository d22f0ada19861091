// The two date forms of the wire, computed without Foundation: ISO 8601 with milliseconds in bodies, RFC 5322 in headers.
// An instant is a Duration since 1970-01-01T00:00Z; days are converted by the era arithmetic of the Gregorian calendar.

enum Timestamp {
    /// `2006-01-02T15:04:05.000Z`, rounded down to the millisecond.
    static func iso8601(_ instant: Duration) -> String {
        let milliseconds = instant.wholeMilliseconds
        let civil = Civil(seconds: milliseconds.floorDivided(by: 1_000))
        let fraction = milliseconds - milliseconds.floorDivided(by: 1_000) * 1_000
        return padded(civil.year, 4) + "-" + padded(civil.month, 2) + "-" + padded(civil.day, 2) + "T"
            + civil.clock + "." + padded(Int(fraction), 3) + "Z"
    }

    /// `Mon, 02 Jan 2006 15:04:05 GMT`, rounded up to the second, so that a client that waits until then is never early.
    static func rfc5322(_ instant: Duration) -> String {
        let (seconds, attoseconds) = instant.components
        let civil = Civil(seconds: attoseconds > 0 ? seconds + 1 : seconds)
        return weekdays[civil.weekday] + ", " + padded(civil.day, 2) + " " + months[civil.month - 1] + " "
            + padded(civil.year, 4) + " " + civil.clock + " GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    fileprivate static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// A moment as a calendar shows it, in UTC.
private struct Civil {
    let year, month, day, weekday: Int
    let clock: String

    init(seconds: Int64) {
        let days = seconds.floorDivided(by: 86_400)
        let rest = Int(seconds - days * 86_400)
        clock =
            Timestamp.padded(rest / 3_600, 2) + ":" + Timestamp.padded(rest / 60 % 60, 2) + ":"
            + Timestamp.padded(rest % 60, 2)
        // 1970-01-01 was a Thursday.
        weekday = Int((days + 4) - (days + 4).floorDivided(by: 7) * 7)

        // Years counted from March 1st of year 0, so that the leap day is the last of its year; an era is 400 years.
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = Int(shifted - era * 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0)
    }
}

extension Duration {
    /// Rounded down.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + attoseconds.floorDivided(by: 1_000_000_000_000_000)
    }

    /// Rounded up.
    var millisecondsRoundedUp: Int64 {
        -(Duration.zero - self).wholeMilliseconds
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
