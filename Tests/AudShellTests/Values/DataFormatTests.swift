import AudLanguage
import AudShell
import Testing

@Suite("Values as data")
struct DataFormatTests {
    private let rows: Value = .list(
        ListValue([
            Samples.record([("name", .string("=HYPERLINK(\"x\")")), ("n", .int(-5)), ("on", .bool(true))]),
            Samples.record([("name", .string("a, \"b\"\nc")), ("at", .date(0)), ("tags", .list(ListValue([.int(1)])))]),
            Samples.record([("name", .null), ("idle", .duration(-1_000_000))]),
        ]))

    @Test("`show` takes the formats that there are")
    func formatsOfShow() { #expect(Library.formats == OutputFormat.allCases.map(\.rawValue)) }

    @Test("json is pretty on a terminal and one line elsewhere; order, ints and floats are exact")
    func json() throws {
        let value = Samples.record([
            ("b", .int(.max)), ("a", .float(1)), ("at", .date(1_500_000)), ("for", .duration(90_000_000)),
            ("none", .null),
        ])
        let line = #"{"b":9223372036854775807,"a":1.0,"at":"1970-01-01T00:00:01.5Z","for":"1min30s","none":null}"#
        #expect(try Samples.text(value, ValueView(format: .json)) == line + "\n")
        let pretty = """
            {
              "b": 9223372036854775807,
              "a": 1.0,
              "at": "1970-01-01T00:00:01.5Z",
              "for": "1min30s",
              "none": null
            }
            """
        #expect(try Samples.text(value, ValueView(format: .json, width: 80)) == pretty + "\n")
        #expect(try Samples.text(.null, ValueView(format: .json)) == "null\n")
    }

    /// 2^40 ints, of which all but two lists are shared.
    private var enormous: Value {
        (0..<40).reduce(Value.int(1)) { value, _ in .list(ListValue([value, value])) }
    }

    @Test("a value of any length ends with the signal or at a limit", arguments: OutputFormat.allCases)
    func bounds(_ format: OutputFormat) throws {
        let stopped = ViewBounds()
        stopped.stop.raise()
        let rows = Value.list(ListValue((0..<5_000).map { Samples.record([("id", .string("row \($0)"))]) }))
        let error = try #require(throws: ViewError.self) {
            try Samples.text(rows, ValueView(format: format, bounds: stopped))
        }
        #expect(error.isInterruption)
        var limits = Limits()
        limits.stringBytes = 1 << 10
        limits.allocation = 10 << 10
        let view = ValueView(format: format, bounds: ViewBounds(limits: limits))
        if format == .table {
            // Its rows are held together until the widths of the columns are known.
            #expect(throws: ViewError.self) { try Samples.text(rows, view) }
            #expect(try Samples.text(enormous, view) == "[2 items]\n[2 items]\n")
        } else if format != .ids {
            let error = try #require(throws: ViewError.self) { try Samples.text(enormous, view) }
            #expect(error.message.contains("1 KB") && !error.isInterruption)
            #expect(try Samples.text(rows, view).utf8.count > limits.allocation)
        }
    }

