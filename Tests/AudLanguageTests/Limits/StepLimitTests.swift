import AudLanguage
import Testing

/// Whatever the limit of steps is, a script ends with its code and nothing else, or as without a limit.
@Suite struct StepLimitTests {
    /// Together they use every statement, expression and stage, natives, the prelude and requests.
    static let programs: [String] = [
        """
        fn f(n: int, by = 1) = if n <= 0 then 0 else f(n - by)
        var total = 0
        for x in 1..5 { try { total += f(x) } catch e { print("caught {e.kind}") } }
        let kept = 1..20 | where it % 2 == 0 | sort by it desc | map it + f(2)
        var i = 0
        while true { i += 1 ; if i > 7 { break } ; if i % 2 == 0 { continue } ; total -= 1 }
        let add = a => b => a + b
        print("{add(1)(2)} {try 1 / 0 else "y"} {[...kept, 1][0]} {({...{a: 1}, b: 2}).b}")
        total + (kept | sum)
        """,
        """
        let rows = 1..12 | map {n: it, k: it % 3, s: "s{it}"}
        rows | group by .k | map {k: .key, n: len(.items)} | show
        rows | unique by .k | select .n, m: .s | with o: .n * 2 | show
        rows | skip 2 | take 5 | reverse | map .n | show
        rows | sort by .k, .n desc | first 2 | show
        print(rows | map .n | sum, rows | avg .n, rows | min .n, rows | max .s, (rows | last).n)
        """,
        """
        print(any([1, 2, 3], x => x > 2), all([1, 2], x => x > 0), find([1, 2, 3], x => x > 1))
        for {index, item} in enumerate(split("a,b,c", ",")) { print(padStart(upper(item), index + 2, ".")) }
        print(join(chunk(range(0, 9, 2), 2) | map str(it), ";"), json(zip([1, 2], ["a", "b"])))
        print(parseJson("[1, \\{\\"a\\": [2]\\}]"), csv([{a: 1}, {b: "x,y"}]), parseCsv("a,b\\n1,2"))
        print(replace("a1b22", /[0-9]+/, "<$0>"), matches("a1b2", /[a-z]/) | map .text, hash({a: 1}))
        """,
        """
        let some = list("sp") | where .enabled and .name ~ /test/ | at most 10
        for a in some { print(a.name) }
        some | disable on error continue | map .status | show
        some | take 1 | each a { enable(a) }
        print(wait("aud_3", until: a => a.enabled or true).id, get("aud_4").id, try get("aud_99") else null == null)
        list("sp") | map .createdBy ?? "nobody" | unique | show
        """,
    ]

    @Test(arguments: programs.indices)
    func everyLimitEndsTheScript(_ index: Int) {
        var free = ScriptRunner()
        free.run(Self.programs[index])
        #expect(free.events.allSatisfy { !$0.hasPrefix("!!") }, "\(free.events)")
        var steps = 0
        var isFinished = false
        while !isFinished, steps < 2_000 {
            steps += 1
            var limits = Limits()
            limits.steps = steps
            var runner = ScriptRunner(limits: limits)
            runner.run(Self.programs[index])
            isFinished = runner.events == free.events
            if isFinished { continue }
            #expect(runner.events.last?.hasPrefix("!! L3001") == true, "\(steps): \(runner.events)")
            #expect(Array(runner.events.dropLast()) == Array(free.events.prefix(runner.events.count - 1)), "\(steps)")
        }
        #expect(isFinished && steps > 20)
    }

    /// What is inside of one step counts as well: no built-in goes round the limit.
    @Test(arguments: [
        "let xs = 1..2000 | map it\nlet n = xs == [...xs]\nn",
        "let xs = 1..90 | map [it]\nwhile true { let n = indexOf(xs, 0) }",
        "var s = padEnd(\"\", 8000, \"ab\")\nwhile len(s) > 1 { s = replace(s, \"ab\", \"ab\") }",
        "let xs = 1..2000 | map it % 7\nwhile true { let n = xs | sort by it | first }",
        "var x = [1]\nfor i in 1..60 { x = [x, x] }\nvar y = [1]\nfor i in 1..60 { y = [y, y] }\nx == y",
        "var x = [1]\nfor i in 1..60 { x = [x, x] }\n[x] | unique | count",
        "var x = [1]\nfor i in 1..60 { x = [x, x] }\n[x] | group by it | count",
        "var x = {}\nfor i in 1..60 { x = {a: x, b: x} }\nvar y = {}\nfor i in 1..60 { y = {a: y, b: y} }\nx in [y]",
        "fn f(x: list<list<list<list<list<list<int>>>>>>) = 1\nvar x = 1..9\nfor i in 1..5 { x = 1..9 | map x }\nf(x)",
        "var x = [1]\nfor i in 1..60 { x = [x, x] }\nvar y = [1]\nfor i in 1..60 { y = [y, y] }\nindexOf([x], y)",
    ])
    func workInsideOfAStepCounts(_ text: String) {
        var limits = Limits()
        limits.steps = 5_000
        var runner = ScriptRunner(limits: limits)
        runner.run(text)
        #expect(runner.events.map { $0.prefix(8) } == ["!! L3001"], "\(runner.events)")
    }
}
