/// Durations as people write them in options and in the configuration: `60s`, `80ms`, `1min`, `1h30min`.
///
/// The units are those of the language (`ms s min h d`), so that a person learns them once.
package enum DurationText {
    /// The duration that a text stands for; nil when it is none. At most 3,650 days.
    package static func parse(_ text: String) -> Duration? {
        var rest = Substring(text)
        var total = Duration.zero
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let count = Int64(digits), count <= longest else { return nil }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard let unit = units[String(name)] else { return nil }
            total += unit * count
            guard total <= .seconds(longest) else { return nil }
        }
        return total
    }

    /// The shortest text for whole milliseconds: `60s` and not `1min`, as limits are written.
    package static func text(_ duration: Duration) -> String {
        let milliseconds = duration / .milliseconds(1)
        let whole = Int64(milliseconds.rounded())
        return whole % 1000 == 0 ? "\(whole / 1000)s" : "\(whole)ms"
    }

    /// What a message says about the form.
    package static let form = "a duration such as 60s, 80ms or 1min, at most 3650d"

    private static let longest: Int64 = 3650 * 86_400
    private static let units: [String: Duration] = [
        "ms": .milliseconds(1), "s": .seconds(1), "min": .seconds(60), "h": .seconds(3600), "d": .seconds(86_400),
    ]
}
