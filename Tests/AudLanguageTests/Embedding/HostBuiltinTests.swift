import AudLanguage
import Testing

/// Built-ins that a host adds are checked, called and refused as those of the language are.
@Suite struct HostBuiltinTests {
    static let weather = Builtin(
        "weather", "The weather of a city.",
        parameters: [
            .init("city", "string"), .init("days", "int", default: 1), .init("tags", "list<string>?", default: .null),
        ],
        result: "list<string>", effect: .reads
    ) { arguments in
        let city = try arguments.string(0)
        switch city {
        case "Atlantis": throw RuntimeError(.badArgument, .notFound, "there is no Atlantis", item: "Atlantis")
        case "Hell": throw Weather.tooHot
        case "Limbo": throw CancellationError()
        case "Babel": return [1]
        default: return Value(Array(repeating: .string(city), count: Int(try arguments.int(1))))
        }
    }

    enum Weather: Error { case tooHot }

    /// Notes what it was called with.
    static let note = Builtin("note", "Writes something down.", parameters: [.init("x", "any?")], effect: .prints) {
        _ in .null
    }
    static let move = Builtin("move", "Moves something.", parameters: [.init("x", "any?")], effect: .updates) { _ in
        .null
    }

    static func run(_ text: String) async throws(ScriptError) -> Value {
        let interpreter = Interpreter(now: 0, builtins: [weather, note, move])
        return try await interpreter.run(SourceFile(name: "t", text: text), in: EmptyWorld())
    }

    @Test(
        arguments: [
            ("weather(\"Oslo\")", ["Oslo"]), ("weather(\"Oslo\", 2)", ["Oslo", "Oslo"]),
            ("weather(days: 0, city: \"Oslo\")", []), ("\"Oslo\" | weather(2)", ["Oslo", "Oslo"]),
            ("let f = weather\nf(\"Rome\")", ["Rome"]), ("[\"a\", \"b\"] | map weather(it)[0]", ["a", "b"]),
            ("[\"a\", \"b\"] | where len(weather(it)) == 1 | map (it)", ["a", "b"]),
            ("fn f(x) = weather(x)\nf(\"a\")", ["a"]), ("weather(\"a\", tags: [\"x\"])", ["a"]),
            ("[note(1), move(2)]", [.null, .null]),
        ] as [(String, Value)])
    func calls(_ text: String, _ expected: Value) async throws {
        #expect(try await Self.run(text) == expected)
    }

    @Test(
        arguments: [
            ("weather(1)", Code.wrongArgument, "`city` takes a string, not an int"),
            ("weather()", .wrongArguments, "`weather`"),
            ("weather(\"a\", day: 1)", .unknownNamedArgument, "day"),
            ("wether(\"a\")", .unknownName, "wether"),
            ("let x = weather(\"a\") + 1", .wrongOperand, "a list and an int"),
            ("[1] | map note(it)", .impureCode, "print"),
            ("if move(1) == null { }", .impureCode, "the condition of `if` must not move"),
            ("weather(parseJson(\"1\"))", .wrongType, "`weather` wants a string as `city`, not 1 (int)"),
            ("weather(parseJson(\"null\"))", .nullOperand, "got null"),
            ("weather(\"a\", tags: parseJson(\"[1]\"))", .badArgument, "must be list<string>?"),
            ("fn call(f, x) = f(x)\n[1] | map call(move, it)", .impure, "`map` must not move"),
            ("weather(\"Babel\")", .badArgument, "the host's `weather` gave [1] (list) and promises list<string>"),
            ("weather(\"Atlantis\")", .badArgument, "there is no Atlantis"),
            ("weather(\"Hell\")", .failed, "`weather` failed: tooHot"),
            ("try weather(\"Limbo\") else 1", .cancelled, "interrupted"),
        ])
    func failures(_ text: String, _ code: Code, _ message: String) async {
        await #expect { try await Self.run(text) } throws: { error in
            let found = (error as? ScriptError)?.diagnostics.first
            return found?.code == code && found?.message.contains(message) == true
        }
    }

    @Test func aScriptCatchesWhatAHostThrows() async throws {
        let caught = try await Self.run(
            """
            var kinds = []
            for city in ["Atlantis", "Hell"] {
              try { weather(city) } catch e { kinds = [...kinds, {kind: e.kind, item: e.item}] }
            }
            kinds
            """)
        #expect(caught == [["kind": "notFound", "item": "Atlantis"], ["kind": "fail", "item": "Hell"]])
    }

    /// As with `get`, a read that failed and was caught makes what the script knows incomplete, unless there was nothing.
    @Test(arguments: [("Hell", true), ("Atlantis", false)])
    func aFailedReadIsNoted(_ city: String, _ isIncomplete: Bool) async throws {
        let interpreter = Interpreter(now: 0, builtins: [Self.weather])
        let file = SourceFile(name: "t", text: "try weather(\"\(city)\") else 0")
        _ = try await interpreter.run(file, in: EmptyWorld())
        #expect(interpreter.caughtFailedRead == isIncomplete)
    }

    @Test(arguments: [
        ("1 + 1", Builtin.Effect.pure), ("weather(\"a\")", .reads), ("note(1)", .prints), ("move(1)", .updates),
    ])
    func theEffectIsKnownBefore(_ text: String, _ effect: Builtin.Effect) throws {
        let interpreter = Interpreter(now: 0, builtins: [Self.weather, Self.note, Self.move])
        let chunk = try #require(interpreter.check(SourceFile(name: "t", text: text)).chunk)
        #expect(chunk.effect == effect && chunk.canChange == (effect >= .updates))
    }

    @Test func theRowsAreListed() {
        let rows = Interpreter(now: 0, builtins: [Self.weather]).builtins
        #expect(rows.count == Interpreter(now: 0).builtins.count + 1)
        let signature = "weather(city: string, days: int = 1, tags: list<string>? = null) → list<string>"
        #expect(rows.last?.signature == signature)
        #expect(rows.last?.summary == "The weather of a city.")
    }

    @Test(arguments: [
        Builtin("print", "", result: "null") { _ in .null }, Builtin("where", "", result: "null") { _ in .null },
        Builtin("_x", "", result: "null") { _ in .null }, Builtin("a b", "", result: "null") { _ in .null },
        Builtin("x", "", result: "strnig") { _ in .null },
        Builtin("x", "", parameters: [.init("a", "int", default: 1), .init("b", "int")]) { _ in .null },
    ])
    func aWrongRowStopsTheProgram(_ row: Builtin) async {
        #expect(Library.mistake(in: [row]) != nil)
    }
}
