import AudLanguage
import Testing

/// Statements, stages, and where a newline ends them.
@Suite struct StatementTests {
    @Test(arguments: [
        (#"use "lib/x.aud" as x"#, #"(use "lib/x.aud" x)"#),
        (#"param days: int = 90 "how long""#, #"(param days int 90 "how long")"#),
        ("param xs: list<list<string>?>= []", "(param xs list<list<string>?> (list))"),
        ("param f: fn?", "(param f fn?)"),
        ("fn f(a, b: int = 1,) { return a }", "(fn f (a b:int=1) {(return a)})"),
        ("fn f() = xs | count", "(fn f () {(return (| xs (count)))})"),
        ("let x = 1", "(let x 1)"),
        ("let {a, b} = r", "(let {a b} r)"),
        ("var x = 1; x += 2; x = x | f", "(var x 1) (+= x 2) (= x (| x (call f)))"),
        ("for a in xs | where .b { f(a) }", "(for a (| xs (where (get . b))) {(call f a)})"),
        ("for {key, items} in f({a: 1}) { }", "(for {key items} (call f (record a:1)) {})"),
        ("while x < 3 { break; continue }", "(while (< x 3) {(break) (continue)})"),
        ("if a { f() } else if b { g() } else { h() }", "(if a {(call f)} {(if b {(call g)} {(call h)})})"),
        ("if a then b else c | f", "(| (if a b c) (call f))"),
        ("try { f() } catch e { fail e.message }", "(try {(call f)} e {(fail (get e message))})"),
        ("try f() else null", "(try (call f) null)"),
        ("fn f() { return }", "(fn f () {(return)})"),
        ("{a: 1}", "(record a:1)"),
        ("param", "param"), ("param.x", "(get param x)"), ("param = 3", "(= param 3)"),
    ])
    func statements(_ source: String, _ expected: String) {
        #expect(tree(source) == expected)
    }

    @Test(arguments: [
        ("where .a", "(where (get . a))"), ("map {a: .b}", "(map (record a:(get . b)))"),
        (#"select "a b": .c, '{d}': 1"#, "(select a b:(get . c) {d}:1)"),
        ("select .a, b: .c.d, .e?.f, in: 1", "(select (get . a) b:(get (get . c) d) <(get? (get . e) f)> in:1)"),
        ("with idle: now() - .updatedAt", "(with idle:(- (call now) (get . updatedAt)))"),
        ("sort by .a desc, .b asc, .c", "(sort (get . a):desc (get . b) (get . c))"),
        ("group by .a, .b", "(group (get . a) (get . b))"),
        ("unique", "(unique)"), ("unique by .a", "(unique (get . a))"),
        ("take 5", "(take 5)"), ("skip n - 1", "(skip (- n 1))"), ("at most 50", "(at-most 50)"),
        ("first", "(first)"), ("first 3", "(first 3)"), ("last (-1)", "(last -1)"),
        ("count", "(count)"), ("flatten", "(flatten)"), ("reverse", "(reverse)"),
        ("sum", "(sum)"), ("avg .n", "(avg (get . n))"), ("min", "(min)"), ("max .n * 2", "(max (* (get . n) 2))"),
        ("each a { f(a) }", "(each a {(call f a)})"), ("each {a, b} { f(a) }", "(each {a b} {(call f a)})"),
        ("disable", "(disable)"), ("disable(space: s) on error continue", "(disable! space:s)"),
        ("enable on error stop", "(enable)"), ("remove", "(remove)"),
        ("update {name: \"x\"} on error continue", "(update! (record name:\"x\"))"), ("create", "(create)"),
        ("f", "(call f)"), ("f(1, a: 2)", "(call f 1 a:2)"), ("m.f(1)", "(call (get m f) 1)"),
        ("filter(f)", "(call filter f)"), ("order", "(call order)"),
    ])
    func stages(_ source: String, _ expected: String) {
        #expect(tree("xs | \(source)") == "(| xs \(expected))")
        #expect(tree("xs | \(source) | count") == "(| xs \(expected) (count))")
        #expect(tree("xs |\n\(source)\n| count") == "(| xs \(expected) (count))")
    }

    @Test(arguments: [
        ("a\n- b", "a (- b)"),
        ("a -\nb", "(- a b)"),
        ("f(a\n- b\n)", "(call f (- a b))"),
        ("[1,\n2\n]", "(list 1 2)"),
        ("a\n(b)\n[1]", "a b (list 1)"),
        ("let\nx\n=\n1", "(let x 1)"),
        ("f(x => {\n a()\n b()\n})", "(call f (=> (x) {(call a) (call b)}))"),
        ("fn f() { return\n g() }", "(fn f () {(return) (call g)})"),
        ("a;b;;c;", "a b c"),
        ("xs\n\n# comment\n| count", "(| xs (count))"),
        ("a\r\nb\r\n", "a b"),
        ("#!/usr/bin/env aud\n1", "1"),
        ("\u{FEFF}1", "1"),
        ("xs | first\nf()", "(| xs (first)) (call f)"),
    ])
    func aNewlineEndsAStatementWhereItMay(_ source: String, _ expected: String) {
        #expect(tree(source) == expected)
    }

    @Test(arguments: [
        ("a\nand b\nor c", "(or (and a b) c)"),
        ("a\n?? b\n?.c", "(?? a <(get? b c)>)"),
        ("if a { }\nelse { }", "(if a {} {})"),
        ("if a\nthen b\nelse c", "(if a b c)"),
        ("try { }\ncatch e { }", "(try {} e {})"),
        ("try a\nelse b", "(try a b)"),
    ])
    func inFilesSomeWordsGoOnWithTheLineAbove(_ source: String, _ expected: String) {
        #expect(tree(source) == expected)
    }

    @Test func atAPromptOnlyABarGoesOn() {
        #expect(tree("xs\n| count", mode: .prompt) == "(| xs (count))")
        #expect(tree("| where .a | count", mode: .prompt) == "(resume (where (get . a)) (count))")
        #expect(errorLines("a\nor b", mode: .prompt) == ["2 E0201"])
        #expect(errorLines("if a { }\nelse { }", mode: .prompt) == ["2 E0201"])
        #expect(tree("if a {\nif b { }\nelse { }\n}", mode: .prompt) == "(if a {(if b {} {})})")
        #expect(tree("try { }\ncatch e { }", mode: .prompt) == "(try {} e {})")
    }

    @Test func docCommentsBelongToWhatFollows() throws {
        let result = parse(
            """
            #!/usr/bin/env aud
            ## Cleans up.
            ##
            ## Slowly.

            ## Which one.
            param space: string
            ## Not this one.
            param days: int = 3 "how long"

            ## Does it.
            ## Well.
            fn f() { }
            ## Apart.

            fn g() { }
            """)
        #expect(result.diagnostics.isEmpty)
        #expect(result.help == "Cleans up.\n\nSlowly.")
        var helps: [String?] = []
        for statement in result.statements {
            if case .param(let param) = statement.kind { helps.append(param.help) }
            if case .function(let function) = statement.kind { helps.append(function.help) }
        }
        #expect(helps == ["Which one.", "how long", "Does it.\nWell.", nil])
        #expect(parse("## Of the function.\nfn f() { }").help == nil)
        #expect(parse("# plain\n## Head.\nparam x: int").help == "Head.")
        #expect(parse("f()\n## Late.").help == nil)
    }
}
