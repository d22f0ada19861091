import AudLanguage
import Testing

/// What holds from text to text: names at a prompt, lines that start with `|`, params, modules, limits.
@Suite struct InterpreterTests {
    // MARK: At a prompt

    @Test func namesStayAndMayBeGivenAgain() {
        var runner = ScriptRunner()
        for line in ["let x = 1", "let f = () => x", "let x = 2", "x + f()", "fn f(a) = a", "f(7)"] {
            runner.run(line, as: .prompt)
        }
        #expect(runner.events == ["=> 3", "=> 7"])
    }

    @Test func lastValueIsUnderscore() {
        var runner = ScriptRunner()
        for line in ["[3, 1, 2]", "len(_)", "_ + 1"] { runner.run(line, as: .prompt) }
        #expect(runner.events == ["=> [3, 1, 2]", "=> 3", "=> 4"])
    }

    @Test func theValuesBeforeTheLastOneHaveNumbers() {
        var runner = ScriptRunner()
        for line in ["1 // 0", "_9"] + (1...11).map(String.init) + ["[_, _1, _9]", "let a = 1", "_1", "_10"] {
            runner.run(line, as: .prompt)
        }
        let tail = runner.events.suffix(3)
        #expect(tail.first == "=> [11, 10, 2]")
        #expect(tail.dropFirst().first == "=> 11")
        #expect(tail.last?.hasPrefix("!! E0302") == true, "ten values are kept")
        #expect(runner.events[1] == "=> null")
    }

    @Test func leadingPipeGoesOnWithTheLastValue() {
        var runner = ScriptRunner()
        for line in ["let xs = [3, 1, 2]", "| sort by it", "| take 2", "xs", "| sum", "| str"] {
            runner.run(line, as: .prompt)
        }
        #expect(runner.events == ["=> [1, 2]", "=> 3", "=> \"3\""])
    }

    @Test func leadingPipeNeedsAValue() {
        var runner = ScriptRunner()
        for line in ["| sum", "let x = 1", "if true { let y = 1 }", "| str", "missing", "| str"] {
            runner.run(line, as: .prompt)
        }
        #expect(runner.events.map { $0.prefix(8) } == ["!! E0210", "!! E0210", "!! E0302", "!! E0210"])
    }

