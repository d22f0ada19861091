import AudLanguage
import Testing

/// What holds for every row of the table.
@Suite struct LibraryTableTests {
    /// The names of the language's design, family by family.
    static let names = """
        list get enable disable remove wait space spaces
        len contains indexOf any all find zip enumerate range chunk join concat keys values entries fromEntries without
        has lower upper trim split replace startsWith endsWith padStart padEnd slice match matches fold
        abs round floor ceil min max sum avg int float
        now today ago date year month day hour minute second epoch weekday weekOf format
        str type json parseJson csv parseCsv hash
        print show chart confirm env expect
        """

    @Test func everyNameOfTheDesignIsThere() {
        let expected = Self.names.split(whereSeparator: \.isWhitespace).map(String.init)
        #expect(Set(Library.standard.rows.filter { !$0.isHidden }.map(\.name)) == Set(expected))
        for (place, row) in Library.standard.rows.enumerated() {
            #expect(Library.standard.index(of: row.name) == place)
        }
        #expect(Library.standard.index(of: "system") == nil)
    }

    @Test(arguments: Library.standard.rows.map(\.name))
    func aRowIsComplete(_ name: String) throws {
        let row = try #require(Library.standard.index(of: name).map { Library.standard[$0] })
        #expect(row.summary.hasSuffix(".") && !row.result.isEmpty && row.example.source.contains(name))
        let optional = row.parameters.drop { $0.fallback == nil }
        #expect(row.isVariadic || optional.allSatisfy { $0.fallback != nil }, "optional parameters come last")
        #expect(Set(row.parameters.map(\.name)).count == row.parameters.count)
        if case .prelude = row.body {
            let head = row.parameters.map { parameter in
                // An annotation names one type.
                let type = parameter.type.contains("|") ? "" : ": \(parameter.type)"
                return parameter.name + type + (parameter.fallback.map { " = \(Printer.summary($0))" } ?? "")
            }
            #expect(Prelude.source.contains("fn \(name)(\(head.joined(separator: ", ")))"))
        }
    }

    /// Whatever the arguments are, a native gives a value or an error that teaches; it never traps.
    @Test(arguments: Library.standard.rows.map(\.name))
    func anyArgumentsAreAnsweredOrRefused(_ name: String) throws {
        let row = try #require(Library.standard.index(of: name).map { Library.standard[$0] })
        let values: [Sample] = [
            nil, true, 0, -1, Sample(.int(.min)), Sample(.int(.max)), 0.5, -1e308, "", "a", "é😀", [], [1, "a", nil],
            [[:]], [[1]], [:], ["a": 1], .range(-2, 3), .days(1), Sample(.duration(.min)), .at("0001-01-01"),
            .at("9999-12-31T23:59:59.999999Z"), .regex("a|()"), .function(3), .audience(("id", nil)),
        ]
        var limits = Limits()
        limits.stringBytes = 10_000
        limits.listLength = 10_000
        func check(_ arguments: [Value]) {
            do {
                switch row.body {
                case .native(let body):
                    let value = try body(NativeContext(now: Call.now, limits: limits), arguments)
                    #expect(value.depth <= Value.maximumDepth)
                case .request(let make): _ = try make(NativeContext(now: Call.now, limits: limits), arguments)
                case .prelude, .action, .host: break
                }
            } catch {
                #expect(!error.message.isEmpty && !error.message.hasSuffix("."))
            }
        }
        let places = row.parameters.indices
        let choices: [[Value]] = places.map { place in
            row.isVariadic && place == places.last
                ? values.map { .list(ListValue([$0.value])) } + [.list(ListValue([]))] : values.map(\.value)
        }
        switch choices.count {
        case 0: check([])
        case 1: for first in choices[0] { check([first]) }
        case 2: for first in choices[0] { for second in choices[1] { check([first, second]) } }
        default:
            for first in choices[0] {
                for second in choices[1] {
                    for third in choices[2] {
                        check([first, second, third] + row.parameters.dropFirst(3).map { $0.fallback ?? .null })
                    }
                }
            }
        }
    }

    @Test func requestsCarryTheirArguments() throws {
        let space = Sample(.record(RecordValue([("id", .string("9aQ1")), ("name", .string("Prod"))], kind: .space)))
        guard case .page(space: "9aQ1", cursor: nil) = try Call.request("list", space) else {
            return #expect(Bool(false), "list(space)")
        }
        guard case .page(space: nil, cursor: nil) = try Call.request("list") else {
            return #expect(Bool(false), "list()")
        }
        guard case .get(id: "aud_1", space: "s2") = try Call.request("get", "aud_1", "s2") else {
            return #expect(Bool(false), "get(id, space)")
        }
        let audience = Sample.audience(("id", "aud_1"), ("spaceId", "s1"))
        guard case .get(id: "aud_1", space: "s1") = try Call.request("get", audience) else {
            return #expect(Bool(false), "get(audience)")
        }
        guard case .print("a 1 [\"b\"]") = try Call.request("print", "a", 1, ["b"]) else {
            return #expect(Bool(false), "print")
        }
        guard case .sleep(30_000_000) = try Call.request("_sleep", .seconds(30)) else {
            return #expect(Bool(false), "_sleep")
        }
        #expect(throws: RuntimeError.self) { try Call.request("_sleep", .seconds(0)) }
        #expect(throws: RuntimeError.self) { try Call.request("get", "") }
        #expect(throws: RuntimeError.self) { try Call.request("list", ["id": "plain record"]) }
    }
}
