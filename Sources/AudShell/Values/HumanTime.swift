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

    /// `just now`, `12 min ago`, `5 h ago`, `3 days ago`, `5 weeks ago`, `7 months ago`, `2 years ago`; and `in 3 days`.
    /// Rounded down: what was a day and a half ago was a day ago.
    package static func relative(_ microseconds: Int64, to now: Int64) -> String {
        let (distance, overflow) = now.subtractingReportingOverflow(microseconds)
        let seconds = overflow ? UInt64(Int64.max / 1_000_000) : distance.magnitude / 1_000_000
        if seconds < 60 { return "just now" }
        let days = seconds / 86_400
        let span =
            switch days {
            case 0: seconds < 3600 ? "\(seconds / 60) min" : "\(seconds / 3600) h"
            case ..<14: counted(Int(days), "day")
            case ..<63: "\(days / 7) weeks"
            case ..<730: "\(days / 30) months"
            default: "\(days / 365) years"
            }
        return distance < 0 ? "in \(span)" : "\(span) ago"
    }

    /// `2026-11-23 15:43 UTC`, the minute rounded up.
    package static func minute(_ microseconds: Int64) -> String {
        let size: Int64 = 60_000_000
        let (whole, part) = microseconds.quotientAndRemainder(dividingBy: size)
        let iso = DateText.iso((part > 0 ? whole + 1 : whole) * size)
        return iso.prefix(10) + " " + iso.dropFirst(11).prefix(5) + " UTC"
    }
}
