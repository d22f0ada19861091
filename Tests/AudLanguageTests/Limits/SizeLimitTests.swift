import AudLanguage
import Testing

/// Each limit on the size of values has its own code, whichever way a script comes to it.
@Suite struct SizeLimitTests {
    private static let wide = "let row = fromEntries(1..900 | map {key: \"k{it}\", value: it})\n"
    private static func record(_ name: String) -> String {
        "let \(name) = fromEntries(1..600 | map {key: \"\(name){it}\", value: 1})\n"
    }

    private static let shared = "var x = [\"abc\"]\nfor i in 1..40 { x = [x, x] }\n"

    private func run(_ text: String, _ change: (inout Limits) -> Void) -> [String] {
        var limits = Limits()
        // A text that does not come to its limit ends all the same.
        limits.steps = 1_000_000
        change(&limits)
        var runner = ScriptRunner(limits: limits)
        runner.run(text)
        return runner.events.map { String($0.prefix(8)) }
    }

    @Test(arguments: [
        "1..1001", "range(1001)", "range(0, 5000, 2)", "(1..600) + (1..600)", "[...1..600, ...1..600]",
        "concat(1..600, 1..600)", "1..40 | map 1..40 | flatten", "1..3000 | map it",
        "split(padEnd(\"\", 2000, \",\"), \",\")",
        "split(padEnd(\"\", 2000, \",\"), /,/)", "matches(padEnd(\"\", 2000, \"a\"), /a/)",
        "parseJson(\"[\" + padEnd(\"\", 4000, \"1,\") + \"1]\")", "parseCsv(padEnd(\"a\", 4000, \"\\n1\"))",
        "parseCsv(padEnd(\"\", 4000, \",\"))", "var xs = [1]\nwhile true { xs = [...xs, ...xs] }",
        "var xs = []\nwhile true { xs = [1] + xs + xs }", "zip(range(0, 3000, 2), 1..2)",
        record("a") + record("b") + "{...a, ...b}",
    ])
    func listLength(_ text: String) {
        #expect(run(text) { $0.listLength = 1_000 } == ["!! L3004"])
    }

    /// A listing of more audiences than a list may have.
    @Test func listLengthOfListings() {
        #expect(run("let xs = list(\"sp\")") { $0.listLength = 24 }.last == "!! L3004")
        #expect(run("let xs = list(\"sp\") | where true") { $0.listLength = 24 }.last == "!! L3004")
    }

    @Test(arguments: [
        "var s = \"ab\"\nwhile true { s = s + s }", "var s = \"ab\"\nwhile true { s = \"{s}{s}\" }",
        "var s = \"ab\"\nwhile true { s += \"c\" }", "join(1..5000 | map \"abc\", \",\")",
        "join(1..1000 | map \"\", padEnd(\"\", 9000))", "padStart(\"\", 10001)", "padEnd(\"\", 9000, \"é\")",
        "padEnd(\"\", 9000000000000000000, \"éé\")", "padStart(\"ab\", 9999, \"é\")",
        "replace(padEnd(\"\", 9000), \" \", \"abc\")", "replace(padEnd(\"\", 9000), / /, \"$0$0\")",
        "replace(padEnd(\"\", 9000), /x*/, \"ab\")", "upper(padEnd(\"\", 2500, \"ŉΐ\"))",
        "json(1..5000)", "str(1..5000)", "csv(1..5000 | map {a: it})", "json(padEnd(\"\", 5000, \"\\u{1}\"))",
        "csv([{a: padEnd(\"\", 8000, \"\\\"\")}])", shared + "json(x)", shared + "str(x)", shared + "hash(x)",
        shared + "csv([{a: x}])", shared + "print(x)", shared + "\"{x}\"", "json(1..900, 8)",
        "print(padEnd(\"\", 6000), padEnd(\"\", 6000))", "hash(1..5000)", "hash(padEnd(\"\", 9000, \"\\\"\"))",
        wide + "csv(1..50 | map row)", "format(@2026-01-31, padEnd(\"\", 9999, \"EEEE \"))",
        "csv([fromEntries([{key: padEnd(\"\", 9999), value: 1}, {key: padEnd(\"\", 9998), value: 1}])])",
    ])
    func stringLength(_ text: String) {
        #expect(run(text) { $0.stringBytes = 10_000 } == ["!! L3005"])
    }

