import AudLanguage
import Testing

/// Every native built-in, by its edges. An expectation is the value as the language writes it, or `!CODE part of the
/// message`.
@Suite struct BuiltinTests {
    @Test(
        arguments: [
            Call("len", [], gives: "0"),
            Call("len", "añ😀", gives: "3"),
            Call("len", "e\u{301}", gives: "2"),
            Call("len", ["a": 1, "b": nil], gives: "2"),
            Call("len", .range(3, 1_000_003), gives: "1000000"),
            Call("len", 5, gives: "!R1003 `len` wants a list, a string or a record as `x`, not 5 (int)"),
            Call("len", nil, gives: "!R1004 got null"),
            Call("contains", [1, "a"], 1.0, gives: "true"),
            Call("contains", [1, "a"], "b", gives: "false"),
            Call("contains", "Café", "fé", gives: "true"),
            Call("contains", "Cafe\u{301}", "fé", gives: "false"),
            Call("contains", "abc", "", gives: "!R1009 must not be empty"),
            Call("contains", "abc", 1, gives: "!R1003 wants a string as `item`"),
            Call("indexOf", [1, 2, 2.0], 2, gives: "1"),
            Call("indexOf", ["a"], "b", gives: "-1"),
            Call("indexOf", "ä😀x", "x", gives: "2"),
            Call("indexOf", "abc", "z", gives: "-1"),
            Call("indexOf", "abc", "", gives: "!R1009"),
            Call("zip", [1, 2, 3], ["a", "b"], gives: "[[1, \"a\"], [2, \"b\"]]"),
            Call("zip", gives: "[]"),
            Call("zip", [1], 2, gives: "!R1003 item 2 is 2 (int)"),
            Call("enumerate", ["x"], gives: "[{index: 0, item: \"x\"}]"),
            Call("range", 3, gives: "[0, 1, 2]"),
            Call("range", 2, 5, gives: "[2, 3, 4]"),
            Call("range", 5, 2, gives: "[]"),
            Call("range", -3, gives: "[]"),
            Call("range", 0, 10, 4, gives: "[0, 4, 8]"),
            Call("range", 5, 0, -2, gives: "[5, 3, 1]"),
            Call("range", 0, 5, 0, gives: "!R1009 must not be 0"),
            Call("range", Sample(.int(.min)), Sample(.int(.max)), gives: "!L3004"),
            Call("range", Sample(.int(.min)), Sample(.int(.max)), 2, gives: "!L3004"),
            Call(
                "range", Sample(.int(.min)), Sample(.int(.max)), Sample(.int(.max)),
                gives: "[-9223372036854775808, -1, 9223372036854775806]"),
            Call("range", 0, Sample(.int(.min)), Sample(.int(.min)), gives: "[0]"),
            Call("chunk", [1, 2, 3, 4, 5], 2, gives: "[[1, 2], [3, 4], [5]]"),
            Call("chunk", [], 2, gives: "[]"),
            Call("chunk", [1], Sample(.int(.max)), gives: "[[1]]"),
            Call("chunk", [1], 0, gives: "!R1009 must be at least 1"),
            Call("join", ["a", "b", "c"], ", ", gives: "\"a, b, c\""),
            Call("join", ["a", "b"], gives: "\"ab\""),
            Call("join", [], "x", gives: "\"\""),
            Call("join", ["a", 1], ",", gives: "!R1003 item 2 is 1 (int)"),
            Call("join", ["a", nil], ",", gives: "!R1004 item 2 is null"),
            Call("concat", [1], [], [2, 3], gives: "[1, 2, 3]"),
            Call("concat", gives: "[]"),
            Call("keys", ["b": 1, "a": 2], gives: "[\"b\", \"a\"]"),
            Call("values", ["b": 1, "a": 2], gives: "[1, 2]"),
            Call("entries", ["b": nil], gives: "[{key: \"b\", value: null}]"),
            Call(
                "fromEntries", [["key": "a", "value": 1], ["key": "b", "value": 2], ["key": "a", "value": 3]],
                gives: "{a: 3, b: 2}"),
            Call("fromEntries", [["key": 1, "value": 1]], gives: "!R1003 item 1"),
            Call("fromEntries", [["key": "a"]], gives: "!R1003"),
            Call("without", ["a": 1, "b": 2, "c": 3], "b", "z", gives: "{a: 1, c: 3}"),
            Call("without", .audience(("id", "x"), ("name", "n")), "id", gives: "{name: \"n\"}"),
            Call("has", ["a": nil], "a", gives: "true"),
            Call("has", ["a": nil], "b", gives: "false"),
        ] as [Call])
    func lists(_ call: Call) {
        #expect(call.holds(), "\(call.outcome())")
    }

