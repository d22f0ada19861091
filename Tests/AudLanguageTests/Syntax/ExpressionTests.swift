import Testing

/// Expressions: precedence, grouping and every production.
@Suite struct ExpressionTests {
    @Test(arguments: [
        ("1 + 2 * 3 - 4", "(- (+ 1 (* 2 3)) 4)"),
        ("a // b % c / d", "(/ (% (// a b) c) d)"),
        ("a or b and not c == d ?? e .. f + g * -h", "(or a (and b (not (== c (?? d (.. e (+ f (* g (- h)))))))))"),
        ("a ?? b ?? c", "(?? a (?? b c))"),
        ("not a in b", "(not (in a b))"),
        ("a not in b and c", "(and (not in a b) c)"),
        ("not not a", "(not (not a))"),
        ("a ~ /x/i", "(~ a /x/i)"),
        ("a !~ b", "(!~ a b)"),
        ("1..<n + 1", "(..< 1 (+ n 1))"),
        ("x in 1..5", "(in x (.. 1 5))"),
        ("- -a.b", "(- (- (get a b)))"),
        ("a - -1", "(- a -1)"),
        ("a or b or c", "(or (or a b) c)"),
        ("(a or b) and c", "(and (or a b) c)"),
    ])
    func operatorsBindAsTheTableSays(_ source: String, _ expected: String) {
        #expect(tree(source) == expected)
    }

    @Test(arguments: [
        ("if a then b else if c then d else e or f", "(if a b (if c d (or e f)))"),
        ("try a else b ?? c", "(try a (?? b c))"),
        ("x => x + 1", "(=> (x) (+ x 1))"),
        ("x => y => x", "(=> (x) (=> (y) x))"),
        ("() => 1", "(=> () 1)"),
        ("(a, b) => a", "(=> (a b) a)"),
        ("(a) => a", "(=> (a) a)"),
        ("x => { return x }", "(=> (x) {(return x)})"),
        ("x => ({a: x})", "(=> (x) (record a:x))"),
        ("x => if x then 1 else 2", "(=> (x) (if x 1 2))"),
        ("(x => x) | f", "(| (=> (x) x) (call f))"),
    ])
    func looseExpressionsReachFar(_ source: String, _ expected: String) {
        #expect(tree(source) == expected)
    }

    @Test(arguments: [
        ("a.b.c", "(get (get a b) c)"),
        (".name", "(get . name)"),
        (".a.b", "(get (get . a) b)"),
        ("it.if.in", "(get (get it if) in)"),
        ("a?.b.c(1)?.d", "<(get? (call (get (get? a b) c) 1) d)>"),
        ("f(1, b: 2 | g, in: 3,)", "(call f 1 b:(| 2 (call g)) in:3)"),
        ("xs[0][-1]", "(at (at xs 0) -1)"),
        ("r[xs | count]", "(at r (| xs (count)))"),
        ("f()()", "(call (call f))"),
        ("-5.abs", "(- (get 5 abs))"),
        ("(a)", "a"),
    ])
    func postfixOperatorsChain(_ source: String, _ expected: String) {
        #expect(tree(source) == expected)
    }

    @Test(arguments: [
        ("[]", "(list)"),
        ("[1, ...xs, x => x,]", "(list 1 ...xs (=> (x) x))"),
        ("{}", "(record)"),
        ("{a: 1, 'b c': 2, if: 3, name, ...r,}", "(record a:1 b c:2 if:3 name:name ...r)"),
        ("{\n  a: 1,\n  b\n}", "(record a:1 b:b)"),
        ("{a: 1, ...r, a: 2}", "(record a:1 ...r a:2)"),
        ("{a: 1}.a", "(get (record a:1) a)"),
    ])
    func listsAndRecords(_ source: String, _ expected: String) {
        #expect(tree(source) == expected)
    }

    @Test(arguments: [
        ("true", "true"), ("null", "null"), ("it", "it"),
        ("1_000", "1000"), ("2.5", "2.5"), ("1e6", "1000000.0"), ("1e+6", "1000000.0"),
        ("1.5E-1", "0.15"), ("-3", "-3"),
        ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
        ("90d", "7776000000000us"), ("1ms500us", "1500us"), ("1h30min", "5400000000us"), ("500ms", "500000us"),
        ("1w2d", "777600000000us"),
        ("-1d", "(- 86400000000us)"),
        ("@1970-01-01", "@0"), ("@2026-01-31", "@1769817600000000"), ("@1969-12-31", "@-86400000000"),
        ("@2026-01-31T09:00Z", "@1769850000000000"), ("@2026-01-31T09:00", "@1769850000000000"),
        ("@2026-01-31T09:00:00.250+02:00", "@1769842800250000"), ("@2024-02-29", "@1709164800000000"),
        ("@0001-01-01", "@-62135596800000000"), ("@9999-12-31T23:59:59.999999", "@253402300799999999"),
        ("@2026-01-31 - 1d", "(- @1769817600000000 86400000000us)"),
        ("@2026-01-31T09:00+2d", "(+ @1769850000000000 172800000000us)"),
        ("1..5", "(.. 1 5)"), ("1.0..5", "(.. 1.0 5)"),
    ])
    func literals(_ source: String, _ expected: String) {
        #expect(tree(source) == expected)
    }

    @Test(arguments: [
        (#""""#, #""""#),
        (#""a\n\t\"\\\{\}\u{e9}""#, "\"a\n\t\"\\{}é\""),
        (#"'it''s \n {x}'"#, #""it's \n {x}""#),
        (#""n: {n}, {f("}")}!""#, #""n: "~n~", "~(call f "}")~"!""#),
        (#""{xs | map .a | join(", ")}""#, #"(| xs (map (get . a)) (call join ", "))"#),
        (#""{ {a: 1}.a }""#, "(get (record a:1) a)"),
        (#""{"{"{x}"}"}""#, "x"),
        ("\"\"\"a\n \"b\" {x # comment\n}\"\"\"", "\"a\n \"b\" \"~x"),
        ("\"\"\"\"\"\"", "\"\""),
        ("\"a } b\"", "\"a } b\""),
    ])
    func strings(_ source: String, _ expected: String) {
        #expect(tree(source) == expected)
    }

    @Test(arguments: [
        ("a / b / c", "(/ (/ a b) c)"),
        ("a ~ /b/", "(~ a /b/)"),
        ("f(/a\\/b[/]c/, 1 / 2)", "(call f /a\\/b[/]c/ (/ 1 2))"),
        ("xs | where /a/ ~ it", "(| xs (where (~ /a/ it)))"),
        ("xs | sort by /a/", "(| xs (sort /a/))"),
        ("xs | map .where / 2", "(| xs (map (/ (get . where) 2)))"),
        ("(a) / 2 + [1] / 3", "(+ (/ a 2) (/ (list 1) 3))"),
        ("a // b", "(// a b)"),
        ("if x then /a/ else /b/U", "(if x /a/ /b/U)"),
        ("x.in / 2", "(/ (get x in) 2)"),
        ("a ~ /[]/]/", "(~ a /[]/]/)"),
        ("a ~ /[[:alpha:]/]/", "(~ a /[[:alpha:]/]/)"),
    ])
    func aRegexStartsOnlyWhereAnOperandMay(_ source: String, _ expected: String) {
        #expect(tree(source) == expected)
    }
}
