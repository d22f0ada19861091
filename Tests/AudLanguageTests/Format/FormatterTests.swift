import Testing

@testable import AudLanguage

/// The layout, form by form: what is written on the left becomes what stands on the right.
@Suite struct FormatterTests {
    @Test(arguments: [
        ("use   'lib/x.aud'as x", "use 'lib/x.aud' as x"),
        ("param days:int=90   'how long'", "param days: int = 90 'how long'"),
        ("param a : list < string > ? = [ ]", "param a: list<string>? = []"),
        ("param a: list<string>= []", "param a: list<string> = []"),
        ("fn area( w:int,h : int?=null, )=w*h", "fn area(w: int, h: int? = null,) = w * h"),
        ("fn f( ){ }", "fn f() {}"),
        ("let x=1;var y=2", "let x = 1\nvar y = 2"),
        ("let {a,b}=r", "let {a, b} = r"),
        ("x+=1", "x += 1"),
        ("for  x in xs{f(x)}", "for x in xs { f(x) }"),
        ("while a<b{a+=1}", "while a < b { a += 1 }"),
        ("if a{f()}else if b{g()}\nelse{h()}", "if a { f() } else if b { g() } else { h() }"),
        ("try{f()}\ncatch e{g(e)}", "try { f() } catch e { g(e) }"),
        ("fn f() {return}", "fn f() { return }"),
        ("fail  'no'", "fail 'no'"),
        ("f(1);;g()", "f(1)\ng()"),
        ("let a = b; /x/ ~ a", "let a = b;\n/x/ ~ a"),
    ])
    func statements(_ source: String, _ expected: String) { check(source, expected) }