    @Test(
        arguments: [
            Call("lower", "ÀΣİ", gives: "\"àσi̇\""),
            Call("upper", "straße ﬁ", gives: "\"STRASSE FI\""),
            Call("upper", nil, gives: "!R1004 say what a missing value means"),
            Call("trim", "\u{3000}\t a b\u{A0}\n", gives: "\"a b\""),
            Call("trim", " \n", gives: "\"\""),
            Call("split", "a,b,,c", ",", gives: "[\"a\", \"b\", \"\", \"c\"]"),
            Call("split", "", ",", gives: "[\"\"]"),
            Call("split", "a  b\tc", .regex("\\s+"), gives: "[\"a\", \"b\", \"c\"]"),
            Call("split", "ä—b—", "—", gives: "[\"ä\", \"b\", \"\"]"),
            Call("split", "abc", "", gives: "!R1009 must not be empty"),
            Call("split", "abc", .regex("x*"), gives: "!R1009 matched an empty text"),
            Call("split", "abc", 1, gives: "!R1003 wants a string or a regex"),
            Call("replace", "a.b.c", ".", "$1", gives: "\"a$1b$1c\""),
            Call("replace", "aaa", "aa", "b", gives: "\"ba\""),
            Call("replace", "Ann Lee", .regex("(\\w+) (\\w+)"), "$2, $1!", gives: "\"Lee, Ann!\""),
            Call("replace", "x1", .regex("(?P<d>\\d)"), "<${d}${1}$0$$>", gives: "\"x<111$>\""),
            Call("replace", "5 or 6", .regex("\\d"), "US$ $0", gives: "\"US$ 5 or US$ 6\""),
            Call("replace", "ab", .regex("x*"), "-", gives: "\"-a-b-\""),
            Call("replace", "äb", .regex("()"), "-", gives: "\"-ä-b-\""),
            Call("replace", "ab", .regex("(x)?b"), "[$1]", gives: "\"a[]\""),
            Call("replace", "ab", .regex("b"), "$1", gives: "!R1009 has 0 groups"),
            Call("replace", "ab", .regex("b"), "${n", gives: "!R1009 has `${` without `}`"),
            Call("replace", "ab", "", "x", gives: "!R1009"),
            Call("startsWith", "é!", "é", gives: "true"),
            Call("startsWith", "e\u{301}", "e", gives: "true"),
            Call("startsWith", "a", "ab", gives: "false"),
            Call("endsWith", "abc", "bc", gives: "true"),
            Call("endsWith", "abc", "", gives: "true"),
            Call("padStart", "7", 3, "0", gives: "\"007\""),
            Call("padStart", "é", 4, "ab", gives: "\"abaé\""),
            Call("padStart", "long", 2, gives: "\"long\""),
            Call("padEnd", "a", 3, gives: "\"a  \""),
            Call("padEnd", "a", -1, gives: "!R1009 must be at least 0"),
            Call("padEnd", "a", 3, "", gives: "!R1009 must not be empty"),
            Call("padEnd", "a", Sample(.int(.max)), gives: "!L3005"),
            Call("slice", "audience", 0, 3, gives: "\"aud\""),
            Call("slice", "audience", -4, gives: "\"ence\""),
            Call("slice", "audience", 2, -2, gives: "\"dien\""),
            Call("slice", "audience", -100, 100, gives: "\"audience\""),
            Call("slice", "audience", 5, 2, gives: "\"\""),
            Call("slice", "aä😀b", 1, 3, gives: "\"ä😀\""),
            Call("slice", "abc", nil, 2, gives: "\"ab\""),
            Call("slice", [1, 2, 3], -2, gives: "[2, 3]"),
            Call("slice", .range(10, 20), 2, 4, gives: "[12, 13]"),
            Call("slice", [1], Sample(.int(.min)), Sample(.int(.max)), gives: "[1]"),
            Call("slice", 1, 2, gives: "!R1003"),
            Call(
                "match", "é: Q1", .regex("Q(\\d)(x)?"),
                gives: "{text: \"Q1\", start: 3, groups: [\"1\", null], named: {}}"),
            Call(
                "match", "a1", .regex("(?P<letter>[a-z])(?P<digit>\\d)"),
                gives: "{text: \"a1\", start: 0, groups: [\"a\", \"1\"], named: {letter: \"a\", digit: \"1\"}}"),
            Call("match", "abc", .regex("z"), gives: "null"),
            Call("match", "", .regex("^$"), gives: "{text: \"\", start: 0, groups: [], named: {}}"),
            Call("match", "abc", "b", gives: "!R1003 wants a regex"),
            Call(
                "matches", "a1ä2", .regex("\\d"),
                gives:
                    "[{text: \"1\", start: 1, groups: [], named: {}}, {text: \"2\", start: 3, groups: [], named: {}}]"),
            Call("matches", "abc", .regex("z"), gives: "[]"),
            Call("fold", "STRASSE", gives: "\"strasse\""),
            Call("fold", "Straße", gives: "\"strasse\""),
            Call("fold", "ＡＢＣ\u{3000}①²", gives: "\"abc 12\""),
            Call("fold", "ﬁne\u{AD}d", gives: "\"fined\""),
            Call("fold", "Cafe\u{301}", gives: "\"café\""),
            Call("fold", "ΌΣΟΣ", gives: "\"όσοσ\""),
            Call("fold", "\u{212B}", gives: "\"å\""),
            Call("fold", "\u{1112}\u{1161}\u{11AB}", gives: "\"한\""),
        ] as [Call])
    func strings(_ call: Call) {
        #expect(call.holds(), "\(call.outcome())")
    }

