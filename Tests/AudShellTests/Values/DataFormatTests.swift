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
