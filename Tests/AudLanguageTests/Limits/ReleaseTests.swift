import Testing

@testable import AudLanguage

/// What a run lets go of is freed in slices, so that no stop waits for it; and it is freed faster than a run can build.
@Suite struct ReleaseTests {
    /// Records of which it is known how many are still there.
    private final class Census {
        private struct Entry {
            weak var record: RecordValue?
        }

        private let shape = Shape(["number"])
        private var entries: [Entry] = []

        var count: Int { entries.count }
        var freed: Int { entries.count { $0.record == nil } }

        func record() -> Value {
            let record = RecordValue(shape, [.int(Int64(count))])
            entries.append(Entry(record: record))
            return .record(record)
        }

        func list(_ count: Int) -> Value { .list(ListValue((0..<count).map { _ in record() })) }

        /// Lists in lists, none of them long.
        func tree(_ depth: Int) -> Value {
            depth == 0 ? record() : .list(ListValue((0..<20).map { _ in tree(depth - 1) }))
        }
    }

    private static let shapes: [(name: String, build: @Sendable (Census) -> Value)] = [
        ("a list", { $0.list(150_000) }),
        ("short lists", { census in .list(ListValue((0..<50_000).map { _ in census.list(3) })) }),
        ("a tree", { $0.tree(4) }),
        ("a list in a record in a list", { .list(ListValue([.record(RecordValue([("a", $0.list(150_000))]))])) }),
        ("a wide record", { census in .record(RecordValue((0..<150_000).map { ("f\($0)", census.record()) })) }),
        (
            "closures",
            { census in
                .list(
                    ListValue(
                        (0..<150_000).map { _ in
                            .function(FunctionValue(.script(0), captures: [census.record()], name: "f"))
                        }))
            }
        ),
        (
            "a list that is searched as a set",
            { census in
                let list = ListValue((0..<150_000).map { _ in census.record() })
                for _ in 0..<2 { _ = try? list.contains(.null, Meter()) }
                return .list(list)
            }
        ),
    ]

    @Test(arguments: shapes.indices)
    func eachLookFreesSome(_ index: Int) {
        let census = Census()
        let meter = Meter()
        var value: Value? = Self.shapes[index].build(census)
        #expect(census.freed == 0)
        let outer = meter.enter()
        defer { Meter.leave(to: outer) }
        value = nil
        var freed = census.freed
        #expect(value == nil && freed <= 20_000)
        var looks = 0
        while !meter.waiting.isEmpty, looks < 1_000 {
            meter.releaseSome()
            looks += 1
            let now = census.freed
            #expect(now - freed <= 20_000)
            freed = now
        }
        #expect(freed == census.count && looks >= 7)
    }

    @Test func outsideOfARunAllIsFreedAtOnce() {
        let census = Census()
        var value: Value? = census.list(150_000)
        value = nil
        #expect(value == nil && census.freed == census.count)
    }

    /// What a script builds and lets go of in turn does not wait, however much it is between two looks.
    @Test func whatIsBuiltMayBeFreed() throws {
        let meter = Meter()
        let outer = meter.enter()
        defer { Meter.leave(to: outer) }
        for round in 0..<100_000 {
            // A run looks more often.
            if round % 20_000 == 0 { meter.releaseSome() }
            try meter.allocate(2 * Meter.headBytes + 3 * Meter.itemBytes)
            _ = RecordValue([("a", .list(ListValue([.int(1), .int(2)])))])
        }
        #expect(meter.waiting.isEmpty)
    }

    /// An answer of the host takes the register of a value that may be large.
    @Test func anAnswerFreesNoMoreThanALook() {
        let census = Census()
        let make = Builtin("make", "Makes a list.", result: "list") { _ in .null }
        let interpreter = Interpreter(now: 0, builtins: [make])
        let text = "fn f() { let n = len(make())\nlet b = confirm(\"go?\")\nreturn n }\nf()"
        guard case .ready(let chunk, _) = interpreter.load(SourceFile(name: "t", text: text), mode: .file) else {
            Issue.record("it cannot be run")
            return
        }
        _ = interpreter.start(chunk)
        var asked = 0
        while case .request(let request) = interpreter.run() {
            asked += 1
            switch request {
            case .host: interpreter.answer(.value(census.list(150_000)))
            case .confirm:
                #expect(census.freed == 0)
                interpreter.answer(.value(.bool(true)))
                #expect(census.freed <= 20_000)
            default: interpreter.answer(.value(.null))
            }
        }
        #expect(asked == 3)
    }