    @Test(
        arguments: [
            Call("abs", -3, gives: "3"),
            Call("abs", -0.5, gives: "0.5"),
            Call("abs", .days(-2), gives: "2d"),
            Call("abs", Sample(.int(.min)), gives: "!R1002"),
            Call("abs", "3", gives: "!R1003"),
            Call("round", 2.5, gives: "3"),
            Call("round", -2.5, gives: "-3"),
            Call("round", 0.49999999999999994, gives: "0"),
            Call("round", 7, gives: "7"),
            Call("round", 1e19, gives: "!R1002 does not fit an int"),
            Call("floor", -0.5, gives: "-1"),
            Call("ceil", -0.5, gives: "0"),
            Call("ceil", 9.2e18, gives: "9200000000000000000"),
            Call("min", [3, 1.5, 2], gives: "1.5"),
            Call("min", "b", "a", gives: "\"a\""),
            Call("min", [], gives: "null"),
            Call("min", 3, gives: "!R1003 wants a list, or several values"),
            Call("min", gives: "!R1009"),
            Call("min", [1, "a"], gives: "!R1003 cannot compare"),
            Call("max", [1, 2, 2.0], gives: "2"),
            Call("max", [.at("2026-01-01"), .at("2026-02-01")], gives: "@2026-02-01T00:00:00Z"),
            Call("max", [1, nil], gives: "!R1004 `max` met null at item 2"),
            Call("max", [[1]], gives: "!R1003 item 1 is [1] (list)"),
            Call("sum", [], gives: "0"),
            Call("sum", [1, 2], gives: "3"),
            Call("sum", [1, 2.5], gives: "3.5"),
            Call("sum", [.days(1), .seconds(1)], gives: "1d1s"),
            Call("sum", ["a"], gives: "!R1003"),
            Call("sum", [Sample(.int(.max)), 1], gives: "!R1002"),
            Call("avg", [], gives: "null"),
            Call("avg", [1, 2], gives: "1.5"),
            Call("avg", [.days(1), .days(2)], gives: "1d12h"),
            Call("avg", [nil], gives: "!R1004"),
            Call("int", "-42", gives: "-42"),
            Call("int", 1.9, gives: "1"),
            Call("int", -1.9, gives: "-1"),
            Call("int", " 4 ", gives: "!R1016 trim"),
            Call("int", "+4", gives: "!R1016"),
            Call("int", "4.0", gives: "!R1016 float"),
            Call("int", "", gives: "!R1016"),
            Call("int", "٤", gives: "!R1016"),
            Call("int", "9223372036854775808", gives: "!R1002"),
            Call("int", "-9223372036854775808", gives: "-9223372036854775808"),
            Call("int", true, gives: "!R1003 if x then 1 else 0"),
            Call("int", 1e300, gives: "!R1002"),
            Call("int", .days(2), gives: "!R1003 x // 1d"),
            Call("float", "2.50", gives: "2.5"),
            Call("float", "-1e3", gives: "-1000.0"),
            Call("float", 3, gives: "3.0"),
            Call("float", "1e999", gives: "!R1002"),
            Call("float", "inf", gives: "!R1016"),
            Call("float", "0x10", gives: "!R1016"),
            Call("float", ".5", gives: "!R1016"),
            Call("float", "5.", gives: "!R1016"),
            Call("float", "1 ", gives: "!R1016 trim"),
        ] as [Call])
    func numbers(_ call: Call) {
        #expect(call.holds(), "\(call.outcome())")
    }

