/// The patterns of `format(date, pattern)`: a small part of Unicode's date patterns (UTS 35), in English and in UTC.
enum DatePattern {
    /// What each run of letters stands for; one list for the formatter and its messages.
    private static let fields: [(letters: String, text: @Sendable (CivilTime, Int) -> String)] = [
        ("yyyy", { time, _ in DateText.padded(time.year, 4) }),
        ("yy", { time, _ in DateText.padded(time.year % 100, 2) }),
        ("MMMM", { time, _ in months[time.month - 1] }),
        ("MMM", { time, _ in String(months[time.month - 1].prefix(3)) }),
        ("MM", { time, _ in DateText.padded(time.month, 2) }),
        ("M", { time, _ in String(time.month) }),
        ("dd", { time, _ in DateText.padded(time.day, 2) }),
        ("d", { time, _ in String(time.day) }),
        ("EEEE", { _, weekday in weekdays[weekday - 1] }),
        ("EEE", { _, weekday in String(weekdays[weekday - 1].prefix(3)) }),
        ("HH", { time, _ in DateText.padded(time.hour, 2) }),
        ("H", { time, _ in String(time.hour) }),
        ("mm", { time, _ in DateText.padded(time.minute, 2) }),
        ("m", { time, _ in String(time.minute) }),
        ("ss", { time, _ in DateText.padded(time.second, 2) }),
        ("s", { time, _ in String(time.second) }),
        ("SSSSSS", { time, _ in DateText.padded(time.microsecond, 6) }),
        ("SSS", { time, _ in DateText.padded(time.microsecond / 1000, 3) }),
    ]

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// The date after a pattern: runs of ASCII letters are fields, `'…'` is text, `''` a quote, and the rest itself.
    static func format(_ date: Int64, _ pattern: String, _ arguments: Arguments) throws(RuntimeError) -> String {
        let time = CivilTime(date)
        let weekday = CivilTime.weekday(date)
        var result = String.UnicodeScalarView()
        var rest = pattern.unicodeScalars[...]
        while let first = rest.first {
            if first == "'" {
                rest.removeFirst()
                result.append(contentsOf: try quoted(&rest, arguments))
            } else if isLetter(first) {
                let run = rest.prefix { $0 == first }
                rest = rest.dropFirst(run.count)
                guard let field = fields.first(where: { $0.letters.unicodeScalars.elementsEqual(run) }) else {
                    throw unknown(String(run), arguments)
                }
                result.append(contentsOf: field.text(time, weekday).unicodeScalars)
            } else {
                result.append(first)
                rest.removeFirst()
            }
        }
        return String(result)
    }

    /// The text up to the closing quote; the opening one has been read.
    private static func quoted(
        _ rest: inout Substring.UnicodeScalarView, _ arguments: Arguments
    ) throws(RuntimeError) -> String.UnicodeScalarView {
        var text = String.UnicodeScalarView()
        while let next = rest.popFirst() {
            guard next == "'" else {
                text.append(next)
                continue
            }
            // `''` is a quote, between quotes and by itself.
            guard rest.first == "'" else {
                if text.isEmpty { text.append("'") }
                return text
            }
            rest.removeFirst()
            text.append("'")
        }
        throw arguments.badArgument(1, "has a `'` that is not closed", help: "a quote itself is written `''`")
    }

    private static func unknown(_ run: String, _ arguments: Arguments) -> RuntimeError {
        let known = fields.map(\.letters).joined(separator: " ")
        let help: String
        switch run {
        case "YYYY": help = "the year is `yyyy`"
        case "DD", "D": help = "the day of the month is `dd` or `d`"
        case "hh", "h", "a": help = "hours go from 0 to 23: `HH` or `H`"
        case "T", "Z": help = "letters that stand for themselves are quoted: `'\(run)'`"
        default: help = "the fields are \(known); text stands in single quotes"
        }
        return arguments.badArgument(1, "has `\(run)`, which is no field of a date", help: help)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        (0x41...0x5A).contains(scalar.value) || (0x61...0x7A).contains(scalar.value)
    }
}
