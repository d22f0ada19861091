import Testing

@testable import AudLanguage

@Suite("The data of charts")
struct ChartDataTests {
    private static let now: Int64 = 1_795_448_400_000_000

    /// What the host is asked to show.
    private func rows(_ source: String) async throws -> String {
        let world = Listener()
        let interpreter = Interpreter(now: Self.now)
        _ = try await interpreter.run(SourceFile(name: "-e", text: source), in: world)
        return await world.shown
    }

    private actor Listener: World {
        var shown = ""

        func answer(_ request: Request) async -> Answer {
            guard case .show(let value, let form, statement: false) = request, form == "chart" else {
                return refuse(request)
            }
            shown = (try? value.json(indent: 0, limits: Limits())) ?? "no JSON"
            return .value(.null)
        }
    }

    private static let labelled: [(String, String)] = [
        (
            #"["a", "b", "a", null] | group by it | chart"#,
            #"[{"key":"a","count":2},{"key":"b","count":1},{"key":null,"count":1}]"#
        ),
        (#"[{name: "x", size: 3, age: 1}] | chart"#, #"[{"name":"x","size":3}]"#),
        (#"[{name: "x", idle: 90min}] | chart"#, #"[{"name":"x","idle":"1h30min"}]"#),
        (#"chart({a: 1, b: 2.5})"#, #"[{"key":"a","value":1},{"key":"b","value":2.5}]"#),
        (#"["a", null, "a"] | chart"#, #"[{"value":"a","count":2},{"value":null,"count":1}]"#),
        (#"[200, 404, 200] | chart"#, #"[{"value":200,"count":2},{"value":404,"count":1}]"#),
        (#"[true, 1.5, 1h] | chart"#, #"[{"value":true,"count":1},{"value":1.5,"count":1},{"value":"1h","count":1}]"#),
        ("[] | chart", "[]"), ("[null] | chart", #"[{"value":null,"count":1}]"#),
    ]

    @Test(
        "a label and a number are found in records, and other values are counted",
        arguments: labelled)
    func labels(source: String, expected: String) async throws {
        #expect(try await rows(source) == expected)
    }

    private static let dated: [(String, String)] = [
        (
            #"[@2026-01-05, null, @2026-01-20, @2026-01-06] | chart(by: "week")"#,
            """
            [{"week":"2026-01-05T00:00:00Z","count":2},{"week":"2026-01-12T00:00:00Z","count":0},\
            {"week":"2026-01-19T00:00:00Z","count":1},{"week":null,"count":1}]
            """
        ),
        (
            #"[@2025-12-31T23:59Z, @2026-02-01] | chart("month")"#,
            """
            [{"month":"2025-12-01T00:00:00Z","count":1},{"month":"2026-01-01T00:00:00Z","count":0},\
            {"month":"2026-02-01T00:00:00Z","count":1}]
            """
        ),
        ("[@2026-01-01T10:30Z, @2026-01-01T10:59Z] | chart", #"[{"hour":"2026-01-01T10:00:00Z","count":2}]"#),
        ("[@2026-01-01] | chart(\"year\")", #"[{"year":"2026-01-01T00:00:00Z","count":1}]"#),
        ("[@0001-01-01] | chart(\"week\")", #"[{"week":"0001-01-01T00:00:00Z","count":1}]"#),
        ("[@9999-12-31T23:59:59Z] | chart(\"day\")", #"[{"day":"9999-12-31T00:00:00Z","count":1}]"#),
    ]

    @Test(
        "dates are counted by a unit, gaps and nulls have rows",
        arguments: dated)
    func dates(source: String, expected: String) async throws {
        #expect(try await rows(source) == expected)
    }

    @Test("without a unit there are as many bars as a screen can hold", arguments: [0, 1, 5, 40, 300, 2_000, 9_000])
    func fitting(days: Int) async throws {
        let json = try await rows("[@2026-01-01 - \(days)d, @2026-01-01] | chart")
        #expect((1...60).contains(json.count { $0 == "{" }))
    }

    private static let refused: [(String, String)] = [
        ("chart(1)", "takes a list or a record"), ("[{a: 1}] | chart", "no label and number"),
        (#"[{a: "x"}] | chart"#, "no label and number"), ("[[1]] | chart", "no label and number"),
        (#"chart({a: "x"})"#, "must be a record of numbers"),
        (#"[{k: "x", n: 1}, {k: "y"}] | chart"#, "item 2 has not"),
        (#"["a"] | chart(by: "week")"#, "is for dates"), (#"[@2026-01-01] | chart("fortnight")"#, "must be one of"),
        (#"[@0001-01-01, @2026-01-01] | chart("hour")"#, "more than 2000 bars"),
    ]

    @Test(
        "what cannot be charted is refused with what to write",
        arguments: refused)
    func refusals(source: String, message: String) async {
        let error = await #expect(throws: ScriptError.self) { try await rows(source) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(message))
    }

    @Test("a stage must not draw")
    func quiet() async {
        await #expect(throws: ScriptError.self) { try await rows("[1] | map chart([it])") }
    }
}