    @Test(
        arguments: [
            Call("now", gives: "@2026-03-01T12:00:00Z"),
            Call("today", gives: "@2026-03-01T00:00:00Z"),
            Call("ago", .days(1), gives: "@2026-02-28T12:00:00Z"),
            Call("ago", .days(1_000_000), gives: "!R1002 year 1 to year 9999"),
            Call("ago", 5, gives: "!R1003 wants a duration"),
            Call("date", "2024-02-29", gives: "@2024-02-29T00:00:00Z"),
            Call("date", "2026-01-31T09:00+02:00", gives: "@2026-01-31T07:00:00Z"),
            Call("date", "2026-01-31T09:00:00.250Z", gives: "@2026-01-31T09:00:00.25Z"),
            Call("date", "2026-01-31T09:00:00.1234567Z", gives: "@2026-01-31T09:00:00.123456Z"),
            Call("date", "2026-02-29", gives: "!R1016 2026-02 has 28 days"),
            Call("date", "2026-13-01", gives: "!R1016 no month 13"),
            Call("date", "0000-01-01", gives: "!R1016"),
            Call("date", "0001-01-01T00:00+01:00", gives: "!R1016"),
            Call("date", "2026-1-1", gives: "!R1016"),
            Call("date", "2026-01-31 09:00", gives: "!R1016"),
            Call("date", "2026-01-31T24:00", gives: "!R1016"),
            Call("date", "2026-01-31T09:00:00.Z", gives: "!R1016 decimals follow the point"),
            Call("date", "2026-01-31T09:00:00.1234567891234Z", gives: "@2026-01-31T09:00:00.123456Z"),
            Call("date", "2026-01-31x", gives: "!R1016"),
            Call("date", "", gives: "!R1016"),
            Call("date", 1_700_000_000, gives: "!R1003 n * 1s"),
            Call("date", .at("2026-01-31"), gives: "@2026-01-31T00:00:00Z"),
            Call("year", .at("0001-01-01"), gives: "1"),
            Call("month", .at("2026-12-31T23:59:59.999999Z"), gives: "12"),
            Call("day", .at("1969-12-31"), gives: "31"),
            Call("hour", .at("1969-12-31T23:00Z"), gives: "23"),
            Call("minute", .at("1969-12-31T23:59Z"), gives: "59"),
            Call("second", .at("1969-12-31T23:59:58.5Z"), gives: "58"),
            Call("year", "2026", gives: "!R1003 wants a date"),
            Call("epoch", .at("1970-01-02"), gives: "86400"),
            Call("epoch", .at("1969-12-31T23:59:59.5Z"), gives: "-1"),
            Call("weekday", .at("2026-02-01"), gives: "7"),
            Call("weekday", .at("1970-01-01"), gives: "4"),
            Call("weekday", .at("0001-01-01"), gives: "1"),
            Call("weekOf", .at("2026-02-01T23:00Z"), gives: "@2026-01-26T00:00:00Z"),
            Call("weekOf", .at("2026-01-26"), gives: "@2026-01-26T00:00:00Z"),
            Call("weekOf", .at("0001-01-03"), gives: "@0001-01-01T00:00:00Z"),
            Call("format", .at("2026-01-05T09:05:07.25Z"), gives: "\"2026-01-05 09:05:07\""),
            Call(
                "format", .at("2026-01-05T09:05:07.25Z"), "d.M.yy H:m:s SSS SSSSSS",
                gives: "\"5.1.26 9:5:7 250 250000\""),
            Call("format", .at("2026-01-05"), "EEEE EEE MMMM MMM", gives: "\"Monday Mon January Jan\""),
            Call("format", .at("2026-01-05"), "yyyy'T'''HH 'o''clock' — é", gives: "\"2026T'00 o'clock — é\""),
            Call("format", .at("2026-01-05"), "YYYY", gives: "!R1009 `yyyy`"),
            Call("format", .at("2026-01-05"), "yyyyT", gives: "!R1009 `'T'`"),
            Call("format", .at("2026-01-05"), "'open", gives: "!R1009 not closed"),
            Call("format", .at("2026-01-05"), "", gives: "\"\""),
        ] as [Call])
    func dates(_ call: Call) {
        #expect(call.holds(), "\(call.outcome())")
    }

