// Spans and points of time as a person says them. Exact ones are in the JSON form of the same report.

internal import AudLanguage

package enum HumanTime {
    /// `at once`, `about 40 s`, `about 13 min`, `about 2 h 5 min`, `about 3 d 4 h`; rounded up, for nobody minds being
    /// early.
    package static func about(_ duration: Duration) -> String {
        let seconds = duration.components.seconds + (duration.components.attoseconds > 0 ? 1 : 0)
        if seconds <= 1 { return "at once" }
        if seconds < 100 { return "about \(seconds) s" }
        let minutes = (seconds + 59) / 60
        if minutes < 100 { return "about \(minutes) min" }
        if minutes < 48 * 60 {
            let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
            return "about \(hours) h" + (rest > 0 ? " \(rest) min" : "")
        }
        let (days, left) = ((minutes + 59) / 60).quotientAndRemainder(dividingBy: 24)
        return "about \(days) d" + (left > 0 ? " \(left) h" : "")
    }

    /// `just now`, `5 min ago`, `3 h ago`, `12 d ago`; rounded down. A time to come, of another clock, is just now.
    package static func ago(_ microseconds: Int64, now: Int64) -> String {
        let minutes = now.subtractingReportingOverflow(microseconds).partialValue / 60_000_000
        if minutes < 1 { return "just now" }
        if minutes < 60 { return "\(minutes) min ago" }
        if minutes < 48 * 60 { return "\(minutes / 60) h ago" }
        return "\(minutes / (24 * 60)) d ago"
    }

    /// `2026-11-23 15:43 UTC`, the minute rounded up.
    package static func minute(_ microseconds: Int64) -> String {
        let size: Int64 = 60_000_000
        let (whole, part) = microseconds.quotientAndRemainder(dividingBy: size)
        let iso = DateText.iso((part > 0 ? whole + 1 : whole) * size)
        return iso.prefix(10) + " " + iso.dropFirst(11).prefix(5) + " UTC"
    }
}
