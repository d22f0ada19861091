import AudLanguage
import Testing

/// Where an error says it is: at the operand that is null, with the item and the way that led there.
@Suite struct ErrorPlaceTests {
    /// What is underlined, and the words beside it.
    private func mark(_ text: String) -> String {
        let runner = ErrorCatcher(text)
        let error = runner.error
        guard let span = error?.span, let file = runner.interpreter.sources[span] else { return "no place" }
        return file.text(span) + (error?.label.map { " <- \($0)" } ?? "")
    }

    @Test(arguments: [
        ("1 + same(null) * 2", "same(null) <- null"), ("same(null) - 1", "same(null) <- null"),
        ("same(null) < 1", "same(null) <- null"), ("if 1 < same(null) { print(1) }", "same(null) <- null"),
        ("-same(null)", "same(null) <- null"), ("not same(null)", "same(null) <- null"),
        ("same([1])[same(null)]", "same(null) <- null"), ("same(null)[0]", "same(null) <- null"),
        ("same({a: null}).a.b", "same({a: null}).a <- null"), ("1..same(null)", "same(null) <- null"),
        ("\"a {1} {same(null)}\"", "same(null) <- null"), ("upper(same(null))", "same(null) <- null"),
        ("padStart(\"a\", same(null))", "same(null) <- null"), ("1 in same(null)", "same(null) <- null"),
        ("same(null) ~ /a/", "same(null) <- null"), ("[...same(null)]", "same(null) <- null"),
        ("[1] | where same(null)", "same(null) <- null"), ("true and same(null)", "same(null) <- null"),
        ("[same(null)] | map it + 1", "it <- null"), ("[{a: same(null)}] | map .a + 1", ".a <- null"),
    ])
    func theNullIsUnderlined(_ text: String, _ expected: String) {
        #expect(mark("fn same(x) = x\n\(text)") == expected, "\(text)")
    }