    @Test("a list that cannot be written as json is not begun, or its text ends with the line")
    func jsonParts() throws {
        func written(_ items: [Value]) -> String {
            var text = ""
            _ = try? ValueView(format: .json).write(.list(ListValue(items))) { text += $0 }
            return text
        }
        let (bad, long) = (
            Value.record(RecordValue([("f", .regex(try #require(Self.regex)))])),
            Value.string(String(repeating: "a", count: 1 << 20))
        )
        #expect(written([.int(1), bad]) == "")
        let text = written([long, .int(1), bad])
        #expect(text.hasPrefix("[\"aaa") && text.hasSuffix("a\"\n"))
        #expect(written([long, .int(1)]).hasSuffix("a\",1]\n"))
    }

    @Test("a long text is written in pieces, between its words", arguments: ["é\u{1B} ", "a\n", "日本語x"])
    func longTexts(_ unit: String) throws {
        let text = String(repeating: unit, count: (3 << 20) / unit.utf8.count)
        var pieces: [String] = []
        try ValueView().write(.string(text)) { pieces.append($0) }
        #expect(pieces.joined() == TerminalText.escaped(text, keepingLines: true) + "\n")
        #expect(pieces.count > 3)
        if unit.contains(" ") { #expect(pieces.dropLast(2).allSatisfy { $0.hasSuffix(" ") }) }
        let stopped = ViewBounds()
        stopped.stop.raise()
        #expect(throws: ViewError.self) { try Samples.text(.string(text), ValueView(bounds: stopped)) }
    }

    private static var regex: RegexValue? { try? RegexValue.compile(pattern: "a", flags: "").get() }

    @Test("what could act on a terminal is written as an escape of JSON")
    func jsonEscapes() throws {
        let text = try Samples.text(.string("\u{1B}\u{7F}\u{9B}\u{202E}\u{2028}é"), ValueView(format: .json))
        #expect(text == #""\u001b\u007f\u009b\u202e\u2028é""# + "\n")
    }

    @Test("ndjson has one item a line")
    func ndjson() throws {
        let text = try Samples.text(.list(ListValue([.int(1), .string("a\nb"), .null])), ValueView(format: .ndjson))
        #expect(text == "1\n\"a\\nb\"\nnull\n")
        #expect(try Samples.text(.int(1), ValueView(format: .ndjson)) == "1\n")
        #expect(try Samples.text(.list(ListValue([])), ValueView(format: .ndjson)) == "")
    }

    @Test("csv has all fields, and text that a spreadsheet would run is marked")
    func csv() throws {
        let expected = [
            "name,n,on,at,tags,idle", #""'=HYPERLINK(""x"")",-5,true,,,"#,
            "\"a, \"\"b\"\"\nc\",,,1970-01-01T00:00:00Z,[1],", ",,,,,-1s", "",
        ]
        #expect(try Samples.text(rows, ValueView(format: .csv)) == expected.joined(separator: "\r\n"))
        let raw = try Samples.text(rows, ValueView(format: .csv, isCSVRaw: true))
        #expect(raw.contains("\r\n\"=HYPERLINK"))
    }

    @Test("every start of a formula is marked", arguments: ["=1", "+1", "-1", "@A1", "\t=1", "\r=1"])
    func formulas(text: String) throws {
        let written = try Samples.text(.list(ListValue([.string(text)])), ValueView(format: .csv))
        let mark = text.first == "\r" ? "value\r\n\"'\r=1\"\r\n" : "value\r\n'\(text)\r\n"
        #expect(written == mark)
    }

    @Test("csv of what is no record has a column `value`; an empty text is no empty line")
    func csvValues() throws {
        let mixed: Value = .list(ListValue([.int(1), Samples.record([("a", .bool(false))]), .string("")]))
        #expect(try Samples.text(mixed, ValueView(format: .csv)) == "a,value\r\n,1\r\nfalse,\r\n,\r\n")
        #expect(try Samples.text(.string(""), ValueView(format: .csv)) == "value\r\n\"\"\r\n")
        #expect(try Samples.text(.list(ListValue([])), ValueView(format: .csv)) == "")
    }

    @Test("ids are those of audiences, of records, and texts themselves")
    func ids() throws {
        #expect(
            try Samples.text(Samples.audiences, ValueView(format: .ids))
                == "aud_0ujsswThIGTUYm2K8FjOOfXtY1K\naud_1\naud_2\n")
        let mixed: Value = .list(ListValue([.string("x"), Samples.record([("id", .string("y"))])]))
        #expect(try Samples.text(mixed, ValueView(format: .ids)) == "x\ny\n")
    }

    @Test("without ids nothing is written, and the message tells what to do")
    func noIds() throws {
        var written = ""
        #expect(
            throws: ViewError(
                "the format `ids` needs audiences, records with an `id`, or strings; item 2 is a value of type int",
                help: "pick the ids first, for example `… | map .id`, or keep the column: `… | select .id, .name`")
        ) {
            try ValueView(format: .ids).write(.list(ListValue([.string("x"), .int(2)]))) { written += $0 }
        }
        #expect(written == "")
    }

    @Test("an unknown format is a message with the nearest one")
    func unknownFormat() {
        #expect(
            throws: ViewError(
                "there is no format `jsn`", help: "did you mean `json`? the formats are: table, json, ndjson, csv, ids")
        ) {
            try ValueView.format(named: "jsn")
        }
    }
}
