// Dates of HTTP and mail headers: `Mon, 02 Jan 2006 15:05:05 GMT` and its relatives.

extension Timestamp {
    /// Reads an RFC 5322 date (weekday, seconds and comma optional, zone a name or an offset), the obsolete RFC 850 form
    /// with dashes and a two-digit year included.
    init?(httpDate text: String) {
        var scanner = DigitScanner(text.utf8)
        scanner.skipBlanks()
        if !scanner.word().isEmpty {
            _ = scanner.take(",")
            scanner.skipBlanks()
        }
        guard let day = scanner.number(upTo: 2), scanner.gap(),
            let month = Self.months.firstIndex(of: scanner.word().prefix(3).lowercased()), scanner.gap(),
            var year = scanner.number(upTo: 4), scanner.gap(),
            let hour = scanner.number(upTo: 2), hour < 24, scanner.take(":"), let minute = scanner.number(2),
            minute < 60
        else { return nil }
        if year < 100 { year += year < 70 ? 2000 : 1900 }
        var second: Int64 = 0
        if scanner.take(":") {
            guard let read = scanner.number(2), read <= 60 else { return nil }
            second = read
        }
        scanner.skipBlanks()
        var checkpoint = scanner
        let name = checkpoint.word().uppercased()
        var offset: Int64 = 0
        if ["GMT", "UTC", "UT", "Z"].contains(name) {
            scanner = checkpoint
        } else {
            guard let zone = scanner.zone() else { return nil }
            offset = zone
        }
        scanner.skipBlanks()
        guard scanner.isAtEnd, let days = CivilDate.days(year: year, month: Int64(month) + 1, day: day) else {
            return nil
        }
        let seconds = days * 86_400 + hour * 3600 + (minute - offset) * 60 + second
        self.init(microseconds: seconds * 1_000_000)
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
}

extension DigitScanner {
    /// Takes one dash or some blanks.
    fileprivate mutating func gap() -> Bool {
        if take("-") { return true }
        guard take(" ") else { return false }
        skipBlanks()
        return true
    }
}
