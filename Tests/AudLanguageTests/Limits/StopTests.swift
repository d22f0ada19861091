import Testing

@testable import AudLanguage

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A stop signal ends whatever runs: between steps, and inside of built-ins, operators and stages that work long.
@Suite struct StopTests {
    private static func text(_ count: Int, _ unit: String = "ab ") -> Value {
        .string(String(repeating: unit, count: count / unit.utf8.count))
    }

    private static func numbers(_ count: Int) -> Value {
        .list(ListValue((0..<count).map { .int(Int64($0 * 7 % count)) }))
    }

    private static func range(_ count: Int) -> Value { .list(ListValue(lower: 0, upper: Int64(count))) }

    private static func words(_ count: Int) -> Value {
        .list(ListValue((0..<count).map { .string("w\($0 * 7 % count)") }))
    }

    private static func rows(_ count: Int) -> Value {
        let shape = Shape(["key", "value"])
        return .list(
            ListValue((0..<count).map { .record(RecordValue(shape, [.string("k\($0)"), .int(Int64($0))])) }))
    }

    private static func regex(_ pattern: String) -> Value {
        guard case .success(let regex) = RegexValue.compile(pattern: pattern, flags: "") else { return .null }
        return .regex(regex)
    }

    /// Every native whose time grows with its arguments.
    private static let calls: [(name: String, arguments: @Sendable (Int) -> [Value])] = [
        ("contains", { [numbers($0), .int(-1)] }), ("contains", { [text($0 * 64), .string("zz")] }),
        ("indexOf", { [numbers($0), .int(-1)] }), ("indexOf", { [text($0 * 64), .string("zz")] }),
        ("zip", { [numbers($0), numbers($0)] }), ("enumerate", { [numbers($0)] }),
        ("range", { [.int(0), .int(Int64($0 * 2)), .int(2)] }), ("chunk", { [numbers($0), .int(3)] }),
        ("join", { [words($0), .string(",")] }), ("concat", { [numbers($0), numbers($0)] }),
        ("fromEntries", { [rows($0)] }), ("slice", { [numbers($0), .int(1)] }),
        ("lower", { [text($0 * 64)] }), ("upper", { [text($0 * 64, "é")] }), ("trim", { [text($0, " ")] }),
        ("split", { [text($0), .string(" ")] }), ("split", { [text($0), regex(" ")] }),
        ("replace", { [text($0 * 4), .string(" "), .string("_")] }),
        ("replace", { [text($0), regex("[ab]"), .string("$0")] }),
        ("replace", { [text($0 * 64), .string("zz"), .string("_")] }),
        ("padStart", { [.string(""), .int(Int64($0 * 64)), .string("ab")] }), ("matches", { [text($0), regex("a.")] }),
        ("fold", { [text($0, "é")] }), ("str", { [numbers($0)] }), ("str", { [.list(ListValue([text($0 * 64)]))] }),
        ("json", { [numbers($0)] }), ("json", { [text($0 * 64, "\"")] }), ("hash", { [numbers($0)] }),
        ("parseJson", { [.string("[" + String(repeating: "1,", count: $0) + "1]")] }),
        ("parseJson", { [.string("\"" + String(repeating: "a", count: $0 * 64) + "\"")] }),
        ("parseJson", { [.string(String(repeating: " ", count: $0 * 64) + "1")] }),
        ("csv", { [rows($0)] }), ("parseCsv", { [.string("a" + String(repeating: "\n1", count: $0))] }),
        ("parseCsv", { [.string("\"" + String(repeating: "a", count: $0 * 64) + "\"")] }),
        ("sum", { [numbers($0)] }), ("min", { [words($0)] }), ("len", { [text($0 * 64)] }),
        // Ranges are held lazily, and go other ways.
        ("chunk", { [range($0), .int(3)] }), ("zip", { [range($0), range($0)] }), ("enumerate", { [range($0)] }),
        ("concat", { [range($0), range($0)] }), ("str", { [range($0)] }), ("json", { [range($0)] }),
        ("hash", { [range($0)] }), ("sum", { [range($0)] }), ("min", { [range($0)] }),
    ]