    @Test(arguments: [
        ("xs|where .a", "xs | where .a"), ("xs|map(.a)", "xs | map (.a)"), ("xs|map -1", "xs | map -1"),
        ("xs|select .a,n:.b", "xs | select .a, n: .b"), ("xs|with in:1", "xs | with in: 1"),
        (#"xs|select "a b":.c"#, #"xs | select "a b": .c"#),
        ("xs|sort by .a desc,-.b", "xs | sort by .a desc, -.b"), ("xs|group by .a,.b", "xs | group by .a, .b"),
        ("xs|unique|unique by(.a)", "xs | unique | unique by (.a)"), ("xs|take 5|skip(2)", "xs | take 5 | skip (2)"),
        ("xs|first|last(-1)", "xs | first | last (-1)"), ("xs|at most(50)", "xs | at most (50)"),
        ("xs|count", "xs | count"), ("xs|flatten|reverse", "xs | flatten | reverse"),
        ("xs|sum .n|max", "xs | sum .n | max"), ("xs|each{a,b}{f(a)}", "xs | each {a, b} { f(a) }"),
        ("xs|disable (space:'s')on error continue", "xs | disable(space: 's') on error continue"),
        ("xs|update{name:'a'}", "xs | update {name: 'a'}"), ("xs|create", "xs | create"),
        ("xs|m . f (1)", "xs | m.f(1)"), ("xs|f", "xs | f"),
        ("xs |\n f |\n g", "xs\n  | f\n  | g"), ("xs\n| f | g", "xs\n  | f\n  | g"),
        ("let a = (xs\n| f)", "let a = (xs\n  | f)"),
    ])
    func stages(_ source: String, _ expected: String) { check(source, expected) }

    @Test(arguments: [
        ("1+2*-3", "1 + 2 * -3"), ("- -a", "- -a"), ("a - -b", "a - -b"), ("a-b", "a - b"), ("(a)-b", "(a) - b"),
        ("x.in -1", "x.in - 1"), ("not(a and b)", "not (a and b)"), ("a not  in b", "a not in b"),
        ("a??b", "a ?? b"), ("1 .. n", "1..n"), ("1 ..< n+1", "1..<n + 1"), ("a.. -1", "a .. -1"),
        ("1 .. .a", "1 .. .a"),
        ("a ~/x/i", "a ~ /x/i"), ("a?. b . c", "a?.b.c"), ("f (1) [ 0 ] (2)", "f(1)[0](2)"), (".a", ".a"),
        ("it . a", "it.a"), ("5 .abs", "5 .abs"), ("{a:1,'b c':2,...r,n}", "{a: 1, 'b c': 2, ...r, n}"),
        ("[ 1,... xs , ]", "[1, ...xs,]"), ("x=>x+1", "x => x + 1"), ("( a,b )=>a", "(a, b) => a"),
        ("()=>{return 1}", "() => { return 1 }"), ("if a then b else c", "if a then b else c"),
        ("try a else b", "try a else b"), ("(((a)))", "(((a)))"), ("1_000", "1_000"), ("1.5E-1", "1.5E-1"),
        ("1h30min", "1h30min"), ("@2026-01-31T09:00:00.250+02:00", "@2026-01-31T09:00:00.250+02:00"),
        ("'it''s'", "'it''s'"), (#""a{ x+1 }\u{e9}""#, #""a{ x+1 }\u{e9}""#),
        ("\"\"\"a  \n  {x # c\n}\"\"\"", "\"\"\"a  \n  {x # c\n}\"\"\""), ("a ~ /[/]  x/U", "a ~ /[/]  x/U"),
    ])
    func expressions(_ source: String, _ expected: String) { check(source, expected) }

    @Test(arguments: [
        ("#!/usr/bin/env aud  \nf()", "#!/usr/bin/env aud\nf()"),
        ("\n\n# a\n\n\n\n# b\nf() # c\n\n\n", "# a\n\n# b\nf()  # c"),
        ("## doc\n fn f() { ## x\n # y\n a() }", "## doc\nfn f() {  ## x\n  # y\n  a()\n}"),
        ("if a {\n\n f()\n # end\n\n}", "if a {\n  f()\n  # end\n}"),
        ("xs | # why\n where .a", "xs  # why\n  | where .a"),
        ("xs\n| # why\n where .a", "xs\n  # why\n  | where .a"),
        ("f( # one\n1, # two\n2)", "f(  # one\n  1,  # two\n  2\n)"),
        ("if a {}\n# c\nelse {}", "if a {}\n# c\nelse {}"),
        ("if a # c\n{ f() }", "if a  # c\n{ f() }"),
        ("f() # end\r\ng()\r\n", "f()  # end\ng()"),
        ("# only", "# only"), ("", ""), ("\n \n", ""),
    ])
    func comments(_ source: String, _ expected: String) { check(source, expected) }

    @Test(arguments: [
        ("let x =\n1 +\n2\nf()", "let x =\n  1 +\n  2\nf()"),
        ("a\nor b\n  and c", "a\n  or b\n  and c"),
        ("f({\na:1,\nb:2})", "f({\n  a: 1,\n  b: 2\n})"),
        ("f(1, x => {\ng()\nh() })", "f(1, x => {\n  g()\n  h()\n})"),
        ("xs\n| each a {\nf() }\n| g", "xs\n  | each a {\n    f()\n  }\n  | g"),
        ("for a in xs\n| f {\n g(a) }", "for a in xs\n  | f\n{\n  g(a)\n}"),
        ("if a\nor b {\n c() } else {\n d() }", "if a\n  or b\n{\n  c()\n} else {\n  d()\n}"),
        ("xs\n| select .a,\n.b", "xs\n  | select .a,\n    .b"),
        ("if a { f(); g() } else { h() }", "if a {\n  f()\n  g()\n} else {\n  h()\n}"),
        ("f(\n)", "f()"), ("[\n1, 2,\n3]", "[\n  1, 2,\n  3\n]"),
    ])
    func lines(_ source: String, _ expected: String) { check(source, expected) }

    /// A line has at most 100 columns: the outermost group that holds it is broken, and no more than that.
    @Test func longLines() {
        let long = String(repeating: "a", count: 38)
        let tight = "list(\(long)) | where .\(long) | f(12)"
        #expect(tight.utf8.count == 100)
        check(tight, tight)
        check(tight + "  # and a comment does not count", tight + "  # and a comment does not count")
        check("list(\(long)) | where .\(long) | f(123)", "list(\(long))\n  | where .\(long)\n  | f(123)")
        check(
            "for x in \(long) | where .\(long) { disable(x) }",
            "for x in \(long) | where .\(long) {\n  disable(x)\n}")
        check(
            "for x in \(long) | where .\(long) | sort by .b { f(x) }",
            "for x in \(long)\n  | where .\(long)\n  | sort by .b\n{\n  f(x)\n}")
        check(
            "if \(long) { f(\(long)) } else { g(\(long)) }",
            "if \(long) {\n  f(\(long))\n} else {\n  g(\(long))\n}")
        check("f(\(long), [1, 2], k: \(long), [3])", "f(\(long), [1, 2], k: \(long), [3])")
        check(
            "f(\(long), [1, 2], k: \(long), [3, 45])",
            "f(\n  \(long),\n  [1, 2],\n  k: \(long),\n  [3, 45]\n)")
        check("print('\(long) \(long) \(long)')", "print('\(long) \(long) \(long)')")
    }

    /// Columns and keys of a stage come to stand below each other, before one of them is broken.
    @Test func longColumns() {
        let a = String(repeating: "a", count: 40)
        check("xs | select .\(a), .b, c: .\(a)", "xs\n  | select .\(a),\n    .b,\n    c: .\(a)")
        check("xs | select .\(a), .b, .\(a) | f", "xs\n  | select .\(a), .b, .\(a)\n  | f")
        check("xs | sort by .\(a) ?? 0, .\(a) ?? 1, .c", "xs\n  | sort by .\(a) ?? 0,\n    .\(a) ?? 1,\n    .c")
        check(
            "xs | with b: .\(a) + .\(a) + .\(a), c: 1 | f",
            "xs\n  | with b: .\(a) +\n      .\(a) +\n      .\(a),\n    c: 1\n  | f")
        check(
            "let x = f((xs | group by .\(a), .\(a), .c + 100), 1000)",
            "let x = f(\n  (xs\n    | group by .\(a),\n      .\(a),\n      .c + 100),\n  1000\n)")
        // What goes on in a column is deeper than the columns.
        check(
            "xs | select b: f(.\(a), .\(a), 123), c: g(.\(a), .\(a), 4)",
            "xs\n  | select b: f(\n      .\(a),\n      .\(a),\n      123\n    ),\n"
                + "    c: g(.\(a), .\(a), 4)")
        check(
            "xs | sort by len(.\(a) + .\(a) + 123) desc, .e",
            "xs\n  | sort by len(.\(a) +\n      .\(a) +\n      123) desc,\n    .e")
        check("xs | select\na: .b,\nc: .d", "xs | select\n  a: .b,\n  c: .d")
        check("xs\n| with # c\na: .b,\nc: .d", "xs\n  | with  # c\n    a: .b,\n    c: .d")
        check("xs | group by\n.a,\n.b", "xs | group by\n  .a,\n  .b")
        // The comma of a call is none of a stage without columns.
        check(
            "let x = f(xs | where .\(a), \(a), 12345678)",
            "let x = f(\n  xs | where .\(a),\n  \(a),\n  12345678\n)")
    }

    /// A chain of operators is broken at each of them: before `and`, `or` and `??`, behind the others, which a newline in
    /// front of them would end. The loosest goes first, and stages before all.
    @Test func longChains() {
        let a = String(repeating: "a", count: 40)
        check("let x = \(a) and \(a) and b", "let x = \(a) and \(a) and b")
        check("let x = \(a) and \(a) and bcdefg", "let x = \(a)\n  and \(a)\n  and bcdefg")
        check("let x = \(a) and b or \(a) and c or d", "let x = \(a) and b\n  or \(a) and c\n  or d")
        check("let x = \(a) ?? \(a) ?? bcdefghij", "let x = \(a)\n  ?? \(a)\n  ?? bcdefghij")
        check("let x = \(a) + \(a) * 2 - -bcdefg", "let x = \(a) +\n  \(a) * 2 -\n  -bcdefg")
        check("let x = \(a) * \(a) // 2 / bcdefg", "let x = \(a) *\n  \(a) //\n  2 /\n  bcdefg")
        check(
            "list(s) | where \(a) and .b | f(\(a)) | where \(a) and \(a) and .ccccccc == 1",
            "list(s)\n  | where \(a) and .b\n  | f(\(a))\n  | where \(a)\n    and \(a)\n    and .ccccccc == 1")
        check(
            "if \(a) and \(a) and b { f() }",
            "if \(a) and \(a) and b {\n  f()\n}")
        check(
            "if \(a) and \(a) and not bcdefghijklmnop { f() }",
            "if \(a)\n  and \(a)\n  and not bcdefghijklmnop\n{\n  f()\n}")
        check("f(\(a) and b, \(a) and c, 12345678)", "f(\n  \(a) and b,\n  \(a) and c,\n  12345678\n)")
        check("let x = (\(a) and \(a) and bcdefg)", "let x = (\(a)\n  and \(a)\n  and bcdefg)")
        check("let x = \(a) == \(a) + 1 and 'bcdef'", "let x = \(a) == \(a) + 1\n  and 'bcdef'")
        check("let x = a and\n\(a) and \(a) and bcdefghijk", "let x = a and\n  \(a)\n  and \(a)\n  and bcdefghijk")
        check("let x = y => \(a) and \(a) and bcd", "let x = y => \(a)\n  and \(a)\n  and bcd")
        check("f({and: \(a), or: \(a), b: x.and})", "f({\n  and: \(a),\n  or: \(a),\n  b: x.and\n})")
    }

    /// A choice that is too long has a line for each `else`, and when that is not enough one for each `then` too.
    @Test func longChoices() {
        let a = String(repeating: "a", count: 40)
        let fits = "let x = if \(a) then \(a.dropLast(4)) else b"
        #expect(fits.utf8.count == 100)
        check(fits, fits)
        check(fits + "c", "let x = if \(a) then \(a.dropLast(4))\n  else bc")
        check("let x = if \(a) then \(a) else bcdefgh", "let x = if \(a) then \(a)\n  else bcdefgh")
        check(
            "let x = if \(a) then \(a) + bcdefghijk else c",
            "let x = if \(a)\n  then \(a) + bcdefghijk\n  else c")
        check(
            "let x = if \(a) then 1 else if \(a) then 2 else if c then 3 else 4",
            "let x = if \(a) then 1\n  else if \(a) then 2\n  else if c then 3\n  else 4")
        check("let x = try f(\(a)) else g(\(a), 123)", "let x = try f(\(a))\n  else g(\(a), 123)")
        check(
            "xs | map if .\(a) then 1 else 2 | map if .\(a) then 1 else 2",
            "xs\n  | map if .\(a) then 1 else 2\n  | map if .\(a) then 1 else 2")
        check(
            "let x = if \(a) then 1\n  else if \(a) then 2 else if c then 3 else 4",
            "let x = if \(a) then 1\n  else if \(a) then 2 else if c then 3 else 4")
        check(
            "let x = if \(a) then # why\n \(a) else bcdefgh",
            "let x = if \(a) then  # why\n  \(a) else bcdefgh")
        check("fn f(x) = if \(a) then \(a) else bcdefgh", "fn f(x) = if \(a) then \(a)\n  else bcdefgh")
        check(
            "if if \(a) then \(a) else bcdefgh { f() } else { g() }",
            "if if \(a) then \(a)\n  else bcdefgh\n{\n  f()\n} else {\n  g()\n}")
        check("f({if: \(a), then: \(a), else: x.else})", "f({\n  if: \(a),\n  then: \(a),\n  else: x.else\n})")
    }

    private func check(_ source: String, _ expected: String) {
        switch Formatter.format(SourceFile(name: "t", text: source)) {
        case .success(let text): #expect(text == (expected.isEmpty ? "" : expected + "\n"))
        case .failure(let error): Issue.record("\(source): \(error.diagnostics.map(\.message))")
        }
        FormatLaws.check(source)
    }
}
