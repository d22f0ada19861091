import AudLanguage
import Testing

/// Runs a text to its end. `answer` stands for the host; what is shown at the top level is collected.
struct ScriptRun {
    var shown: [Value] = []
    var failure: String?

    init(_ text: String, answer: (Request) -> Answer = { _ in .value(.null) }) {
        let interpreter = Interpreter(now: Call.now)
        switch interpreter.load(SourceFile(name: "test", text: text), mode: .file) {
        case .incomplete(let open): failure = "incomplete: \(open)"
        case .failed(let diagnostics):
            failure = diagnostics.map { "\($0.code.rawValue) \($0.message)" }.joined(separator: "; ")
        case .ready(let chunk, _):
            failure = interpreter.start(chunk).first?.message
            while failure == nil {
                switch interpreter.run() {
                case .paused: continue
                case .finished: return
                case .failed(let error): failure = "\(error.code.rawValue) \(error.message)"
                case .request(.show(let value, _, statement: true)):
                    shown.append(value)
                    interpreter.answer(.value(.null))
                case .request(let request): interpreter.answer(answer(request))
                }
            }
        }
    }
}

@Suite struct ExampleTests {
    /// Every example of the table is a program that compiles, and one that needs no workspace gives what its row says.
    @Test(arguments: Library.standard.rows.filter { !$0.isHidden }.map(\.name))
    func examplesAreRight(_ name: String) throws {
        let row = try #require(Library.standard.index(of: name).map { Library.standard[$0] })
        guard let result = row.example.result else {
            let interpreter = Interpreter(now: Call.now)
            guard case .ready = interpreter.load(SourceFile(name: name, text: row.example.source), mode: .file) else {
                return #expect(Bool(false), "\(row.example.source) does not compile")
            }
            return
        }
        let run = ScriptRun(row.example.source)
        #expect(run.failure == nil)
        #expect(try run.shown.map { try Printer.text($0) } == [result])
    }

    /// What `Printer.literal` writes is an expression of the language with the same value.
    @Test func literalsReadBack() throws {
        var generator = SeededGenerator(state: 5)
        var values = (0..<200).map { _ in ValuePropertyTests.value(3, &generator) }
        values += [
            Sample.at("0001-01-01").value, Sample.at("2026-01-31T09:00:00.123456Z").value, Sample.days(-90).value,
            Sample.seconds(5_400).value, .duration(1_001_000), Sample.regex("a\\/b[/]\\/\\d|é", "im").value,
            .string("{a} \"b\" \\ \u{1B}\u{202E}\n\t'"), Sample.range(1, 4).value,
        ]
        for value in values {
            let text = try Printer.literal(value)
            let run = ScriptRun("let x = \(text)\nx")
            #expect(run.failure == nil, "\(text)")
            #expect(run.shown.count == 1 && Operators.equal(run.shown[0], value), "\(text)")
        }
    }

    @Test(arguments: [
        ("any([], x => true)", "false"), ("all([], x => false)", "true"), ("find([], x => true)", "null"),
        ("any(range(1000), x => x == 999)", "true"), ("all([1, 2], x => x > 0)", "true"),
        ("find([{a: 1}, {a: 2}], x => x.a > 1)", "{a: 2}"), ("[1, 2] | any(x => x == 2)", "true"),
    ])
    func searchingWithAFunction(_ source: String, _ expected: String) throws {
        let run = ScriptRun(source)
        #expect(run.failure == nil)
        #expect(try run.shown.map { try Printer.text($0) } == [expected])
    }

    @Test func aTestMustGiveABool() {
        #expect(ScriptRun("fn f(xs, t) = any(xs, t)\nf([1], x => x)").failure?.hasPrefix("R1007") == true)
        #expect(ScriptRun("any((x => x)(5), x => true)").failure?.hasPrefix("R1003") == true)
    }

    /// `wait` reads, sleeps and reads again, and sleeps no longer than its time allows.
    @Test func waiting() {
        var log: [String] = []
        func workspace(liveAfter reads: Int) -> (Request) -> Answer {
            { request in
                switch request {
                case .get(let id, _):
                    log.append("get \(id)")
                    let status = log.count { $0.hasPrefix("get") } > reads ? "Live" : "Computing"
                    return .value(
                        .record(RecordValue([("id", .string(id)), ("status", .string(status))], kind: .audience)))
                case .sleep(let duration): log.append("sleep \(DateText.duration(duration))")
                default: log.append("unexpected")
                }
                return .value(.null)
            }
        }
        let source = "wait(\"a1\", until: x => x.status == \"Live\", timeout: 1min, every: 25s).status"
        let soon = ScriptRun(source, answer: workspace(liveAfter: 2))
        #expect(soon.failure == nil && soon.shown.count == 1)
        #expect(log == ["get a1", "sleep 25s", "get a1", "sleep 25s", "get a1"])

        log = []
        let never = ScriptRun(source, answer: workspace(liveAfter: 9))
        #expect(log == ["get a1", "sleep 25s", "get a1", "sleep 25s", "get a1", "sleep 10s", "get a1"])
        #expect(never.failure == "R1010 waited 1min, and `until` does not hold: the audience is still \"Computing\"")

        log = []
        let hasty = ScriptRun("wait(\"a1\", until: x => false, every: 0s)", answer: workspace(liveAfter: 9))
        #expect(hasty.failure?.contains("longer than 0s") == true)
    }
}