    /// Four times the work is about four times the looks at the signal: no stretch between two of them grows with it.
    @Test(arguments: calls.indices)
    func builtinsLookAtTheSignal(_ index: Int) throws {
        let (name, arguments) = Self.calls[index]
        func polls(_ count: Int) throws -> Int {
            let meter = Meter()
            _ = try Call.run(name, arguments(count), meter)
            return meter.polls
        }
        let (few, many) = (try polls(6_000), try polls(24_000))
        #expect(few >= 1 && many >= 3 * few, "\(name): \(few), \(many)")
    }

    /// What goes over a text counts steps for it, so that a loop of such calls ends.
    @Test(arguments: [
        "len(s)", "startsWith(s, t)", "endsWith(s, t)", "match(s, /zz/)", "matches(s, /zz/)",
        "match(s, /a[ab]{1000}c/)",
        "min(s, t)", "max([s, t])", "without({a: 1}, s)", "fromEntries([{key: s, value: 1}])", "s == t", "s < t",
    ])
    func workOnTextsCounts(_ call: String) {
        var limits = Limits()
        limits.steps = 70_000
        var runner = ScriptRunner(limits: limits)
        runner.run("let s = padStart(\"\", 1000000, \"ab\")\nlet t = s + \"\"", as: .prompt)
        #expect(runner.events.isEmpty)
        runner.run("let r = [\(Array(repeating: call, count: 6).joined(separator: ", "))]", as: .prompt)
        #expect(runner.events.last?.hasPrefix("!! L3001") == true, "\(runner.events)")
    }