    @Test(
        arguments: [
            Call("str", "a\"b", gives: "\"a\\\"b\""),
            Call("str", nil, gives: "\"null\""),
            Call("str", .at("2026-01-31"), gives: "\"2026-01-31T00:00:00Z\""),
            Call("str", [1.0, .at("2026-01-31"), "x"], gives: "\"[1.0, @2026-01-31T00:00:00Z, \\\"x\\\"]\""),
            Call("type", nil, gives: "\"null\""),
            Call("type", .range(0, 3), gives: "\"list\""),
            Call("type", .audience(("id", "a")), gives: "\"audience\""),
            Call("type", .regex("a"), gives: "\"regex\""),
            Call("type", .function(1), gives: "\"fn\""),
            Call("json", nil, gives: "\"null\""),
            Call(
                "json", ["a": [1, 2.0, true], "b \"": "é\n\u{1B}\u{9B}"],
                gives: #""\{\"a\":[1,2.0,true],\"b \\\"\":\"é\\n\\u001b\\u009b\"\}""#),
            Call("json", [[:], []], 2, gives: #""[\n  \{\},\n  []\n]""#),
            Call("json", ["a": 1], 2, gives: #""\{\n  \"a\": 1\n\}""#),
            Call("json", [.at("2026-01-31"), .days(90)], gives: #""[\"2026-01-31T00:00:00Z\",\"90d\"]""#),
            Call("json", [.function(1)], gives: "!R1003 has no JSON"),
            Call("json", 1, 9, gives: "!R1009 at most 8"),
            Call("csv", [["a": 1, "b": "x,y"], ["b": nil, "c": true]], gives: #""a,b,c\n1,\"x,y\",\n,,true""#),
            Call("csv", [["a": "say \"hi\"\n"], ["a": ""]], gives: #""a\n\"say \"\"hi\"\"\n\"\n\"\"""#),
            Call("csv", [["a": [1, ["b": 2]]]], gives: #""a\n\"[1,\{\"\"b\"\":2\}]\"""#),
            Call("csv", [], gives: "\"\""),
            Call("csv", [1], gives: "!R1003 item 1 is 1 (int)"),
            Call(
                "parseCsv", "a,b\r\n1,\"x\ny\"\r\n\r\n2,\"\"\"q\"\"\"",
                gives: #"[{a: "1", b: "x\ny"}, {a: "2", b: "\"q\""}]"#),
            Call("parseCsv", "\u{FEFF}id\n7", gives: "[{id: \"7\"}]"),
            Call("parseCsv", "", gives: "[]"),
            Call("parseCsv", "a,b", gives: "[]"),
            Call("parseCsv", "a,b\n1,\n,2\r", gives: #"[{a: "1", b: ""}, {a: "", b: "2"}]"#),
            Call("parseCsv", "a,b\n1", gives: "!R1016 the row has 1 field, the header 2 (line 2)"),
            Call("parseCsv", "a,a", gives: "!R1016 two columns"),
            Call("parseCsv", "a\n\"x", gives: "!R1016 does not end (line 2)"),
            Call("parseCsv", "a\nx\"y", gives: "!R1016 without quotes (line 2)"),
            Call("parseCsv", "a\n\"x\"y", gives: "!R1016 text follows a quoted field (line 2)"),
            Call("hash", ["a": 1, "b": 2], gives: "\"a0ebc03bdc71de7b\""),
        ] as [Call])
    func data(_ call: Call) {
        #expect(call.holds(), "\(call.outcome())")
    }

    @Test(
        arguments: [
            Call(
                "parseJson", " {\"a\": [1, -0, 2.5, 1e2, true, null, \"\"]} ",
                gives: "{a: [1, 0, 2.5, 100.0, true, null, \"\"]}"),
            Call("parseJson", "[]", gives: "[]"),
            Call("parseJson", "{}", gives: "{}"),
            Call("parseJson", "[[],{}]", gives: "[[], {}]"),
            Call("parseJson", "{\"a\":1,\"b\":2,\"a\":3}", gives: "{a: 3, b: 2}"),
            Call("parseJson", #""\u00e9\ud83d\ude00\n\/""#, gives: #""é😀\n/""#),
            Call("parseJson", "9223372036854775807", gives: "9223372036854775807"),
            Call("parseJson", "9223372036854775808", gives: "!R1016 does not fit an int"),
            Call("parseJson", "1e400", gives: "!R1016 too large"),
            Call("parseJson", #""\ud83d""#, gives: "!R1016 surrogate"),
            Call("parseJson", #""\ude00""#, gives: "!R1016 surrogate"),
            Call("parseJson", #""\ud83dx""#, gives: "!R1016 surrogate"),
            Call("parseJson", #""\ud83d\u0041""#, gives: "!R1016 surrogate"),
            Call("parseJson", #""\u12g4""#, gives: "!R1016 hexadecimal"),
            Call("parseJson", #""\x""#, gives: "!R1016 no such escape"),
            Call("parseJson", "\"a\tb\"", gives: "!R1016 control character"),
            Call("parseJson", "[1,\n  é]", gives: "!R1016 (line 2, column 3)"),
            Call("parseJson", "[1,]", gives: "!R1016 a value should be here (line 1, column 4)"),
            Call("parseJson", "{\"a\":1,}", gives: "!R1016 a key"),
            Call("parseJson", "{a:1}", gives: "!R1016 a key in double quotes"),
            Call("parseJson", "{\"a\" 1}", gives: "!R1016 `:` should follow"),
            Call("parseJson", "[1 2]", gives: "!R1016 `,` or `]`"),
            Call("parseJson", "{\"a\":1]", gives: "!R1016 `,` or `}`"),
            Call("parseJson", "1 2", gives: "!R1016 more text"),
            Call("parseJson", "", gives: "!R1016 the text ends"),
            Call("parseJson", "[", gives: "!R1016 the text ends"),
            Call("parseJson", "\"abc", gives: "!R1016 does not end (line 1, column 1)"),
            Call("parseJson", "01", gives: "!R1016 does not start with 0"),
            Call("parseJson", "1.", gives: "!R1016"),
            Call("parseJson", "-", gives: "!R1016"),
            Call("parseJson", "1e", gives: "!R1016"),
            Call("parseJson", "NaN", gives: "!R1016"),
            Call("parseJson", "truex", gives: "!R1016"),
        ] as [Call])
    func parseJson(_ call: Call) {
        #expect(call.holds(), "\(call.outcome())")
    }

    @Test func expectFailsWithItsMessage() throws {
        #expect(Call("expect", true, "m", gives: "null").holds())
        #expect(Call("expect", false, "seven", gives: "!R1014 seven").holds())
        #expect(Call("expect", nil, "seven", gives: "!R1004").holds())
        #expect(Call("expect", 1, "seven", gives: "!R1003 wants a bool").holds())
    }

    /// Nesting is refused where it is read, without recursion: a million brackets cost no stack.
    @Test func deepJson() throws {
        func nested(_ depth: Int) -> Call {
            let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            return Call("parseJson", Sample(stringLiteral: text), gives: "!L3003")
        }
        #expect(!nested(500).outcome().hasPrefix("!"))
        #expect(nested(501).holds())
        #expect(nested(1_000_000).holds())
    }

    @Test func resultsKeepTheLimits() {
        var limits = Limits()
        limits.listLength = 3
        limits.stringBytes = 8
        let calls = [
            Call("range", 4, gives: "!L3004"), Call("range", 0, 8, 2, gives: "!L3004"),
            Call("concat", [1, 2], [3, 4], gives: "!L3004"), Call("split", "a,b,c,d", ",", gives: "!L3004"),
            Call("matches", "aaaa", .regex("a"), gives: "!L3004"),
            Call("parseJson", "[1,2,3,4]", gives: "!L3004"), Call("parseCsv", "a\n1\n2\n3\n4", gives: "!L3004"),
            Call("join", ["aaaa", "bbbb"], ",", gives: "!L3005"), Call("padEnd", "a", 9, gives: "!L3005"),
            Call("replace", "aaaa", "a", "bbb", gives: "!L3005"),
            Call("replace", "aaaa", .regex("a"), "bbb", gives: "!L3005"),
            Call("upper", "ßßßßﬃ", gives: "!L3005"), Call("str", [1, 2, 3], gives: "!L3005"),
            Call("json", ["a": 123], gives: "!L3005"), Call("csv", [["a": "1234567"]], gives: "!L3005"),
            Call("format", .at("2026-01-01"), gives: "!L3005"),
        ]
        for call in calls { #expect(call.holds(limits), "\(call): \(call.outcome(limits))") }
    }
}
