/// The spans that dates are counted by, in UTC.
package enum CalendarUnit: String, CaseIterable, Sendable {
    case hour, day, week, month, year

    /// The unit that cuts a time into a number of pieces that a screen has room for.
    static func fitting(_ microseconds: Int64) -> CalendarUnit {
        switch microseconds / CivilTime.day {
        case ..<2: .hour
        case ..<32: .day
        case ..<220: .week
        case ..<1500: .month
        default: .year
        }
    }

    /// The start of the unit that a date lies in.
    func start(of date: Int64) -> Int64 {
        let day = CivilTime.days(date) * CivilTime.day
        let time = CivilTime(date)
        switch self {
        case .hour: return day + Int64(time.hour) * (CivilTime.day / 24)
        case .day: return day
        case .week: return day - Int64(CivilTime.weekday(date) - 1) * CivilTime.day
        case .month: return CivilTime(year: time.year, month: time.month).microseconds
        case .year: return CivilTime(year: time.year).microseconds
        }
    }

    /// The start of the next unit.
    func next(after start: Int64) -> Int64 {
        switch self {
        case .hour: return start + CivilTime.day / 24
        case .day: return start + CivilTime.day
        case .week: return start + 7 * CivilTime.day
        case .month:
            let time = CivilTime(start)
            return CivilTime(year: time.month == 12 ? time.year + 1 : time.year, month: time.month % 12 + 1)
                .microseconds
        case .year: return CivilTime(year: CivilTime(start).year + 1).microseconds
        }
    }

    /// Not less than the shortest unit of the kind, to estimate how many there are.
    private var least: Int64 {
        switch self {
        case .hour: CivilTime.day / 24
        case .day: CivilTime.day
        case .week: 7 * CivilTime.day
        case .month: 28 * CivilTime.day
        case .year: 365 * CivilTime.day
        }
    }

    /// At most how many units lie between two dates.
    func most(from first: Int64, to last: Int64) -> Int64 { (last - first) / least + 2 }
}