    @Test func failedStatementBindsNothing() {
        var runner = ScriptRunner()
        for line in ["let a = 1", "let a = 1 // 0", "a", "let b = 1; let c = 1 // 0; let d = 2", "b", "c", "d"] {
            runner.run(line, as: .prompt)
        }
        #expect(
            runner.events.map { $0.prefix(8) } == [
                "!! R1001", "=> 1", "!! R1001", "=> 1", "!! E0302", "!! E0302",
            ])
    }

    @Test func functionOfAFailedStatementIsGoneWhenItsNamesAre() {
        var runner = ScriptRunner()
        for line in ["let k = 1 // 0; fn f() = k", "f()"] { runner.run(line, as: .prompt) }
        #expect(runner.events.map { $0.prefix(8) } == ["!! R1001", "!! E0302"])
    }

    @Test func unfinishedStatementIsNoError() {
        var runner = ScriptRunner()
        let isWhole = runner.run("for x in [1] {", as: .prompt)
        #expect(!isWhole)
        runner.run("for x in [1] {\n print(\"{x}\")\n}", as: .prompt)
        #expect(runner.events == [">> 1"])
    }

    // MARK: Params

    @Test func paramsTakeGivenValuesOrDefaults() {
        var runner = ScriptRunner()
        let text = "param n: int\nparam m: int = n * 2\nparam s: string? = null\nn + m\ns ?? \"-\""
        runner.run(text, parameters: ["n": .int(5)])
        runner.run(text, parameters: ["n": .int(5), "m": .int(1), "s": .string("x")])
        #expect(runner.events == ["=> 15", "=> \"-\"", "=> 6", "=> \"x\""])
    }

    @Test(
        arguments: [
            ([:], "!! E0604"), (["n": .int(1), "k": .int(1)], "!! E0606"), (["n": .string("1")], "!! E0605"),
        ] as [([String: Value], String)])
    func paramsAreChecked(_ values: [String: Value], _ code: String) {
        var runner = ScriptRunner()
        runner.run("param n: int \"how many\"\nprint(\"ran\")", parameters: values)
        #expect(runner.events.map { String($0.prefix(8)) } == [code])
    }

    // MARK: Modules

    private static func modules(_ texts: [String: String]) -> Interpreter.ModuleLoader {
        { path, _ in
            guard let text = texts[path] else {
                return .failure(Diagnostic(.moduleNotFound, "there is no module \(path)", at: nil))
            }
            return .success(SourceFile(name: path, text: text))
        }
    }

    @Test func modulesGiveFunctionsAndValues() {
        var runner = ScriptRunner(
            modules: Self.modules([
                "a.aud":
                    "use \"b.aud\" as b\nlet base = 10\nfn up(x) = b.double(x) + base + _hidden()\nfn _hidden() = 1",
                "b.aud": "fn double(x) = x * 2",
            ]))
        runner.run(
            "use \"a.aud\" as a\nuse \"b.aud\" as b\na.up(1)\na.base\nb.double(4)\n[1, 2] | map a.up(it)\n3 | a.up")
        #expect(runner.events == ["=> 13", "=> 10", "=> 8", "=> [13, 15]", "=> 17"])
    }

    @Test(arguments: [
        ("use \"none.aud\" as n", "!! E0601"), ("use \"loop.aud\" as l", "!! E0602"),
        ("use \"acts.aud\" as c", "!! E0603"), ("use \"ok.aud\" as o\no._private()", "!! E0302"),
        ("use \"ok.aud\" as o\no.nothing", "!! E0302"), ("use \"changes.aud\" as c", "!! E0503"),
        ("use \"ok.aud\" as o\no", "!! E0302"),
    ])
    func modulesAreRefused(_ text: String, _ code: String) {
        var runner = ScriptRunner(
            modules: Self.modules([
                "loop.aud": "use \"pool.aud\" as p", "pool.aud": "use \"loop.aud\" as l",
                "acts.aud": "print(\"x\")", "ok.aud": "fn _private() = 1\nfn public() = 2",
                "changes.aud": "let x = disable(\"aud_1\")",
            ]))
        runner.run(text)
        #expect(runner.events.map { String($0.prefix(8)) } == [code])
    }

    /// A module whose top level failed starts again at the next `use`; its names are not there before.
    @Test func moduleThatFailedStartsAgain() {
        var runner = ScriptRunner(
            modules: Self.modules(["m.aud": "let a = 1\nlet b = len(list(\"sp\"))\nfn f() = b"]))
        runner.workspace.failing = 2
        for line in ["use \"m.aud\" as m", "m.b", "use \"m.aud\" as m", "m.b + m.f()"] {
            runner.run(line, as: .prompt)
        }
        #expect(
            runner.events.filter { !$0.hasPrefix("??") }.map { $0.prefix(8) } == ["!! A2006", "!! E0302", "=> 50"])
    }

    // MARK: Hosts that call out of turn

    @Test func nothingRunsBeforeAStartOrAfterAnEnd() {
        let interpreter = Interpreter(now: 0)
        guard case .finished = interpreter.run() else {
            Issue.record("there is nothing to run")
            return
        }
        guard case .ready(let chunk, _) = interpreter.load(SourceFile(name: "t", text: "1 // 0\n2"), mode: .file) else {
            Issue.record("the text is well formed")
            return
        }
        #expect(interpreter.start(chunk).isEmpty)
        for _ in 1...2 {
            guard case .failed(let error) = interpreter.run() else {
                Issue.record("a text that failed fails again")
                return
            }
            #expect(error.code == .divisionByZero)
        }
        interpreter.abandon()
        guard case .finished = interpreter.run() else {
            Issue.record("the text was abandoned")
            return
        }
    }

    // MARK: Limits

    /// Whatever the limit of steps is, the script ends with that code and nothing else, or as without a limit.
    @Test func stepLimitEndsEverywhere() {
        let text = """
            fn f(n) = if n == 0 then 0 else f(n - 1)
            var total = 0
            for x in 1..5 { try { total += f(x) } catch e { print("caught") } }
            let kept = 1..20 | where it % 2 == 0 | sort by it desc | map it + f(2)
            total + (kept | sum)
            """
        var finished = 0
        for steps in 1...400 {
            var limits = Limits()
            limits.steps = steps
            var runner = ScriptRunner(limits: limits)
            runner.run(text)
            if runner.events == ["=> 110"] {
                finished += 1
            } else {
                #expect(runner.events.map { $0.prefix(8) } == ["!! L3001"], "steps \(steps)")
            }
        }
        #expect(finished > 0 && finished < 400)
    }

    @Test(arguments: [
        ("var xs = [1]\nwhile true { xs = [...xs, ...xs] }", "!! L3004"),
        ("var s = \"ab\"\nwhile true { s = s + s }", "!! L3005"),
        ("var s = \"ab\"\nwhile true { s = \"{s}{s}\" }", "!! L3005"),
        ("while true { let xs = 1..100 | map it }", "!! L3006"),
        ("var x = []\nwhile true { x = [x] }", "!! L3003"),
        ("var x = {}\nwhile true { x = {x: x} }", "!! L3003"),
        ("fn f(n) = f(n + 1)\nf(0)", "!! L3002"),
    ])
    func runawayScriptsEnd(_ text: String, _ code: String) {
        var limits = Limits()
        limits.listLength = 100_000
        limits.stringBytes = 100_000
        limits.allocation = 10_000_000
        var runner = ScriptRunner(limits: limits)
        runner.run(text)
        #expect(runner.events.map { String($0.prefix(8)) } == [code])
    }

    // MARK: Failed reads

    /// A script that goes on after a read failed has seen less than it asked for, and the interpreter says so.
    @Test(arguments: [
        ("try { let xs = list(\"sp\") } catch e { print(e.kind) }", 2, true),
        ("let n = try len(list(\"sp\")) else 0", 3, true),
        ("try { let a = get(\"aud_99\") } catch e { print(e.kind) }", 99, false),
        ("let xs = list(\"sp\")", 99, false),
        ("let go = try confirm(\"Go on?\") else false", 1, false),
    ])
    func caughtFailuresOfReadsAreKnown(_ text: String, _ failing: Int, _ isKnown: Bool) {
        var runner = ScriptRunner()
        runner.workspace.failing = failing
        runner.run(text)
        #expect(runner.interpreter.caughtFailedRead == isKnown)
        #expect(runner.events.allSatisfy { !$0.hasPrefix("!!") })
    }

    /// A failed read that nobody caught ends its own text, and says nothing of the next.
    @Test func failedReadsAreForgottenWithTheirText() {
        var runner = ScriptRunner()
        runner.workspace.failing = 1
        for line in ["list(\"sp\") | count", "try { fail \"x\" } catch e { print(e.message) }"] {
            runner.run(line, as: .prompt)
        }
        #expect(!runner.interpreter.caughtFailedRead)
        #expect(runner.events.last == ">> x")
    }

    /// Whatever fails while a page is read is the fault of the `list` that reads it; a null names its item.
    @Test func errorsOfListingsNameTheirPlace() {
        let interpreter = Interpreter(now: 0)
        func failure(_ text: String, _ answers: [Answer]) -> RuntimeError? {
            guard case .ready(let chunk, _) = interpreter.load(SourceFile(name: "t", text: text), mode: .file) else {
                return nil
            }
            guard interpreter.start(chunk).isEmpty else { return nil }
            var rest = answers[...]
            while true {
                switch interpreter.run() {
                case .paused: continue
                case .request: interpreter.answer(rest.popFirst() ?? .value(.null))
                case .finished: return nil
                case .failed(let error):
                    interpreter.abandon()
                    return error
                }
            }
        }
        let page = Answer.page([SmallWorkspace.audience(1), SmallWorkspace.audience(4)], next: nil)
        let refusal = Answer.failure(RuntimeError(.apiServer, .server, "no"))
        let server = failure("let a = 1\nlist(\"sp\") | where .enabled | count", [refusal])
        #expect(server?.span.flatMap { interpreter.sources[$0]?.text($0) } == "list(\"sp\")")
        let null = failure("list(\"sp\") | where .createdBy < \"b\"", [page])
        #expect(null?.label == "null for \"Spring promo 4\" (aud_4)")
        #expect(null?.stack.first?.item == "item 2 of 2: \"Spring promo 4\"")
    }

    /// A failed request at any place ends the script or goes to its handler, and never corrupts what comes after.
    @Test func anyRequestMayFail() {
        let text = """
            var seen = 0
            for a in list("sp") | where .enabled { try { let b = get(a.id); seen += 1 } catch e { seen += 100 } }
            list("sp") | where .status == "Failed" | disable
            """
        for failing in 1...25 {
            var runner = ScriptRunner()
            runner.workspace.failing = failing
            runner.run(text)
            runner.workspace.failing = nil
            runner.run("[1, 2, 3] | where it > 1 | sum", as: .prompt)
            #expect(runner.events.last == "=> 5", "request \(failing)")
            #expect(runner.events.filter { $0.hasPrefix("!!") }.count <= 2)
        }
    }
}
