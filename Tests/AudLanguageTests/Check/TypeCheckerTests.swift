import AudLanguage
import Testing

/// How the checker speaks, and what it knows from text to text.
@Suite struct TypeCheckerTests {
    /// The first example of the language's design, letter by letter.
    @Test func unknownFieldIsShownAsTheDesignSays() {
        let text = """
            ## Disable what nobody has touched for a while.
            param space: string = "prod"
            param days: int = 90

            list(space)
              | where .enabeld and .updatedAt < ago(days * 1d)
            """
        let checked = Checked(text, name: "stale.aud")
        let renderer = DiagnosticRenderer(sources: checked.sources, width: 120)
        #expect(
            renderer.render(checked.diagnostics) == """
                error[E0301]: there is no field `.enabeld` on an audience
                   --> stale.aud:6:11
                    |
                  6 |   | where .enabeld and .updatedAt < ago(days * 1d)
                    |           ^^^^^^^^ unknown field
                    |
                help: did you mean `.enabled`?
                note: fields: id, spaceId, name, description, key, enabled, definition, status, …

                """)
    }

    @Test func allErrorsOfATextAreFoundTogether() {
        let lines = (0..<9_000).map { "let v\($0) = \($0) + 1" }
        let text = "let a = missing + 1\n" + lines.joined(separator: "\n") + "\nlist(\"p\") | map .nmae"
        let found = Checked(text)
        #expect(found.codes == [.unknownName, .unknownField])
        #expect(found.messages.map(\.line) == [1, 9_002])
    }

    /// What cannot be read hides nothing further down, whatever pass finds it.
    @Test func aSyntaxErrorHidesNoOtherErrors() {
        let lines = (0..<9_000).map { "let v\($0) = \($0) + 1" }
        let text =
            "let a = (1 +\nlet rows = list(\"p\") | count\n" + lines.joined(separator: "\n")
            + "\nlist(\"p\") | map .nmae\nlenn(1)\nlen(1, 2)"
        let found = Checked(text)
        #expect(found.codes == [.unexpectedToken, .unknownField, .unknownName, .wrongArguments])
        #expect(found.messages.map(\.line) == [2, 9_003, 9_004, 9_005])
    }

    /// Nor does it in the very next line.
    @Test(arguments: ["let a = )", "let a = 1 +)", "let s = \"open", "print(1))", "let t = 5m", "let = 1"])
    func aSyntaxErrorDoesNotHideTheNextLine(_ broken: String) {
        let found = Checked("let rows = [1]\n\(broken)\n  \nrows | map it.b\nrows.c")
        #expect(found.codes.dropFirst(found.codes.count - 2) == [.unknownField, .unknownField], "\(found.messages)")
        #expect(found.codes.count > 2 && found.messages.suffix(2).map(\.line) == [4, 5], "\(found.messages)")
    }

    /// A block that is never closed, in a text that is not indented, takes nothing along either.
    @Test(arguments: [
        "if true {", "for x in [1] {", "fn f(a) {", "try {", "[1] | each x {", "find([1], x => {",
        "while 1 < 2 {\nif true {",
    ])
    func anUnclosedBlockHidesNothing(_ open: String) {
        let lines = (0..<200).map { "let v\($0) = \($0) + 1" }.joined(separator: "\n")
        let found = Checked(
            "let p = [1]\n\(open)\n\(lines)\nprint(nope)\nprint(list(\"p\") | map .nmae)\nfn g(q) = q\ng(1, 2)\nbreak")
        #expect(found.codes == [.unexpectedToken, .unknownName, .unknownField, .wrongArguments], "\(found.messages)")
        #expect(found.messages.first?.line ?? 0 < 4)
    }

    /// Nor what a statement means that stands by itself.
    @Test(arguments: [
        ("break", Code.misplacedStatement), ("return 5", .misplacedStatement), ("let v = 1\nv = 2", .notAVariable),
        ("var v = 1\nfn g() = v\nprint(g())", .capturedVariable), ("let v = 1\nlet v = 2", .alreadyDefined),
        ("print(v)\nlet v = 1", .usedBeforeDefinition), ("len = 4", .notAVariable),
        ("fn v(a) = a\nv(1, 2)", .wrongArguments),
    ])
    func aSyntaxErrorHidesNoMisplacedStatement(_ text: String, _ code: Code) {
        for broken in ["print(\"\\q\")", "let q = )", "let q = “x”"] {
            let found = Checked("\(broken)\n\(text)")
            #expect(found.codes.last == code && found.codes.count == 2, "\(found.messages)")
        }
        // Which names a lost line binds, and where its blocks end, is not known.
        #expect(Checked("let v = )\n\(text)").codes.count == (text.contains("v") ? 1 : 2))
        #expect(!Checked("for x in [1] where {\n\(text)\n}").codes.contains(.misplacedStatement))
    }

    /// What depends on a statement that could not be read is not held against the rest.
    @Test(arguments: [
        "let a = (1 +\nlet b = a + \"x\"\nb.c", "fn f(x, = 1\nf(1, 2, 3)",
        "for x in [1] where {\n  print(x.y)\n  break\n}",
        "let a = \"text; let b = 2\nb + 1",
        "let d = get(\"x\")\nif d.definition != null and {\n  d.definition.query\n}",
        "var n = )\nn = 2\nn += 1", "fn f(a, b) {\n  return a + )\n}\nf(1, 2) + f(3, 4)", "let t = 5m\nago(t)",
        "if 1 == @2026-02-30 { t }",
        "while true\n  break\nprint(1)", "[1] | each x\n  continue", "if true\n  let y = 1\nlet y = 2\nprint(y)",
        "fn f() = (\nvar t = 1\n  return t\nt = 2", "let xs = [1]\n  | where )\n  | where it\n  | sort by it",
        "let a = 1 +)\n  and true\n  or false",
        "let n = 5\nfn g() {\n  let n = \"x\" +\n  return n + \"y\"\n}\nprint(g())",
    ])
    func whatIsLostGivesNoFurtherErrors(_ text: String) {
        let codes = Checked(text).codes.map(\.rawValue)
        #expect(
            !codes.isEmpty && codes.allSatisfy { $0.hasPrefix("E01") || $0.hasPrefix("E02") },
            "\(Checked(text).messages)")
    }

    @Test func atMostTwentyErrorsAreReported() {
        let text = String(repeating: "print(1 + \"a\")\n", count: 50)
        #expect(Checked(text).messages.map(\.line) == Array(1...20))
    }

    /// A name that cannot be resolved, or whose value has an error, can be anything.
    @Test(arguments: [
        "let x = missing\nprint(x + 1, x.foo, x | map .y)", "let x = 1 + \"a\"\nprint(x.foo, x[0], -x, not x)",
        "fn f(a) = a.b + 1 + \"x\" + 2d\nfn g() = missing\nprint(f({b: 1}) + g().h)",
        "print((list(\"p\") | map .nmae | where .x.y | sum) + 1)", "let y = (5 | where it > 1)\nprint(y | map .x)",
        "let {a} = 5\nprint(a.b.c + 1)", "print(5(1).x + 1)",
    ])
    func oneMistakeGivesOneMessage(_ text: String) {
        let lines = Checked(text).messages.map(\.line)
        #expect(Set(lines).count == lines.count && !lines.isEmpty, "\(Checked(text).messages)")
    }

    @Test(arguments: [
        "total = 0\nfor a in [1] {\n  total = total + a\n}\nprint(total)",
        "list(\"p\") | where len(.name > 3)", "list(\"p\") | where len(.nme > 3)", "list(\"p\") | where disable(it)",
    ])
    func oneMistakeGivesOneMessageInAll(_ text: String) {
        #expect(Checked(text).messages.count == 1, "\(Checked(text).messages)")
    }

    @Test func aModuleThatNothingUsesIsTold() {
        let module = EffectReportTests.module
        func told(_ text: String) -> [String] { Checked(text, modules: module).messages.map(\.text) }
        #expect(told("use \"m.aud\" as m\nuse \"n.aud\" as n\nn.retire(\"a\")").count == 1)
        #expect(told("use \"m.aud\" as m\nprint(1)")[0].contains("~~ W9002 the module `m` is never used"))
        #expect(told("use \"m.aud\" as _m\nprint(1)").isEmpty)
        #expect(told("use \"m.aud\" as m\nfn f(a) { m.retire(a) }\n").isEmpty)
        #expect(told("use \"m.aud\" as m\nlist() | take 2 | m.drop").isEmpty)
        #expect(told("use \"m.aud\" as m\nm._retire(1)")[0].contains("has no `_retire`"))
    }

    // MARK: At a prompt

    @Test func typesOfNamesStay() {
        var runner = ScriptRunner()
        for line in [
            "let r = {a: 1}", "r.b", "fn f(x: int) = \"{x}\"", "f(1) + 1", "f(\"a\")", "let r = {b: 2}", "r.b", "[r]",
            "_ | map .c", "| map .b",
        ] {
            runner.run(line, as: .prompt)
        }
        #expect(
            runner.events.map { $0.prefix(8) } == [
                "!! E0301", "!! E0402", "!! E0406", "=> 2", "=> [{b: ", "!! R1005", "!! E0210",
            ])
    }

    @Test func effectsOfEarlierFunctionsAreKnown() {
        var runner = ScriptRunner()
        for line in ["fn off(a) { disable(a); return true }", "[\"aud_1\"] | where off(it)"] {
            runner.run(line, as: .prompt)
        }
        #expect(runner.events == ["!! E0503 `where` must not change anything, and `off` does"])
    }

    /// What a prompt or a paste binds may be used by the next line.
    @Test func namesOfAPromptAreNotUnused() {
        #expect(Checked("let x = 1", name: "prompt:1").codes == [])
        #expect(Checked("let x = 1").codes == [.unusedName])
        #expect(Checked("fn f() { let x = 1 }", name: "prompt:1").codes == [.unusedName])
    }

    // MARK: Modules

    /// What a refused module would have had is not held against the script as well.
    @Test func aRefusedModuleGivesOneMessage() {
        let modules: Interpreter.ModuleLoader = { path, _ in
            switch path {
            case "circle.aud": .success(SourceFile(name: path, text: "use \"circle.aud\" as c\nfn one() = c.two()"))
            case "broken.aud": .success(SourceFile(name: path, text: "fn one( = 1"))
            case "loud.aud": .success(SourceFile(name: path, text: "print(1)"))
            default: .failure(Diagnostic(.moduleNotFound, "there is no module \(path)", at: nil))
            }
        }
        let uses = "print(m.one(1, 2), m.other, [1] | map m.one(it))\n[1] | m.two\nm.one() + 1"
        #expect(Checked("use \"circle.aud\" as m\nm.one()", modules: modules).codes == [.moduleCycle])
        for (path, code) in [
            ("broken.aud", Code.unexpectedToken), ("loud.aud", .moduleContent), ("gone.aud", .moduleNotFound),
        ] {
            #expect(Checked("use \"\(path)\" as m\n\(uses)", modules: modules).codes == [code])
        }
    }

    /// All errors of a module are told, and its private names are nobody else's.
    @Test func modulesTellAllTheirErrors() {
        let modules: Interpreter.ModuleLoader = { path, _ in
            let text =
                path == "own.aud" ? "fn _own() = 1\nlet _n = 2\nfn open() = _own() + _n" : "print(1)\nfn f( = 1\nif"
            return .success(SourceFile(name: path, text: text))
        }
        let found = Checked("use \"bad.aud\" as b\nb.f(1)\nlenn(1)", modules: modules).codes
        #expect(found == [.unknownName, .moduleContent, .unexpectedToken, .unexpectedToken])
        #expect(Checked("use \"own.aud\" as o\no.open()", modules: modules).codes == [])
        #expect(
            Checked("use \"own.aud\" as o\no._own()\no._n", modules: modules).codes == [.unknownName, .unknownName])
    }

    @Test func namesOfModulesAreNamesLikeOthers() {
        let modules: Interpreter.ModuleLoader = { path, _ in .success(SourceFile(name: path, text: "fn one() = 1")) }
        func codes(_ text: String) -> [Code] { Checked(text, modules: modules).codes }
        #expect(codes("use \"a.aud\" as list\nlist.one()") == [.reservedName])
        #expect(codes("use \"a.aud\" as m\nuse \"b.aud\" as m\nm.one()") == [.alreadyDefined])
        #expect(codes("use \"a.aud\" as date\ndate.one()") == [.shadowedBuiltin])
        #expect(codes("use \"a.aud\" as m\nlet m = 1\nprint(m)") == [.alreadyDefined])
    }

    @Test func modulesAreCheckedWithTheScript() {
        let modules: Interpreter.ModuleLoader = { path, _ in
            let texts = [
                "bad.aud": "fn f(a: audience) = a.nmae", "acts.aud": "fn f(a) { disable(a) }\nlet x = f(\"aud_1\")",
                "good.aud": "let limit = 5\nfn double(x: int) = x * 2",
            ]
            return .success(SourceFile(name: path, text: texts[path] ?? ""))
        }
        #expect(Checked("use \"bad.aud\" as b\nb.f(1)", modules: modules).codes == [.wrongArgument, .unknownField])
        #expect(Checked("use \"acts.aud\" as a\na.f(\"x\")", modules: modules).codes == [.impureCode])
        #expect(Checked("use \"good.aud\" as g\ng.double(g.limit)", modules: modules).codes == [])
        #expect(Checked("use \"good.aud\" as g\ng.double(g.limit) + \"a\"", modules: modules).codes == [.wrongOperand])
    }
}