    /// A script that goes on building and letting go holds no more of what it let go than of what it built.
    @Test(arguments: [
        "chunk(xs, 3)", "xs | map {a: [it], b: {c: it}}", "xs | sort by \"{it}\"", "xs | group by it % 1_000",
        "xs | map \"k{it}\" | unique", "xs | map keep(it)", "split(join(xs | map \"{it}\", \",\"), \",\")",
        "xs | map {key: \"k{it}\", value: it} | fromEntries | entries",
    ])
    func whatWaitsStaysBounded(_ expression: String) {
        let interpreter = Interpreter(now: 0)
        let text = """
            fn keep(a) { return () => a }
            let xs = 1..30_000
            var n = 0
            while n < 8 {
              let made = \(expression)
              n += 1
            }
            n
            """
        guard case .ready(let chunk, _) = interpreter.load(SourceFile(name: "t", text: text), mode: .file) else {
            Issue.record("it cannot be run")
            return
        }
        _ = interpreter.start(chunk)
        var most = 0
        var shown: [Value] = []
        run: while true {
            switch interpreter.run(fuel: 1_000) {
            case .paused: break
            case .request(.show(let value, _, _)):
                shown.append(value)
                interpreter.answer(.value(.null))
            case .request, .failed:
                Issue.record("it asks or fails")
                break run
            case .finished: break run
            }
            most = max(most, interpreter.machine.meter.waiting.reduce(0) { $0 + $1.count })
        }
        #expect(shown.map(\.intValue) == [8])
        #expect(most <= 90_000)
        // What was left is freed beside.
        #expect(interpreter.machine.meter.waiting.isEmpty)
    }

    /// A step may be a loop of thousands of instructions: then there are fewer of them between two looks.
    @Test(arguments: [
        ("i += 1", 20...100), (String(repeating: "i += 1\n", count: 9_000), 9_000...40_000),
        ("if i > 0 { i += 1 }\nfor x in [1] { i += x }\n", 20...100),
    ])
    func longStepsAreCountedAsLong(_ body: String, _ instructions: ClosedRange<Int>) {
        for text in ["var i = 0\nwhile true { \(body) }", "fn f() { var i = 0\n\(body) }\nf()"] {
            let interpreter = Interpreter(now: 0)
            guard case .ready(let chunk, _) = interpreter.load(SourceFile(name: "t", text: text), mode: .file) else {
                Issue.record("it cannot be run")
                return
            }
            #expect(instructions.contains(chunk.program.longestStep), "\(chunk.program.longestStep)")
        }
        // What runs once is no step, and does not slow down what is run after it.
        let interpreter = Interpreter(now: 0)
        guard
            case .ready(let chunk, _) = interpreter.load(
                SourceFile(name: "t", text: "var i = 0\n" + String(repeating: "i += 1\n", count: 9_000)), mode: .file)
        else { return }
        #expect(chunk.program.longestStep < 200)
    }

    /// After a deep recursion each caller goes on, and what is left of it may be long.
    @Test func returnsAreLookedAtAsStepsAre() throws {
        let interpreter = Interpreter(now: 0)
        let text = "fn f(n) { if n > 0 { f(n - 1) }\nreturn n }\nf(500)"
        guard case .ready(let chunk, _) = interpreter.load(SourceFile(name: "t", text: text), mode: .file) else {
            Issue.record("it cannot be run")
            return
        }
        _ = interpreter.start(chunk)
        func isPaused(after steps: Int) throws -> Bool {
            let most = interpreter.machine.steps + steps
            if case .paused = try interpreter.machine.loop(until: most) { return true }
            return false
        }
        // 400 calls, then the last 101 and 150 returns of 501.
        #expect(try isPaused(after: 400))
        #expect(try isPaused(after: 150))
        #expect(interpreter.machine.steps < 510)
        #expect(try !isPaused(after: 400))
    }

    /// Waits to be freed for ever, and so counts the looks.
    private struct LookCounter: FreedInParts {
        final class Looks { var count = 0 }
        let looks = Looks()
        var count: Int { 1 }

        func freeSome() -> Int {
            looks.count += 1
            return 1 << 30
        }
    }

    /// 1,000 rounds are a look or two when a round is short, and one for every 200,000 instructions when it is long.
    @Test(arguments: [(1, 1...4), (9_000, 40...200)])
    func longRoundsAreLookedAtMoreOften(_ statements: Int, _ expected: ClosedRange<Int>) {
        let interpreter = Interpreter(now: 0)
        let text = "var i = 0\nwhile true {\n" + String(repeating: "i += 1\n", count: statements) + "}"
        guard case .ready(let chunk, _) = interpreter.load(SourceFile(name: "t", text: text), mode: .file) else {
            Issue.record("it cannot be run")
            return
        }
        _ = interpreter.start(chunk)
        let counter = LookCounter()
        interpreter.machine.meter.waiting.append(counter)
        guard case .paused = interpreter.run(fuel: 1_000) else {
            Issue.record("it ends")
            return
        }
        #expect(expected.contains(counter.looks.count), "\(counter.looks.count)")
    }
}
