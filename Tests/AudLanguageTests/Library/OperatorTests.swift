import AudLanguage
import Testing

/// One row: two operands, and the value as the language writes it or `!CODE part of the message`.
struct Operation: Sendable, CustomStringConvertible {
    let left: Sample
    let op: String
    let right: Sample
    let expected: String

    init(_ left: Sample, _ op: String, _ right: Sample, _ expected: String) {
        self.left = left
        self.op = op
        self.right = right
        self.expected = expected
    }

    var description: String { "\(Printer.summary(left.value)) \(op) \(Printer.summary(right.value))" }

    var outcome: String {
        do {
            switch op {
            case "[]": return try Printer.literal(Operators.index(left.value, right.value))
            case "..": return try Printer.literal(Operators.range(left.value, right.value, closed: true, Limits()))
            case "..<": return try Printer.literal(Operators.range(left.value, right.value, closed: false, Limits()))
            default:
                guard let binary = BinaryOperator(rawValue: op) else { return "no operator \(op)" }
                return try Printer.literal(Operators.binary(binary, left.value, right.value, Limits()))
            }
        } catch {
            return "!\(error.code.rawValue) \(error.message) \(error.help ?? "")"
        }
    }

    var holds: Bool {
        guard expected.hasPrefix("!") else { return outcome == expected }
        let parts = expected.split(separator: " ", maxSplits: 1)
        return outcome.hasPrefix(parts[0] + " ") && (parts.count < 2 || outcome.contains(parts[1]))
    }
}

@Suite struct OperatorTests {
    @Test(
        arguments: [
            Operation(1, "+", 2, "3"),
            Operation(Sample(.int(.max)), "+", 1, "!R1002 does not fit an int"),
            Operation(1, "+", 0.5, "1.5"),
            Operation(1e308, "+", 1e308, "!R1002 is not a finite number"),
            Operation("a", "+", "b", "\"ab\""),
            Operation("a", "+", 1, "!R1003 str(x)"),
            Operation([1], "+", [2], "[1, 2]"),
            Operation([1], "+", 2, "!R1003 [...xs, x]"),
            Operation(["a": 1], "+", ["b": 2], "!R1003 {...a, ...b}"),
            Operation(.at("2026-01-31"), "+", .days(1), "@2026-02-01T00:00:00Z"),
            Operation(.days(1), "+", .at("2026-01-31"), "@2026-02-01T00:00:00Z"),
            Operation(.at("9999-12-31"), "+", .days(1), "!R1002 is no date"),
            Operation(.at("2026-01-31"), "+", 1, "!R1003 a number has no unit"),
            Operation(nil, "+", 1, "!R1004 `(x ?? 0) + 1`"),
            Operation("a", "+", nil, "!R1004 `\"\" + (y ?? \"\")`"),
            Operation(Sample(.int(.min)), "-", 1, "!R1002"),
            Operation(.at("2026-02-01"), "-", .at("2026-01-31"), "1d"),
            Operation(.at("0001-01-01"), "-", Sample(.duration(1)), "!R1002"),
            Operation(.at("2026-01-31"), "-", Sample(.duration(.min)), "!R1002"),
            Operation(.days(1), "-", .days(3), "-2d"),
            Operation("a", "-", "a", "!R1003"),
            Operation(3_037_000_500, "*", 3_037_000_500, "!R1002"),
            Operation(.days(1), "*", 90, "90d"),
            Operation(90, "*", .days(1), "90d"),
            Operation(.days(1), "*", 1.5, "1d12h"),
            Operation(.days(1), "*", 1e300, "!R1002 does not fit a duration"),
            Operation("ab", "*", 3, "!R1003 join"),
            Operation(1, "/", 2, "0.5"),
            Operation(1, "/", 0, "!R1001 cannot divide 1 by zero"),
            Operation(1.0, "/", 0.0, "!R1001"),
            Operation(1e308, "/", 1e-10, "!R1002"),
            Operation(.days(1), "/", .days(2), "0.5"),
            Operation(.days(1), "/", .days(0), "!R1001"),
            Operation(.microseconds(5), "/", 2, "3us"),
            Operation(.microseconds(-5), "/", 2, "-3us"),
            Operation(.microseconds(5), "/", -3, "-2us"),
            Operation(.microseconds(4), "/", 3, "1us"),
            Operation(Sample(.duration(.min)), "/", -1, "!R1002"),
            Operation(1, "/", .days(1), "!R1003"),
            Operation(7, "//", 2, "3"),
            Operation(-7, "//", 2, "-4"),
            Operation(7, "//", -2, "-4"),
            Operation(Sample(.int(.min)), "//", -1, "!R1002"),
            Operation(-7.5, "//", 2, "-4.0"),
            Operation(1.0, "//", 0.1, "9.0"),
            Operation(1, "//", 0, "!R1001"),
            Operation(.days(5), "//", .days(2), "2"),
            Operation(7, "%", 3, "1"),
            Operation(-7, "%", 3, "2"),
            Operation(7, "%", -3, "-2"),
            Operation(Sample(.int(.min)), "%", -1, "0"),
            Operation(-7.5, "%", 2, "0.5"),
            Operation(5.5, "%", -2, "-0.5"),
            Operation(5, "%", 0, "!R1001"),
            Operation(5, "%", 0.0, "!R1001"),
        ] as [Operation])
    func arithmetic(_ operation: Operation) {
        #expect(operation.holds, "\(operation.outcome)")
    }