    /// A text that is no number that anybody wrote is refused before it is read.
    @Test(arguments: ["int", "float"])
    func numbersHaveAnEnd(_ name: String) throws {
        let digits = String(repeating: "0", count: 65_535)
        #expect(try Call.run(name, [.string(digits + "7")], Meter()) == (name == "int" ? .int(7) : .float(7)))
        for text in [digits + "07", String(repeating: "x", count: 1 << 20)] {
            #expect { try Call.run(name, [.string(text)], Meter()) } throws: {
                ($0 as? RuntimeError)?.help?.contains("65536") == true
            }
        }
        #expect { try Call.run("format", [.date(0), .string(digits + "--")], Meter()) } throws: {
            ($0 as? RuntimeError)?.message.contains("65536") == true
        }
    }

    @Test(arguments: calls.indices)
    func aRaisedSignalStopsBuiltins(_ index: Int) {
        let (name, arguments) = Self.calls[index]
        let signal = StopSignal()
        signal.raise()
        #expect { try Call.run(name, arguments(6_000), Meter(signal: signal)) } throws: {
            ($0 as? RuntimeError)?.code == .cancelled
        }
    }

    /// RE2 cannot be stopped: a search that may take seconds goes on beside, and nobody waits for it.
    @Test(arguments: ["matches(s, /a[ab]{1000}c/)", "replace(s, /a[ab]{1000}c/, '')", "s ~ /a[ab]{1000}c/"])
    func aHostileSearchIsLeftAtOnce(_ expression: String) {
        var runner = ScriptRunner()
        runner.run("let s = padEnd(\"\", 1_000_000, \"abbab\")", as: .file)
        runner.interpreter.stopSignal.raise()
        let start = ContinuousClock.now
        runner.run(expression, as: .prompt)
        #expect(runner.failure?.code == .cancelled)
        // The search takes 8 s.
        #expect(ContinuousClock.now - start < .seconds(4))
    }

    /// Freeing millions of records takes longer than a person should wait: what an interrupted run has built, and what it
    /// holds, is freed on a thread of its own. What fails for another reason is freed as ever.
    @Test(arguments: [true, false])
    func whatAnInterruptedRunLeavesIsFreedBeside(_ isInterrupted: Bool) async {
        let signal = StopSignal()
        if isInterrupted { signal.raise() }
        let (own, freeing): (UInt, UInt) = await withCheckedContinuation { continuation in
            let own = currentThread()
            let probe = Probe { continuation.resume(returning: (own, currentThread())) }
            _ = try? Meter(signal: signal).building([consume probe]) { (_: inout [Probe]) throws(RuntimeError) in
                throw RuntimeError.interrupted
            }
        }
        #expect((own == freeing) != isInterrupted)
    }

    /// Tells when it is freed.
    private final class Probe {
        let tell: () -> Void
        init(_ tell: @escaping () -> Void) { self.tell = tell }
        deinit { tell() }
    }

    /// What is searched beside gives what is searched here.
    @Test func longTextsHaveTheMatchesOfShortOnes() throws {
        let line = "ab, aé1 c;"
        let (short, long) = (20, 20_000)
        func matches(_ count: Int) throws -> [Value] {
            let text = Value.string(String(repeating: line, count: count))
            guard
                case .list(let found) = try Call.run(
                    "matches", [text, Self.regex("(a)(\\pL|\\d)*|,?")], Meter())
            else { return [] }
            return (0..<found.count).map { found[$0] }
        }
        let (few, many) = (try matches(short), try matches(long))
        let perLine = few.count / short
        #expect(many.count == few.count + (long - short) * perLine)
        #expect(many.prefix(few.count - 1).elementsEqual(few.dropLast()))
    }

    /// The same for stages and operators.
    @Test(arguments: [
        "xs | sort by it | count", "xs | reverse | count", "xs | last n - 1 | count", "[...xs] | count",
        "xs + xs | count",
        "xs == ys", "xs in [ys]", "[xs] | unique | count", "[xs] | group by it | count", "s ~ \"xyz\"",
        "f(xs)", "xs | map [it, it] | sort by it[0] | count",
    ])
    func stagesAndOperatorsLookAtTheSignal(_ expression: String) {
        func polls(_ count: Int) -> Int {
            var runner = ScriptRunner()
            runner.run(
                """
                fn f(xs: list<int>) = 1
                let xs = range(0, \(2 * count), 2)
                let ys = range(0, \(2 * count), 2)
                let n = \(count)
                let s = padEnd("", \(count * 256), "ab")
                """, as: .file)
            let before = runner.interpreter.polls
            runner.run(expression, as: .prompt)
            return runner.interpreter.polls - before
        }
        let (few, many) = (polls(6_000), polls(24_000))
        #expect(few >= 1 && many >= 3 * few, "\(few), \(many)")
    }

    /// Between two steps and at each start; nothing catches it, and when it is lowered texts run again.
    @Test func aRaisedSignalEndsATextAndStays() {
        let interpreter = Interpreter(now: 0)
        func end(_ text: String, raisingAtRequest: Bool) -> RuntimeError? {
            guard case .ready(let chunk, _) = interpreter.load(SourceFile(name: "t", text: text), mode: .file) else {
                return nil
            }
            _ = interpreter.start(chunk)
            while true {
                switch interpreter.run() {
                case .paused: continue
                case .request:
                    if raisingAtRequest { interpreter.stopSignal.raise() }
                    interpreter.answer(.value(.null))
                case .finished: return nil
                case .failed(let error):
                    interpreter.abandon()
                    return error
                }
            }
        }
        let caught = "try { print(1)\nwhile true { } } catch e { print(e.kind) }"
        #expect(end(caught, raisingAtRequest: true)?.code == .cancelled)
        #expect(end("1 + 1", raisingAtRequest: false)?.code == .cancelled)
        interpreter.stopSignal.lower()
        #expect(end("print(1)", raisingAtRequest: false) == nil)
    }
}

private func currentThread() -> UInt {
    #if canImport(Darwin)
    UInt(bitPattern: pthread_self())
    #else
    UInt(pthread_self())
    #endif
}
