/// Dates and durations as text, and dates from text.
package enum DateText {
    /// The date in ISO 8601 with `Z`, with as many digits of the second as are not 0.
    package static func iso(_ microseconds: Int64) -> String {
        let time = CivilTime(microseconds)
        var text = padded(time.year, 4) + "-" + padded(time.month, 2) + "-" + padded(time.day, 2)
        text += "T" + padded(time.hour, 2) + ":" + padded(time.minute, 2) + ":" + padded(time.second, 2)
        if time.microsecond != 0 {
            var digits = padded(time.microsecond, 6)
            while digits.hasSuffix("0") { digits.removeLast() }
            text += "." + digits
        }
        return text + "Z"
    }

    package static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// The duration as the language writes it: `1h30min`. The largest unit is the day, so that `90d` stays `90d`; the
    /// smallest the microsecond, `us`.
    package static func duration(_ microseconds: Int64) -> String {
        if microseconds == 0 { return "0s" }
        var text = microseconds < 0 ? "-" : ""
        var rest = microseconds.magnitude
        let units: [(String, UInt64)] = [
            ("d", 86_400_000_000), ("h", 3_600_000_000), ("min", 60_000_000), ("s", 1_000_000), ("ms", 1000), ("us", 1),
        ]
        for (unit, size) in units where rest >= size {
            text += "\(rest / size)\(unit)"
            rest %= size
        }
        return text
    }

    /// Reads `2026-01-31`, `2026-01-31T09:00Z`, `2026-01-31T09:00:00.25+02:00`: UTC when there is no offset. Digits of
    /// the second beyond the sixth are dropped. The failure says what is wrong with the text.
    package static func parse(_ text: String) -> Result<Int64, Refusal> {
        var reader = Reader(bytes: Array(text.utf8))
        return reader.date()
    }

    /// Why a text is no date, to follow "… is not a date: ".
    package struct Refusal: Error {
        package let message: String
    }

    private struct Reader {
        let bytes: [UInt8]
        var place = 0

        mutating func number(_ digits: Int) -> Int? {
            guard place + digits <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[place..<place + digits] {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            place += digits
            return value
        }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
            place += 1
            return true
        }

        mutating func date() -> Result<Int64, Refusal> {
            func refuse(_ message: String) -> Result<Int64, Refusal> { .failure(Refusal(message: message)) }

            guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2) else {
                return refuse("a date starts with year, month and day, as in 2026-01-31")
            }
            guard year >= 1 else { return refuse("years go from 0001 to 9999") }
            guard (1...12).contains(month) else { return refuse("there is no month \(month)") }
            let days = CivilTime.daysIn(month: month, of: year)
            guard (1...days).contains(day) else {
                return refuse("\(DateText.padded(year, 4))-\(DateText.padded(month, 2)) has \(days) days")
            }
            var time = CivilTime(year: year, month: month, day: day)
            if place == bytes.count { return .success(time.microseconds) }

            guard skip("T"), let hour = number(2), skip(":"), let minute = number(2) else {
                return refuse("the time follows as in 2026-01-31T09:00")
            }
            time.hour = hour
            time.minute = minute
            if skip(":") {
                guard let second = number(2) else { return refuse("seconds have two digits") }
                time.second = second
                if skip(".") {
                    let start = place
                    var scale = 100_000
                    while let digit = number(1) {
                        time.microsecond += digit * scale
                        scale /= 10
                    }
                    guard place > start else { return refuse("decimals follow the point") }
                }
            }
            guard hour < 24, minute < 60, time.second < 60 else { return refuse("times go from 00:00:00 to 23:59:59") }

            var offset: Int64 = 0
            if !skip("Z"), place < bytes.count {
                let behind = skip("+")
                guard behind || skip("-"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24,
                    minutes < 60
                else { return refuse("it ends with Z or an offset such as +02:00") }
                offset = Int64(hours * 60 + minutes) * (behind ? 60_000_000 : -60_000_000)
            }
            guard place == bytes.count else { return refuse("something follows the time") }
            let moment = time.microseconds - offset
            guard CivilTime.range.contains(moment) else { return refuse("years go from 0001 to 9999") }
            return .success(moment)
        }
    }
}