    @Test(
        arguments: [
            Operation(1, "==", 1.0, "true"),
            Operation(9_007_199_254_740_993, "==", 9_007_199_254_740_992.0, "false"),
            Operation(9_007_199_254_740_993, ">", 9_007_199_254_740_992.0, "true"),
            Operation(Sample(.int(.max)), "<", 9.223372036854775807e18, "true"),
            Operation(Sample(.int(.min)), "==", -9.223372036854775808e18, "true"),
            Operation(-1, "<", -0.5, "true"),
            Operation(0, "==", -0.0, "true"),
            Operation(1, "==", "1", "false"),
            Operation(1, "==", true, "false"),
            Operation(nil, "==", nil, "true"),
            Operation(nil, "==", 0, "false"),
            Operation([1, 2], "==", [1.0, 2], "true"),
            Operation([1, 2], "==", .range(1, 3), "true"),
            Operation(.range(5, 5), "==", [], "true"),
            Operation(["a": 1, "b": 2], "==", ["b": 2, "a": 1], "true"),
            Operation(["a": 1], "==", ["a": 1, "b": nil], "false"),
            Operation(["a": 1], "==", .audience(("a", 1)), "false"),
            Operation("é", "==", "e\u{301}", "false"),
            Operation("é", "!=", "e\u{301}", "true"),
            Operation(.regex("a", "i"), "==", .regex("a", "i"), "true"),
            Operation(.regex("a", "i"), "==", .regex("a"), "false"),
            Operation(.function(1, 2), "==", .function(1, 2.0), "true"),
            Operation(.function(1, 2), "==", .function(1, 3), "false"),
            Operation(.function(1), "==", .function(2), "false"),
            Operation("Z", "<", "a", "true"),
            Operation("\u{FFFD}", "<", "😀", "true"),
            Operation("a", "<", "ab", "true"),
            Operation("", ">=", "", "true"),
            Operation(false, "<", true, "true"),
            Operation(.at("2026-01-01"), "<=", .at("2026-01-01"), "true"),
            Operation(nil, "<", 100, "!R1004 cannot compare null with 100 using `<`"),
            Operation(nil, "<", 100, "!R1004 `(x ?? 0) < 100`"),
            Operation(100, ">", nil, "!R1004"),
            Operation("a", "<", 1, "!R1003 int(x)"),
            Operation([1], "<", [2], "!R1003"),
            Operation(.at("2026-01-01"), ">", "2026-01-01", "!R1003 date(x)"),
            Operation(.days(1), ">", 5, "!R1003 no unit"),
        ] as [Operation])
    func comparison(_ operation: Operation) {
        #expect(operation.holds, "\(operation.outcome)")
    }

