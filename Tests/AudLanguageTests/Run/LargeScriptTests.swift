import AudLanguage
import Testing

/// Scripts at and beyond the bounds of the machine: they run, or a message says which bound they hit. Nothing traps and
/// nothing is cut off in silence.
@Suite struct LargeScriptTests {
    private func events(_ text: String) -> [String] {
        var runner = ScriptRunner()
        runner.run(text)
        return runner.events
    }

    private func repeated(_ count: Int, by separator: String, _ piece: (Int) -> String) -> String {
        (0..<count).map(piece).joined(separator: separator)
    }

    @Test func manyOfEverythingIsFine() {
        #expect(events("len([\(repeated(100_000, by: ", ") { "\($0)" })])") == ["=> 100000"])
        #expect(events(repeated(10_000, by: "\n") { "let v\($0) = \($0)" } + "\nv9999") == ["=> 9999"])
        #expect(events("[1] | " + repeated(1_000, by: " | ") { _ in "map it + 1" }) == ["=> [1001]"])
        #expect(events("[3, 1] | " + repeated(1_000, by: " | ") { _ in "sort by it" }) == ["=> [1, 3]"])
        #expect(events(String(repeating: "[", count: 190) + String(repeating: "]", count: 190)).count == 1)
        let functions = repeated(2_000, by: "\n") {
            "fn f\($0)(x) = if x == 0 then \($0) else f\(($0 + 1) % 2_000)(x - 1)"
        }
        #expect(events(functions + "\nf0(10)") == ["=> 10"])
    }

    /// Every function needs every name: what they need is passed on once.
    @Test func functionsThatNeedManyNames() {
        let names = repeated(300, by: "\n") { "let g\($0) = 1" }
        let functions = repeated(300, by: "\n") {
            "fn f\($0)(x) = if x == 0 then g\($0) else f\(($0 + 299) % 300)(x - 1)"
        }
        #expect(events(names + "\n" + functions + "\nf0(10)") == ["=> 1"])
    }

    @Test func loopsInOneFunctionShareTheirSlots() {
        let loops = repeated(5_000, by: "\n") { _ in "for x in [3, 1] | sort by it | map it { let y = [x] }" }
        #expect(events("fn f() {\n\(loops)\nreturn 7\n}\nf()") == ["=> 7"])
    }

    @Test func boundsHaveMessages() {
        let tooLarge: [String] = [
            "fn f(\(repeated(65, by: ", ") { "p\($0) = 0" })) = p64",
            "let f = (\(repeated(65, by: ", ") { "p\($0)" })) => p64",
            "[1] | sort by \(repeated(17, by: ", ") { _ in "it desc" })",
            "[1] | group by \(repeated(300, by: ", ") { _ in "it" })",
            repeated(66_000, by: "\n") { "let v\($0) = 0" },
            "fn f() = 1\nlet q = [\(repeated(66_000, by: ", ") { _ in "f()" })]",
        ]
        for text in tooLarge {
            let errors = events(text).filter { $0.hasPrefix("!! E") }
            #expect(errors.map { $0.prefix(8) } == ["!! E0211"], "\(text.prefix(40))")
        }
    }

    @Test func lastOfManyParametersIsGiven() {
        let parameters = repeated(64, by: ", ") { "p\($0) = 0" }
        #expect(events("fn f(\(parameters)) = p63\nf(p63: 9)\nlet g = f\ng(p63: 8)") == ["=> 9", "=> 8"])
    }

    /// Closures that hold closures are released as deep as they nest.
    @Test func closuresNestAsDeepAsValues() {
        let text = "fn wrap(f) = () => f()\nvar f = () => 0\nfor i in 1..100000 { f = wrap(f) }"
        #expect(events(text).map { $0.prefix(8) } == ["!! L3003"])
    }

    /// A loop that lets nothing pass still counts its rounds.
    @Test(arguments: ["where false", "skip 1000000000", "unique by 1 | skip 1", "map [] | flatten"])
    func roundsWithoutItemsAreSteps(_ stages: String) {
        var limits = Limits()
        limits.steps = 10_000
        var runner = ScriptRunner(limits: limits)
        runner.run("1..1000 | map 1..1000 | flatten | \(stages)")
        #expect(runner.events.map { $0.prefix(8) } == ["!! L3001"])
    }
}
