import AudLanguage
import AudShell
import Testing

@Suite("Charts")
struct ChartTests {
    private static func rows(_ label: String, _ pairs: [(Value, Value)]) -> Value {
        .list(ListValue(pairs.map { Samples.record([(label, $0), ("count", $1)]) }))
    }

    private static let statuses = rows(
        "key",
        [
            (.string("Live"), .int(159)), (.string("Disabled \u{1B}[2J\u{202E}list"), .int(41)), (.null, .int(9)),
            (.string("夏のキャンペーンのお知らせ"), .int(1)), (.string("none"), .int(0)), (.string("less"), .int(-4)),
        ])

    private func chart(_ value: Value, _ view: ValueView) throws -> String {
        try Samples.text(value, view, as: "chart")
    }

    @Test("bars have eighths of a column, numbers end together, nulls have a row", arguments: [20, 40, 200])
    func bars(width: Int) throws {
        try Golden.expect(try chart(Self.statuses, ValueView(width: width)), "chart-\(width)")
    }

    @Test("no line is wider than the terminal, and none has what acts on one", arguments: Array(12...200))
    func fits(width: Int) throws {
        let text = try chart(Self.statuses, ValueView(width: width))
        for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= width, "\(line)") }
        #expect(TerminalText.escaped(text, keepingLines: true) == text)
    }

    @Test("without a locale for it, bars are of ASCII")
    func ascii() throws {
        let text = try chart(
            Self.rows("key", [(.string("a"), .int(4)), (.string("b"), .int(1))]), ValueView(width: 20, isUnicode: false)
        )
        #expect(text == "a  4  ##############\nb  1  ####\n")
    }

    @Test("a date is as exact as the unit it was counted by")
    func dates() throws {
        let date: Value = .date(1_795_392_000_000_000)
        for (unit, label) in [
            ("hour", "2026-11-23 00:00"), ("day", "2026-11-23"), ("week", "2026-11-23"), ("month", "2026-11"),
            ("year", "2026"),
        ] {
            #expect(try chart(Self.rows(unit, [(date, .int(1))]), ValueView(width: 60)).hasPrefix(label + "  1  █"))
        }
    }

    @Test("in a format of data it is the data")
    func data() throws {
        let value = Self.rows("key", [(.string("a"), .int(4)), (.null, .int(1))])
        #expect(try chart(value, ValueView(format: .csv)) == "key,count\r\na,4\r\n,1\r\n")
        #expect(
            try chart(value, ValueView(format: .ndjson)) == "{\"key\":\"a\",\"count\":4}\n{\"key\":null,\"count\":1}\n")
        #expect(throws: ViewError.self) { try chart(value, ValueView(format: .ids)) }
    }

    @Test("what is no chart is refused with the way to one, and no row is said to be none")
    func refusals() throws {
        #expect(try chart(Self.rows("key", []), ValueView(width: 40)) == "nothing to chart\n")
        for value in [Value.int(1), .list(ListValue([.int(1)])), Self.rows("a", [(.int(1), .string("x"))])] {
            #expect(throws: ViewError.self) { try chart(value, ValueView(width: 40)) }
        }
    }
}