    @Test(
        arguments: [
            Operation([10, 20], "[]", 0, "10"),
            Operation([10, 20], "[]", -1, "20"),
            Operation([10, 20], "[]", 2, "!R1006 it has 2 items"),
            Operation([], "[]", 0, "!R1006 it is empty"),
            Operation([1], "[]", Sample(.int(.min)), "!R1006"),
            Operation("aä😀", "[]", -1, "\"😀\""),
            Operation("a", "[]", 1, "!R1006 1 character"),
            Operation(["a": 1], "[]", "a", "1"),
            Operation(["a": 1], "[]", "b", "null"),
            Operation(["a": 1], "[]", 0, "!R1003 the key of a record is a string"),
            Operation([1], "[]", "a", "!R1003 the index of a list is an int"),
            Operation(nil, "[]", "a", "!R1004 cannot look up \"a\" in null"),
            Operation([1], "[]", nil, "!R1004"),
            Operation(5, "[]", 0, "!R1003 has no items"),
            Operation(2, "in", [1, 2.0], "true"),
            Operation(5, "not in", .range(1, 5), "true"),
            Operation(4.0, "in", .range(1, 5), "true"),
            Operation("4", "in", .range(1, 5), "false"),
            Operation("b", "in", "abc", "true"),
            Operation("a", "in", ["a": nil], "true"),
            Operation(1, "in", "abc", "!R1003"),
            Operation(1, "in", ["a": 1], "!R1003 values(r)"),
            Operation(nil, "in", [1], "!R1004"),
            Operation(1, "in", nil, "!R1004"),
            Operation(1, "in", 5, "!R1003"),
            Operation("Spring Test", "~", .regex("test", "i"), "true"),
            Operation("Spring", "!~", .regex("test"), "true"),
            Operation("a.b", "~", ".", "true"),
            Operation("ab", "~", ".", "false"),
            Operation("ab", "~", "", "!R1009"),
            Operation(5, "~", .regex("a"), "!R1003 searches a string"),
            Operation("a", "~", 5, "!R1003 wants a regex"),
            Operation(nil, "~", .regex("a"), "!R1004 (x ?? \"\") ~ /a/"),
            Operation(1, "..", 3, "[1, 2, 3]"),
            Operation(1, "..<", 3, "[1, 2]"),
            Operation(5, "..", 1, "[]"),
            Operation(Sample(.int(.max)), "..", Sample(.int(.max)), "[9223372036854775807]"),
            Operation(Sample(.int(.min)), "..", Sample(.int(.max)), "!L3004"),
            Operation(1, "..", 2.0, "!R1003 an int"),
            Operation(nil, "..", 2, "!R1004"),
        ] as [Operation])
    func access(_ operation: Operation) {
        #expect(operation.holds, "\(operation.outcome)")
    }

    @Test func negation() throws {
        #expect(try Printer.literal(Operators.negate(.duration(5_000_000))) == "-5s")
        #expect(throws: RuntimeError.self) { try Operators.negate(.int(.min)) }
        #expect(throws: RuntimeError.self) { try Operators.negate(.string("a")) }
        #expect(throws: RuntimeError.self) { try Operators.negate(.null) }
    }

    @Test func concatenationKeepsTheLimits() {
        var limits = Limits()
        limits.listLength = 3
        limits.stringBytes = 3
        let two: Sample = [1, 2]
        #expect { try Operators.binary(.add, two.value, two.value, limits) } throws: {
            ($0 as? RuntimeError)?.code == .listLimit
        }
        #expect { try Operators.binary(.add, .string("ab"), .string("é"), limits) } throws: {
            ($0 as? RuntimeError)?.code == .stringLimit
        }
    }

    @Test func nestingIsLimitedWhereItIsBuilt() throws {
        var value = Value.int(1)
        for _ in 0..<Value.maximumDepth { value = .list(try ListValue.checked([value], Meter())) }
        #expect(value.depth == 500)
        #expect(Operators.equal(value, value))
        #expect { try ListValue.checked([value], Meter()) } throws: { ($0 as? RuntimeError)?.code == .valueDepthLimit }
        #expect { try RecordValue.checked(Shape(["a"]), [value], Limits()) } throws: {
            ($0 as? RuntimeError)?.code == .valueDepthLimit
        }
    }

    /// The second search of a long list builds a set; the answers stay the same.
    @Test func searchingALongListTwice() throws {
        let list = ListValue((0..<1000).map { .string("k\($0)") })
        for _ in 0..<3 {
            #expect(try list.contains(.string("k999"), Meter()))
            #expect(try !list.contains(.string("k1000"), Meter()))
        }
    }
}
