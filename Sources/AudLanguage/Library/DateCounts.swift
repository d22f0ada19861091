/// How many dates lie in each hour, day, week, month or year from the first to the last of them, those without any too, so
/// that the chart shows gaps as gaps. Dates that are null stand in a row of their own, at the end.
struct DateCounts {
    let rows: Value

    /// More rows than anybody looks at.
    private static let most: Int64 = 2_000

    /// - Parameter unit: nil takes what fits a screen.
    init(
        _ items: [Value], _ unit: CalendarUnit?, _ arguments: Arguments, _ meter: Meter
    ) throws(RuntimeError) {
        var dates: [Int64] = []
        for item in items {
            try meter.charge()
            if case .date(let date) = item { dates.append(date) }
        }
        let (first, last) = (dates.min() ?? 0, dates.max() ?? 0)
        let unit = unit ?? .fitting(last - first)
        guard unit.most(from: first, to: last) <= Self.most else {
            throw arguments.badArgument(
                1, "\"\(unit.rawValue)\" would give more than \(Self.most) bars; take a longer one")
        }
        var counts: [Int64: Int64] = [:]
        for date in dates {
            try meter.charge()
            counts[unit.start(of: date), default: 0] += 1
        }
        var pairs: [(Value, Value)] = []
        var start = unit.start(of: first)
        while start <= last {
            pairs.append((.date(start), .int(counts[start] ?? 0)))
            start = unit.next(after: start)
        }
        let nulls = items.count - dates.count
        if nulls > 0 { pairs.append((.null, .int(Int64(nulls)))) }
        rows = ChartData.rows(unit.rawValue, ChartData.countField, pairs)
    }
}
