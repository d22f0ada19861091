import AudLanguage
import Testing

/// The checker against the machine: what it refuses fails when it is run, and what it is sure of it says.
@Suite struct CheckerPropertyTests {
    /// One literal of each kind, and what the machine makes of it.
    static let samples: [(text: String, value: Value)] = [
        ("true", .bool(true)), ("7", .int(7)), ("2.5", .float(2.5)), ("\"ab\"", .string("ab")),
        ("@2026-01-31", .date(1_769_817_600_000_000)), ("1h", .duration(3_600_000_000)),
        ("(/a/)", Sample.regex("a", "").value), ("[1]", .list(ListValue([.int(1)]))),
        ("({a: 1})", .record(RecordValue([("a", .int(1))]))), ("null", .null),
    ]

    /// The codes of the errors of a text.
    private func errors(_ text: String, _ interpreter: Interpreter) -> [Code] {
        guard case .failed(let errors) = interpreter.load(SourceFile(name: "t", text: text), mode: .file) else {
            return []
        }
        return errors.map(\.code)
    }

    /// An operator is refused exactly where the machine refuses every two values of these kinds.
    @Test(arguments: BinaryOperator.allCases)
    func operatorsAreRefusedWhereTheMachineRefusesThem(_ op: BinaryOperator) {
        let interpreter = Interpreter(now: 0)
        for left in Self.samples {
            for right in Self.samples {
                let text = "\(left.text) \(op.rawValue) \(right.text)"
                let found = errors(text, interpreter)
                var failure: Code?
                var result: Value?
                do {
                    result = try Operators.binary(op, left.value, right.value, Limits())
                } catch { failure = error.code }
                switch op {
                case .equal, .notEqual:
                    // Outermost kinds that differ; null may be asked for anywhere.
                    let areNumbers =
                        ["int", "float"].contains(left.value.typeName)
                        && ["int", "float"].contains(right.value.typeName)
                    let mayBe =
                        left.value.typeName == right.value.typeName || areNumbers
                        || [left.text, right.text].contains("null")
                    #expect(found == (mayBe ? [] : [.neverEqual]), "\(text)")
                case .isIn, .notIn:
                    // What is looked for where is left to the run, but null is no operand of anything.
                    #expect(found.first == (failure == .nullOperand ? .nullUse : nil), "\(text)")
                default:
                    switch failure {
                    case .wrongType: #expect(found == [.wrongOperand], "\(text)")
                    case .nullOperand: #expect(found.first == .nullUse, "\(text)")
                    default: #expect(found == [], "\(text) \(String(describing: result))")
                    }
                }
            }
        }
    }

    /// Whatever argument the checker refuses, the function refuses as well; the other arguments are right.
    @Test(arguments: Library.standard.rows.filter { !$0.isHidden }.map(\.name))
    func refusedArgumentsFailWhenTheyArrive(_ name: String) throws {
        let row = try #require(Library.standard.index(of: name).map { Library.standard[$0] })
        let interpreter = Interpreter(now: 0)
        for (place, parameter) in row.parameters.enumerated() {
            for sample in Self.samples {
                let arguments = row.parameters.enumerated().map { other, parameter in
                    other == place ? sample.text : Self.fitting(parameter.type)
                }
                let found = errors("\(name)(\(arguments.joined(separator: ", ")))", interpreter)
                guard !found.isEmpty else { continue }
                let hidden = arguments.map { "(x => x)(\($0))" }.joined(separator: ", ")
                let run = ScriptRun("let r = \(name)(\(hidden))") { _ in .value(.bool(true)) }
                #expect(run.failure?.hasPrefix("R1") == true, "\(name) takes \(sample.text) as \(parameter.name)")
            }
        }
    }

    /// An argument that a parameter of a row takes.
    private static func fitting(_ type: String) -> String {
        let first = type.split(whereSeparator: { " <?".contains($0) }).first.map(String.init) ?? type
        switch first {
        case "string": return "\"a\""
        case "int": return "1"
        case "duration": return "1h"
        case "date": return "@2026-01-31"
        case "regex": return "(/a/)"
        case "record": return "({a: 1})"
        case "fn": return "(x => false)"
        case "bool": return "true"
        default: return "[\"a\"]"
        }
    }

