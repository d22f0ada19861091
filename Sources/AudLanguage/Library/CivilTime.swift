/// A moment in the proleptic Gregorian calendar, in UTC.
///
/// Days are turned into year, month and day and back by the algorithms of Howard Hinnant's paper "chrono-Compatible
/// Low-Level Date Algorithms": integer arithmetic on eras of 400 years, correct for every day of the range, with no
/// time-zone data and no leap seconds.
package struct CivilTime: Hashable, Sendable {
    package var year: Int
    package var month: Int
    package var day: Int
    package var hour: Int
    package var minute: Int
    package var second: Int
    package var microsecond: Int

    /// The dates of the language, in microseconds since 1970: from the first of year 1 to the last of year 9999.
    package static let range: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_999_999

    package static let day: Int64 = 86_400_000_000

    package init(
        year: Int, month: Int = 1, day: Int = 1, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0
    ) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
    }

    /// The time of a date of the language.
    package init(_ microseconds: Int64) {
        let days = CivilTime.days(microseconds)
        var rest = microseconds - days * CivilTime.day
        // civil_from_days
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        microsecond = Int(rest % 1_000_000)
        rest /= 1_000_000
        second = Int(rest % 60)
        minute = Int(rest / 60 % 60)
        hour = Int(rest / 3600)
    }

    /// Microseconds since 1970. The fields are in their ranges.
    package var microseconds: Int64 {
        // days_from_civil
        let shiftedYear = Int64(month <= 2 ? year - 1 : year)
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        let seconds = Int64(hour * 3600 + minute * 60 + second)
        return (days * 86_400 + seconds) * 1_000_000 + Int64(microsecond)
    }

    /// The whole days since 1970, rounded down.
    package static func days(_ microseconds: Int64) -> Int64 {
        microseconds >= 0 ? microseconds / day : (microseconds + 1) / day - 1
    }

    /// From 1, Monday, to 7, Sunday.
    package static func weekday(_ microseconds: Int64) -> Int {
        // 1970-01-01 was a Thursday.
        Int(((days(microseconds) + 3) % 7 + 7) % 7) + 1
    }

    package static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    package static func daysIn(month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