    /// The second example of the language's design, with the audiences of the tests.
    @Test func theItemAndTheWayAreShown() {
        let text = """
            let rank = {Live: 1}
            let all = list("sp") | take 12
            for a in all | where .enabled and rank[.status] < 100 { disable(a) }
            """
        let runner = ErrorCatcher(text, name: "loop.aud")
        #expect(
            runner.rendered == """
                error[R1004]: cannot compare null with 100 using `<`
                   --> loop.aud:3:35
                    |
                  3 | for a in all | where .enabled and rank[.status] < 100 { disable(a) }
                    |                                   ^^^^^^^^^^^^^ null for "test 0" (aud_0)
                help: say what a missing value means, for example `(rank[.status] ?? 0) < 100`
                stack:
                  loop.aud:3   in where          item 1 of 12: "test 0"
                  loop.aud:3   in script

                """)
    }

    /// Every kind of code that runs for an item names the item, from inside functions and built-ins too.
    @Test(arguments: [
        ("xs | where bad(.n) > 0", "in where"), ("xs | map bad(.n)", "in map"), ("xs | select a: bad(.n)", "in select"),
        ("xs | sort by bad(.n)", "in sort"), ("xs | group by bad(.n)", "in group"),
        ("xs | unique by bad(.n)", "in unique"), ("xs | sum bad(.n)", "in sum"),
        ("xs | each x { bad(x.n) }", "in each"), ("for x in xs { bad(x.n) }", "in for"),
        ("let f = x => bad(x.n)\nfor x in xs { f(x) }", "in for"), ("xs | with a: bad(.n)", "in with"),
        ("fn g(x) { return bad(x.n) }\nxs | map g(it)", "in map"),
    ])
    func theItemIsNamed(_ text: String, _ label: String) {
        let runner = ErrorCatcher("let xs = [{n: 1}, {n: 0}]\nfn bad(n) = 1 // n\n\(text)")
        let stack = runner.error?.stack ?? []
        let items = stack.compactMap(\.item)
        #expect(items.contains("item 2 of 2: {n: 0}"), "\(text): \(stack.map { ($0.label, $0.item ?? "-") })")
        #expect(stack.first?.label == "in bad" && stack.last?.label == "in script", "\(text)")
        #expect(stack.first { $0.item == "item 2 of 2: {n: 0}" }?.label == label, "\(text)")
    }

    /// The tests of `any` and others are called from the language's own code, which stands where that was called.
    @Test func functionsGivenToBuiltinsAreInTheStack() {
        let runner = ErrorCatcher("fn bad(n) = 1 // n\nany([1, 0], x => bad(x) > 5)")
        #expect(runner.error?.stack.map(\.label) == ["in bad", "in =>", "in any", "in script"])
        #expect(runner.error?.stack[2].item == "item 2 of 2: 0")
    }

    /// The message and the stack count items alike.
    @Test func itemsAreCountedFromOne() {
        let nested = ErrorCatcher("[[1, 2], [3, [4]]] | map (it | sum)").error
        #expect(nested?.message.contains("item 2 is [4]") == true, "\(String(describing: nested))")
        #expect(nested?.stack.first?.item == "item 2 of 2: [4]")
        #expect(ErrorCatcher("fn f(x) = sum(x)\nf(\"a\")").error?.message.contains("not \"a\" (string) alone") == true)
        let row = ErrorCatcher("fn f(xs) = csv(xs)\nf([1])").error
        #expect(row?.message.hasSuffix("item 1 is 1 (int)") == true)
        #expect(row?.help?.contains("\\n") == true && row?.help?.contains("\n") == false)
    }

    /// Keys are compared when the loop over the items is over.
    @Test func aKeyThatCannotBeComparedNamesItsItem() {
        let error = ErrorCatcher("list(\"sp\") | take 3 | sort by (if .enabled then 1 else .name)").error
        #expect(error?.label == "item 2 of 3: \"Spring promo 1\"")
        guard case .record(let item)? = error?.item else { return #expect(Bool(false)) }
        #expect(item["id"] == "aud_1")
    }

    /// A run that is stopped while it computes says where it was, like one that reaches a limit of the machine.
    @Test func theSignalStopsAtAPlace() {
        let text = "let xs = 1..3\nfor x in xs {\n  var n = 0\n  while true { n += x }\n}"
        let interpreter = Interpreter(now: 0)
        guard case .ready(let chunk, _) = interpreter.load(SourceFile(name: "t.aud", text: text), mode: .file),
            interpreter.start(chunk).isEmpty, case .paused = interpreter.run(fuel: 500)
        else { return #expect(Bool(false)) }
        interpreter.stopSignal.raise()
        guard case .failed(let error) = interpreter.run(fuel: 500) else { return #expect(Bool(false)) }
        #expect(error.code == .cancelled && error.kind == .cancelled)
        #expect(error.span.flatMap { span in interpreter.sources[span].map { $0.line(at: span.start) } } == 4)
        #expect(error.stack.first?.item == "item 1 of 3: 1" && error.stack.last?.label == "in script")
    }

    /// A function that calls itself does not hide where it was called from.
    @Test func longStacksShowTheirEnds() {
        let same = ErrorCatcher("fn deep(n) = if n == 0 then 1 // n else deep(n - 1)\ndeep(400)")
        #expect(same.error?.stack.map(\.label) == ["in deep", "in deep (400 times)", "in script"])
        let functions = (0..<60).map { "fn f\($0)(n) = f\($0 + 1)(n)" }.joined(separator: "\n")
        let many = ErrorCatcher("\(functions)\nfn f60(n) = 1 // n\nf0(0)")
        let labels = many.error?.stack.map(\.label) ?? []
        #expect(labels.count == 20 && labels[12] == "… 43 more")
        #expect(labels.first == "in f60" && labels.suffix(2) == ["in f0", "in script"])
    }

    @Test func theStackGoesThroughModules() {
        let modules: Interpreter.ModuleLoader = { path, _ in
            .success(SourceFile(name: "lib/\(path)", text: "fn ratio(r) {\n  return r.a / r.b\n}"))
        }
        let runner = ErrorCatcher(
            "use \"m.aud\" as m\n[{a: 1, b: 0}] | map m.ratio(it)", name: "main.aud", modules: modules)
        #expect(
            runner.rendered == """
                error[R1001]: cannot divide 1 by zero with `/`
                   --> lib/m.aud:2:10
                    |
                  2 |   return r.a / r.b
                    |          ^^^^^^^^^
                help: test the divisor first, for example `if n == 0 then 0 else x / n`
                stack:
                  lib/m.aud:2   in ratio
                  main.aud:2    in map            item 1 of 1: {a: 1, b: 0}
                  main.aud:2    in script

                """)
    }

    /// Of a listing that is still being read the length is not known.
    @Test func theTotalIsToldOnlyWhenItIsKnown() {
        let lazy = ErrorCatcher("list(\"sp\") | map 1 // (len(.name) - 6)")
        #expect(lazy.error?.stack.first?.item == "item 1 of 25: \"test 0\"")
    }
}

/// The error that a text ends with.
private struct ErrorCatcher {
    let interpreter: Interpreter
    private(set) var error: RuntimeError?

    init(_ text: String, name: String = "test.aud", modules: Interpreter.ModuleLoader? = nil) {
        var runner = ScriptRunner(modules: modules)
        runner.name = name
        runner.run(text)
        interpreter = runner.interpreter
        error = runner.failure
    }

    var rendered: String {
        error.map { DiagnosticRenderer(sources: interpreter.sources, width: 120).render($0.diagnostic) } ?? ""
    }
}
