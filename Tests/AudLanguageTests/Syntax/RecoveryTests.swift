import AudLanguage
import Testing

/// One error for each statement that has one, and none that follows from another.
@Suite struct RecoveryTests {
    @Test func anErrorHidesNoneThousandsOfLinesBelow() {
        let text = "let = 1\n" + String(repeating: "f(1)\n", count: 9000) + "let = 2\n"
        #expect(errorLines(text) == ["1 E0201", "9002 E0201"])
    }

    @Test(arguments: [
        ("print([1,2,3] | first -1)", "a negative operand too"), ("if (x) print(1)", "`{ print(…) }`"),
        ("for x in 1..3 print(x)", "`{ print(…) }`"), ("while true break", "`{ break … }`"),
        ("if x: print(1)", "and no `:`"), ("if x is 3 { }", "`==`"),
        ("param x: space = \"prod\"", "`space(\"prod\")`"), ("param x: int = \"a\"", "change the default"),
    ])
    func whatToWriteInstead(_ text: String, _ help: String) {
        let found = Checked(text).diagnostics.first?.help ?? ""
        #expect(found.contains(help), "\(text): \(found)")
    }

    /// Who has mended twenty mistakes must not take the text for right.
    @Test func aLongListOfMistakesSaysThatItIsCut() {
        let many = Checked((0..<23).map { "nope\($0)" }.joined(separator: "\n")).diagnostics
        #expect(many.count == 20 && many.last?.notes == ["3 more messages come after this one"])
        #expect(many.filter { $0.notes.isEmpty }.count == 19)
        let few = Checked((0..<20).map { "nope\($0)" }.joined(separator: "\n")).diagnostics
        #expect(few.count == 20 && few.last?.notes == [])
    }

    @Test func anOpenBracketHidesOnlyItsStatement() {
        #expect(errorLines("f(a b\ng(1)\nlet x = )\nh()") == ["1 E0201", "3 E0201"])
        #expect(errorLines("let a = [1 2,\n  3\n]\nlet = 1") == ["1 E0201", "4 E0201"])
        #expect(errorLines("let a = [\n1 2,\n3,\n]\nlet = 1") == ["2 E0201", "5 E0201"])
    }

    @Test func aBlockGoesOnBehindABadStatement() {
        let text = """
            fn f() {
              let = 1
              g()
              h(1 2)
              if x { let = 3 }
            }
            let = 4
            """
        #expect(errorLines(text) == ["2 E0201", "4 E0201", "5 E0201", "7 E0201"])
    }

    @Test func aBadHeaderTakesItsBlockAlong() {
        #expect(errorLines("if x = 1 {\n  f()\n}\ng()\n") == ["1 E0201"])
        #expect(errorLines("function f(x) {\n  return x\n}\nlet = 1") == ["1 E0201", "4 E0201"])
        #expect(errorLines("for (a in xs) {\n  f()\n}\n") == ["1 E0201"])
        #expect(errorLines("if a {\n  f()\n} elif b {\n  g()\n}\nlet = 1") == ["3 E0201", "6 E0201"])
    }

    @Test func whatTheLexerReportedIsNotReportedAgain() {
        #expect(errorLines("let x = 1x y z\nlet = 2") == ["1 E0106", "2 E0201"])
        #expect(errorLines("f(\"abc)\ng(\"abc\")") == ["1 E0103"])
        #expect(errorLines("// don't\nf()") == ["1 E0201"])
        #expect(errorLines("let a = “x y” + “z”\nlet = 1") == ["1 E0102", "2 E0201"])
        #expect(errorLines("a & b & c") == ["1 E0102"])
    }

    @Test func theStatementsThatCouldBeReadAreThere() {
        let result = parse("let = 1\nlet b = 2\nc(\nlet d = 4")
        #expect(TreePrinter.print(result.statements) == "(let b 2) (let d 4)")
    }

    @Test func atMostTwentyErrorsAreReported() {
        #expect(parse(String(repeating: "let = 1\n", count: 100)).diagnostics.count == 20)
        #expect(parse(String(repeating: "let x = 1x\n", count: 100)).diagnostics.count == 20)
    }

    @Test func aMissingBraceIsOneError() {
        #expect(errorLines("fn f() {\n  g()\n\n  fn h() {\n  }\n") == ["1 E0201"])
        #expect(errorLines("if a {\nb()\nif c {\nd()\n}\nreturn\n") == ["1 E0201"])
    }

    /// A block that is not closed takes nothing along that its indentation does not.
    @Test(arguments: [
        ("fn f() {\n  g()\n\nfn h() {\n  let = 1\n}\nlet = 2\n", ["1 E0201", "5 E0201", "7 E0201"]),
        ("if a {\n  b()\nc()\nlet = 1", ["1 E0201", "4 E0201"]),
        ("try {\n  b()\ncatch e { }\nc()\nlet = 1", ["3 E0201", "5 E0201"]),
        ("[1] | each a {\n  b()\n  if c { d() }\ne()\nlet = 1", ["1 E0201", "5 E0201"]),
        ("f(x => {\n  b()\n\nc()\nlet = 1", ["1 E0201", "5 E0201"]),
        // The inner block lacks its brace, and takes that of the outer one.
        ("fn f(a) {\n  if a {\n    b()\n  c()\n}\ng(1)\nlet = 1", ["2 E0201", "7 E0201"]),
        ("fn f() {\nb()\nfn g() {\nlet = 1\n}", ["1 E0201", "4 E0201"]),
        (
            "fn f() {\n  b()\nfn g() {\n  c()\nfn h() {\n  d()\ni()\nlet = 1",
            ["1 E0201", "3 E0201", "5 E0201", "8 E0201"]
        ),
        // What broke in the block may be why it seems open.
        ("fn f() {\n  let = 1\n\nfn g() {\n  let = 2\n}", ["2 E0201", "5 E0201"]),
        ("fn f() {\n  b(\"x)\n\ng(\"y)\nlet = 1\n", ["2 E0103", "4 E0103", "5 E0201"]),
    ])
    func anOpenBlockHidesOnlyItself(_ text: String, _ lines: [String]) {
        #expect(errorLines(text) == lines)
    }

    @Test func openBlocksAreReadInTimeInProportion() {
        let text = String(repeating: "if a {\n  b()\n", count: 5_000)
        #expect(parse(text).diagnostics.count == 20)
        #expect(parse(String(repeating: "if a {\n", count: 150)).completeness != .complete)
    }
}
