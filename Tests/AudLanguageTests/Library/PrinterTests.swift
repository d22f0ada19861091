import AudLanguage
import Testing

@Suite struct PrinterTests {
    @Test(
        arguments: [
            (nil, "null"), (true, "true"), (-5, "-5"), (1.0, "1.0"), (0.1, "0.1"), (1e16, "1e+16"), (-0.0, "-0.0"),
            (1e-7, "1e-07"), (.days(90), "90d"), (.seconds(5400), "1h30min"), (.seconds(0), "0s"),
            (.seconds(-90), "-1min30s"),
            (.microseconds(1_500), "1ms500us"), (Sample(.duration(.min)), "-106751991d4h54s775ms808us"),
            (.at("2026-01-31T09:00:00.050Z"), "@2026-01-31T09:00:00.05Z"), (.at("0001-01-01"), "@0001-01-01T00:00:00Z"),
            ("a{b}\"\\\n\u{1B}\u{202E}é", #""a\{b\}\"\\\n\u{1b}\u{202e}é""#),
            ([1, "a", [nil]], "[1, \"a\", [null]]"), ([:], "{}"),
            (["name": "x", "two words": 1], "{name: \"x\", \"two words\": 1}"),
            (["1a": 1, "": 2, "if": 3], "{\"1a\": 1, \"\": 2, if: 3}"), (.range(1, 4), "[1, 2, 3]"),
            (.regex("a/b[/]\\/\\d", "i"), "/a\\/b[/]\\/\\d/i"), (.function(1), "fn f"),
            (.audience(("id", "a"), ("enabled", true)), "{id: \"a\", enabled: true}"),
        ] as [(Sample, String)])
    func literals(_ sample: Sample, _ expected: String) throws {
        #expect(try Printer.literal(sample.value) == expected)
    }

    @Test func textIsBareAtTheTop() throws {
        #expect(try Printer.text(.string("a\"b")) == "a\"b")
        #expect(try Printer.text(Sample.at("2026-01-31").value) == "2026-01-31T00:00:00Z")
        #expect(try Printer.text(Sample(arrayLiteral: "a").value) == "[\"a\"]")
    }

    @Test func summariesAreShort() {
        #expect(Printer.summary(.string("Spring promo")) == "\"Spring promo\"")
        #expect(Printer.summary(.string("Spring promo"), width: 7) == "\"Spring…\"")
        #expect(Printer.summary(.string("Spring"), width: 6) == "\"Spring\"")
        #expect(Printer.summary(Sample(arrayLiteral: 1, 2, 3, 4).value, width: 8) == "[1, 2, …")
        #expect(Printer.summary(.string("a\nb\u{1B}[31m")) == #""a\nb\u{1b}[31m""#)
    }

    /// A message about a long list costs no more than one about a short one.
    @Test func aSummaryOfALongListIsCheap() {
        let list = Value.list(ListValue(lower: 0, upper: 5_000_000_000_000_000_000))
        #expect(Printer.summary(list).hasPrefix("[0, 1, 2, 3"))
    }
}
