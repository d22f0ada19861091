// Embeds the language into a program that knows nothing of Segment: a world of its own, a built-in of its own, values in
// and out, and a loop that never ends. It ends with status 0 when all of that is as it should be.

import AudLanguage

/// Stops the program when what should hold does not.
func expect(_ condition: Bool, _ what: String, line: Int = #line) {
    guard condition else { fatalError("line \(line): \(what)") }
}

// A world: what the script asks, and who answers.
struct Console: World {
    func answer(_ request: Request) async -> Answer {
        guard case .print(let line) = request else { return refuse(request) }
        print(line)
        return .value(.null)
    }
}

// A built-in: its row is all that the checker, `help` and the machine need.
let weather = Builtin(
    "weather", "The weather of a city.", parameters: [.init("city", "string"), .init("days", "int", default: 1)],
    result: "list<record>", effect: .reads
) { arguments in
    let (city, days) = (try arguments.string(0), try arguments.int(1))
    guard city != "Atlantis" else { throw RuntimeError(.badArgument, .value, "there is no \(city)") }
    await Task.yield()
    return Value((0..<days).map { ["city": .string(city), "day": .int($0), "sunny": true] })
}

let interpreter = Interpreter(now: 1_772_366_400_000_000, builtins: [weather])
let script = SourceFile(
    name: "trip.aud",
    text: """
        param days: int
        print("{days} days at {format(now(), "d MMM")}")
        weather("Oslo", days: days) | where .sunny | map .day | sum
        """)

// Check: what is wrong, and what it would do.
let check = interpreter.check(script)
guard let chunk = check.chunk else { fatalError("\(check.diagnostics)") }
expect(check.diagnostics.isEmpty, "the script is right")
expect(chunk.effect == .prints && !chunk.canChange, "it reads and prints")
expect(chunk.parameters.map(\.name) == ["days"], "it has a param")

// Run: a value in, a value out.
let sum = try await interpreter.run(script, in: Console(), parameters: ["days": 4])
print(try sum.text())
expect(sum == 6 && sum.intValue == 6, "0 + 1 + 2 + 3")

// Names stay; values are Swift's own.
_ = try await interpreter.run(SourceFile(name: "1", text: "let trip = weather(\"Rome\")[0]"), in: EmptyWorld())
let trip = try await interpreter.run(SourceFile(name: "2", text: "trip"), in: EmptyWorld())
expect(trip == ["city": "Rome", "day": 0, "sunny": true], "a record")
expect(trip["city"]?.stringValue == "Rome", "its field")

// The row is checked before the script runs, as it runs, and listed.
let wrong = interpreter.check(SourceFile(name: "3", text: "weather(7) | map .sunny"))
expect(wrong.diagnostics.map(\.code) == [.wrongArgument], "an int is no city")
var renderer = DiagnosticRenderer(sources: interpreter.sources)
expect(renderer.render(wrong.diagnostics[0]).contains("`city` takes a string, not an int"), "the message")
let caught = SourceFile(name: "4", text: "try weather(\"Atlantis\") else \"nowhere\"")
let nowhere = try await interpreter.run(caught, in: EmptyWorld())
expect(nowhere == "nowhere", "a failure of the host is caught")
let row = interpreter.builtins.last
expect(row?.signature == "weather(city: string, days: int = 1) → list<record>", "the signature")

// What this world does not know is an error, not a guess.
do throws(ScriptError) {
    _ = try await interpreter.run(SourceFile(name: "5", text: "list() | disable"), in: Console())
    expect(false, "there is no workspace")
} catch {
    expect(error.diagnostics.map(\.message) == ["this host does not answer `list`"], "the refusal")
}

// Cancel from another thread.
let cancellation = Cancellation()
Task.detached { cancellation.cancel() }
do throws(ScriptError) {
    let endless = SourceFile(name: "6", text: "var n = 0\nwhile true { n = (n + 1) % 1000 }")
    _ = try await interpreter.run(endless, in: Console(), cancellation: cancellation)
    expect(false, "an endless loop does not end by itself")
} catch {
    guard case .failed(let reason) = error else { fatalError("\(error)") }
    expect(reason.kind == .cancelled, "it was cancelled")
}
print("the language is embedded")