    @Test(arguments: [
        "while true { let xs = 1..100 | map it }", "while true { let xs = [1, 2, 3] }", "while true { let r = {a: 1} }",
        "let r = {a: 1}\nwhile true { let q = {...r, b: 2} }", "while true { [{a: 1}] | with b: 2 }",
        "fn adder(y) = x => x + y\nwhile true { let f = adder(1) }",
        "var s = \"\"\nwhile true { s = \"{padEnd(\"\", 900)}\" }", "while true { let s = padEnd(\"\", 900) + \"x\" }",
        "while true { let s = padEnd(\"\", 900) }", "while true { let s = upper(\"abcdefghijklmnop\") }",
        "while true { 1..99 | sort by it }", "while true { 1..99 | unique | count }",
        "while true { 1..99 | group by it | count }", "while true { 1..99 | group by 1 | count }",
        "while true { enumerate(1..99) }", "while true { zip(1..99, 1..99) }", "while true { chunk(1..99, 1) }",
        "while true { split(padEnd(\"\", 99), \" \") }", "while true { matches(padEnd(\"\", 99), / /) }",
        "while true { parseJson(\"[[],[],[]]\") }", "while true { parseCsv(\"a\\n1\\n2\") }",
        "while true { entries({a: 1}) }", "while true { keys({a: 1}) }", "while true { without({a: 1, b: 2}, \"a\") }",
        "while true { fromEntries([]) }", "while true { slice(range(0, 99, 2), 1) }",
        "while true { concat([1], [2]) }", "while true { replace(padEnd(\"\", 99), \" \", \"b\") }",
        "while true { range(0, 99, 2) }", "while true { [...1..9] }", "while true { 1..99 | map it | last 50 }",
        "while true { 1..99 | map it | reverse | count }",
    ])
    func allocation(_ text: String) {
        let whole = text.replacing("while true { ", with: "while true { let _ = ").replacing("let _ = let", with: "let")
            .replacing("let _ = s = ", with: "s = ")
        #expect(run(whole) { $0.allocation = 1 << 20 } == ["!! L3006"], "\(whole)")
    }

    /// One call alone may not build more than the limit, be it let go of at once: the check comes before the memory.
    @Test(arguments: [
        "padEnd(\"\", 200000)", "join(1..10000 | map \"abcdefghijklmnop\")", "range(0, 100000, 2)",
        "enumerate(1..10000)",
        "chunk(1..10000, 1)", "zip(1..10000, 1..10000)", "split(padEnd(\"\", 60000), \" \")", "json(1..90000)",
        "str(1..90000)", "matches(padEnd(\"\", 10000), / /)", "replace(padEnd(\"\", 60000), \" \", \"abcd\")",
        "parseJson(\"[\" + padEnd(\"\", 30000, \"[],\") + \"1]\")", "parseCsv(padEnd(\"a\", 30000, \"\\n1\"))",
        "1..100000 | reverse | count", "[...1..90000] | count", "1..90000 | sort by it | count",
        "1..20000 | unique | count", "1..20000 | group by it | count", "9 in [...1..2000] and 9 in [...1..6000]",
        "upper(padEnd(\"\", 60000)) + lower(padEnd(\"\", 60000))", "1..90000 | last 50000 | count",
    ])
    func memoryIsCheckedBeforeItIsTaken(_ text: String) {
        #expect(run(text) { $0.allocation = 100_000 } == ["!! L3006"])
    }

    @Test(arguments: [
        "x = [x]", "x = {x: x}", "x = [...[x]]", "x = {...{x}}", "x = [1] | map {x: x}", "x = [{a: 1}] | with b: x",
        "x = [{a: x}] | select .a", "x = [x] | group by 1", "x = zip([x])", "x = enumerate([x])", "x = chunk([x], 1)",
        "x = entries({x})", "x = fromEntries([{key: \"x\", value: x}])", "let y = x\nx = () => y",
        "x = concat([x])", "try { fail {message: \"m\", item: x} } catch e { x = e }", "x = values({x: [x]})",
    ])
    func depth(_ round: String) {
        #expect(run("var x = []\nfor i in 1..100000 {\n\(round)\n}") { _ in } == ["!! L3003"])
    }

    @Test func depthOfTexts() {
        let deep = "padEnd(\"\", 501, \"[\") + padEnd(\"\", 501, \"]\")"
        #expect(run("parseJson(\(deep))") { _ in } == ["!! L3003"])
        #expect(run("parseJson(padEnd(\"\", 400000, \"[\"))") { _ in } == ["!! L3003"])
    }

    @Test func depthOfCalls() {
        #expect(run("fn f(n) = f(n + 1)\nf(0)") { _ in } == ["!! L3002"])
        #expect(run("fn f(n) = any([1], x => f(n))\nf(0)") { _ in } == ["!! L3002"])
        // As many calls as the limit says, and not one more; the top level is none.
        let count = "fn f(n) = if n == 0 then 0 else f(n - 1)\nlet x = "
        #expect(run(count + "f(999)") { _ in } == [] && run(count + "f(1000)") { _ in } == ["!! L3002"])
        #expect(run("let f = g => g(g)\nf(f)") { $0.callDepth = 30 } == ["!! L3002"])
    }

    /// Values as deep as they may be are compared, sorted by, hashed, printed and let go of.
    @Test func theDeepestValuesCanBeUsed() {
        let events = run(
            """
            fn deep() {
              var x = []
              for i in 1..480 { x = [x] }
              return x
            }
            let a = deep()
            let b = deep()
            print(a == b, a in [b], len(json(a)), len(str(a)), hash(a) == hash(b), [a, b] | unique | count)
            print([{k: 1, v: a}, {k: 0, v: b}] | sort by .k | map .k, [a, b] | group by it | count, a == parseJson(json(b)))
            """
        ) { _ in }
        #expect(events == [">> true ", "=> null", ">> [0, 1", "=> null"])
    }
}
