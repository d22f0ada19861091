import AudLanguage
import AudShell
import Testing

@Suite("Tables")
struct TableTests {
    @Test("at 80 columns an audience shows what people look for first; what does not fit is named")
    func eighty() throws {
        try Golden.expect(try Samples.table(Samples.audiences, width: 80), "audiences-80")
    }

    @Test("at 40 columns long names are cut")
    func forty() throws {
        try Golden.expect(try Samples.table(Samples.audiences, width: 40), "audiences-40")
    }

    @Test("at 200 columns nothing is cut, and fields that the server did not send take no room")
    func twoHundred() throws {
        try Golden.expect(try Samples.table(Samples.audiences, width: 200), "audiences-200")
    }

    @Test("hostile names stay in their cell")
    func hostile() throws {
        try Golden.expect(try Samples.table(Samples.hostile, width: 80), "hostile-80")
    }

    @Test("no line is wider than the terminal, whatever its width", arguments: Array(1...100))
    func neverTooWide(width: Int) throws {
        for value in [Samples.audiences, Samples.hostile] {
            for line in try Samples.table(value, width: width).split(separator: "\n") {
                #expect(DisplayWidth.of(line) <= width, "\(line)")
            }
        }
    }

    @Test("no character that acts on a terminal reaches one, in any format", arguments: OutputFormat.allCases)
    func safe(format: OutputFormat) throws {
        let value: Value =
            format == .ids
            ? .list(ListValue([.string("a\u{1B}[2Jb\u{202E}c\u{9B}")]))
            : Samples.hostile
        let text = try Samples.text(value, ValueView(format: format, width: 80))
        #expect(TerminalText.escaped(text, keepingLines: true) == text)
    }

    @Test("without a terminal the table is whole")
    func uncut() throws {
        let name = String(repeating: "long ", count: 60) + "end"
        let value: Value = .list(ListValue([Samples.record([("name", .string(name)), ("n", .int(1))])]))
        let text = try Samples.table(value, width: nil)
        #expect(text.contains(name))
        #expect(!text.contains("…"))
    }

    @Test("numbers are right-aligned, nulls named, lists and records short")
    func cells() throws {
        let rows: Value = .list(
            ListValue([
                Samples.record([
                    ("key", .string("a")), ("count", .int(7)), ("share", .float(0.5)),
                    ("items", .list(ListValue([.int(1), .string("x"), .null]))), ("idle", .duration(5_400_000_000)),
                ]),
                Samples.record([
                    ("key", .null), ("count", .int(1200)), ("share", .float(1e21)),
                    ("items", .list(ListValue([Samples.record([("a", .int(1))]), Samples.record([])]))),
                    ("idle", .null),
                ]),
            ]))
        try Golden.expect(try Samples.table(rows, width: 80), "cells-80")
    }

    @Test("a moment is told by its distance on a terminal, and exactly to a program; other dates are always exact")
    func relativeDates() throws {
        let now: Int64 = 1_795_448_400_000_000
        let row = Samples.record([
            ("updatedAt", .date(now - 3 * 86_400_000_000)), ("week", .date(now - 3 * 86_400_000_000)),
        ])
        let list: Value = .list(ListValue([row]))
        let exact = "2026-11-20T15:40:00Z"
        let table = try Samples.text(list, ValueView(width: 80, now: now))
        #expect(table.contains("3 days ago  \(exact)"))
        #expect(
            try Samples.text(row, ValueView(width: 80, now: now)).contains(
                "\(exact) (3 days ago)\nweek       \(exact)\n"))
        #expect(!(try Samples.text(list, ValueView(width: nil, now: now)).contains("ago")))
        for format in [OutputFormat.json, .ndjson, .csv] {
            let text = try Samples.text(list, ValueView(format: format, width: 80, now: now))
            #expect(text.contains(exact) && !text.contains("ago"))
        }
    }

    private static let spans: [(Int64, String)] = [
        (0, "just now"), (59, "just now"), (60, "1 min ago"), (7_199, "1 h ago"), (86_400, "1 day ago"),
        (13 * 86_400, "13 days ago"), (14 * 86_400, "2 weeks ago"), (63 * 86_400, "2 months ago"),
        (800 * 86_400, "2 years ago"), (-3_600, "in 1 h"), (-86_400 * 2, "in 2 days"),
    ]

    @Test(
        "distances as a person says them",
        arguments: spans)
    func distances(seconds: Int64, words: String) {
        let now: Int64 = 1_795_448_400_000_000
        #expect(HumanTime.relative(now - seconds * 1_000_000, to: now) == words)
    }

    @Test("what does not fit is named in full, however narrow the terminal is", arguments: [20, 30, 40, 60])
    func namesWhatIsLeftOut(width: Int) throws {
        let text = try Samples.table(Samples.audiences, width: width)
        let words = Set(text.split { " ,:\n".contains($0) }.map(String.init))
        #expect(
            words.isSuperset(of: ["name", "key", "enabled", "status", "updatedAt", "id", "createdAt", "definition"]))
    }

    @Test("what is inside of a record has a line for each part")
    func nested() throws {
        let value = Samples.record([
            ("key", .string("Live")),
            ("items", .list(ListValue([Samples.record([("name", .string("a")), ("size", .null)])]))),
            ("deep", Samples.record([("er", Samples.record([("still", .int(1))]))])),
            ("tags", .list(ListValue([.int(1)]))),
        ])
        #expect(
            try Samples.table(value, width: 60) == """
                key            Live
                items[0].name  a
                items[0].size  null
                deep.er.still  1
                tags           [1]

                """)
        #expect(try Samples.table(value, width: 20).hasPrefix("key\n  Live\nitems[0].name\n  a\n"))
    }

    @Test("nulls are faint")
    func nulls() throws {
        let list: Value = .list(ListValue([Samples.record([("a", .null), ("b", .string("null"))])]))
        let text = try Samples.text(list, ValueView(width: 80, theme: Theme(isColored: true)))
        #expect(text.contains("\u{1B}[0;2mnull\u{1B}[0m  null\n"))
    }

    @Test("a list of plain values has one a line; an empty one says so")
    func plainLists() throws {
        #expect(
            try Samples.table(.list(ListValue([.string("a\tb"), .int(2), .null])), width: 80) == "a\\u{9}b\n2\nnull\n")
        #expect(try Samples.table(.list(ListValue([])), width: 80) == "empty list\n")
    }

    @Test("a plain value is its text, and null is nothing")
    func scalars() throws {
        #expect(try Samples.table(.string("two\nlines\u{1B}[31m"), width: 80) == "two\nlines\\u{1b}[31m\n")
        #expect(try Samples.table(.float(2), width: 80) == "2.0\n")
        #expect(try Samples.table(.duration(5_400_000_000), width: 80) == "1h30min\n")
        #expect(try Samples.table(.date(0), width: 80) == "1970-01-01T00:00:00Z\n")
        #expect(try Samples.table(.null, width: 80) == "")
    }

    @Test("a record is two columns; long text is wrapped and not cut")
    func record() throws {
        let value = Samples.audience(
            id: "aud_1", name: "Spring promo", key: "spring",
            description: .string("Everybody who bought in spring and has not come back since"))
        try Golden.expect(try Samples.table(value, width: 40), "record-40")
    }

    @Test("colours mark headings and remarks, and change no text")
    func colors() throws {
        let plain = try Samples.text(Samples.audiences, ValueView(width: 80))
        let colored = try Samples.text(Samples.audiences, ValueView(width: 80, theme: Theme(isColored: true)))
        #expect(colored.contains("\u{1B}[0;1mname"))
        #expect(colored.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == plain)
    }
}