    /// Whatever parses is checked to its end, and the messages are in order and at most 20.
    @Test func anythingThatParsesCanBeChecked() {
        for seed in 0..<400 {
            var generator = ProgramGenerator(seed: UInt64(seed))
            let checked = Checked(generator.program())
            let places = checked.diagnostics.map { $0.span?.start ?? 0 }
            #expect(checked.diagnostics.count <= 20 && places == places.sorted())
            #expect(checked.diagnostics.allSatisfy { ($0.severity == .error) == !checked.isReady })
        }
    }

    /// A line that cannot be read, put somewhere into a script that is right, is all that is wrong with it.
    @Test func aBrokenLineIsTheOnlyMistake() {
        let broken = [
            "let q = (1 +", "if x {", "print(1))", "fn f(a {", "xs | where )", "let s = \"open", "}", "a ==== b",
        ]
        for seed in 0..<400 {
            var lines = ScriptGenerator.script(seed: UInt64(5_000 + seed)).split(separator: "\n").map(String.init)
            lines.insert(broken[seed % broken.count], at: seed % (lines.count + 1))
            let found = Checked(lines.joined(separator: "\n"), modules: ScriptGenerator.module)
            let others = found.messages.filter { !$0.text.hasPrefix("!! E01") && !$0.text.hasPrefix("!! E02") }
            #expect(others.isEmpty && !found.isReady, "seed \(seed): \(others)")
        }
    }

    /// Whichever pass finds a mistake, it hides none thousands of lines below, whichever pass finds that.
    @Test func aMistakeInLineOneHidesNoneInLine9000() {
        let mistakes = [
            ("let q = “x”", Code.unexpectedCharacter), ("let = 1", .unexpectedToken), ("lenn([1])", .unknownName),
            ("{a: 1}.b", .unknownField), ("\"a\" + 1", .wrongOperand), ("if 1 { print(1) }", .notACondition),
            ("[1] | map print(it)", .impureCode), ("1 == \"1\"", .neverEqual), ("len()", .wrongArguments),
        ]
        let lines = (2..<9_000).map { "let v\($0) = len([\($0), 1]) + \($0)" }.joined(separator: "\n")
        for (index, first) in mistakes.enumerated() {
            let last = mistakes[(index + 4) % mistakes.count]
            let checked = Checked("\(first.0)\n\(lines)\n\(last.0)\n\n")
            let errors = checked.diagnostics.filter { $0.severity == .error }
            let places = errors.map { $0.span.flatMap { span in checked.sources[span]?.line(at: span.start) } }
            #expect(errors.map(\.code) == [first.1, last.1], "\(first.0), \(last.0)")
            #expect(places == [1, 9_000])
        }
    }

    /// Ten thousand lines of every kind of statement are checked to their end, without a word.
    @Test func tenThousandLinesThatAreRight() {
        let piece = """
            fn f#(a, n: int = 1) {
              if n > # and a.name ~ /test/i { return [a.name, str(n)] }
              return [a.name]
            }
            let r# = list("sp") | where .enabled and .updatedAt < ago(#d) | sort by .name | take 5
            for {name, key} in r# | select .name, .key { print("{name} {key}") }
            var x# = #
            while x# > 0 { x# -= f#({name: "a"}) | count }
            print(r# | group by .status | map {key: .key, n: .count}, x#)
            """
        let text = (1...1_112).map { piece.split(separator: "#").joined(separator: "\($0)") }.joined(separator: "\n")
        #expect(text.split(separator: "\n").count > 10_000)
        let checked = Checked(text)
        #expect(checked.isReady && checked.diagnostics.isEmpty, "\(checked.messages.prefix(3))")
    }

    /// Random scripts that run to their end are accepted; the tests of the machine show that they do run.
    @Test func whatRunsIsAccepted() {
        for seed in 0..<300 {
            let text = ScriptGenerator.script(seed: UInt64(1_000 + seed))
            let checked = Checked(text, modules: ScriptGenerator.module)
            #expect(checked.isReady, "seed \(seed): \(checked.messages)\n\(text)")
        }
    }
}
