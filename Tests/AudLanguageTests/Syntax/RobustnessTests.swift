import Testing

@testable import AudLanguage

/// Nothing that is typed makes the parser crash, hang, or speak too much.
@Suite struct RobustnessTests {
    @Test(arguments: [
        ("(", "1", ")"), ("[", "", "]"), ("{a: ", "1", "}"), ("not ", "a", ""), ("-", "a", ""), ("f(", "1", ")"),
        ("x[", "1", "]"), ("if a then ", "1", " else 2"), ("if ", "a", " then 1 else 2"), ("x => ", "1", ""),
        ("try ", "a", " else 1"), ("\"{", "1", "}\""), ("\"\"\"{", "1", "}\"\"\""), ("if a { ", "", " }"),
        ("f(x => { ", "", " })"), ("a ?? ", "b", ""), ("(a, b) => ", "1", ""), ("[...", "xs", "]"),
        ("if a { } else ", "{ }", ""),
    ])
    func tenThousandLevelsAreOneErrorAndNoCrash(_ opening: String, _ core: String, _ closing: String) {
        let deep = String(repeating: opening, count: 10_000) + core + String(repeating: closing, count: 10_000)
        let result = parse(deep)
        #expect(result.diagnostics.contains { $0.code == .nestingTooDeep })
        #expect(result.diagnostics.count == 1, "\(errors(result))")
        _ = parse(String(repeating: opening, count: 10_000))
    }

    @Test func typesNestAsDeepAsExpressions() {
        let deep = "param x: " + String(repeating: "list<", count: 10_000) + "int"
        #expect(parse(deep).diagnostics.map(\.code) == [.nestingTooDeep])
    }

    @Test(arguments: [("(", ")"), ("[", "]"), ("-", ""), ("if a { ", " }")])
    func twoHundredLevelsAreRead(_ opening: String, _ closing: String) {
        let text = String(repeating: opening, count: 199) + "f()" + String(repeating: closing, count: 199)
        #expect(errors(parse(text)) == [])
    }

    @Test(arguments: [" + a", " or a", ".a", "(1)", "[0]", "?.a", " * a"])
    func aLongChainIsAnErrorBeforeItsTreeIsTooHigh(_ link: String) {
        #expect(errors(parse("a" + String(repeating: link, count: 490))) == [])
        #expect(parse("a" + String(repeating: link, count: 501)).diagnostics.map(\.code) == [.nestingTooDeep])
        #expect(parse("f(" + String(repeating: "a + a, ", count: 10_000) + "1)").diagnostics.isEmpty)
    }

    @Test func aPipelineMayBeLong() {
        #expect(errors(parse("xs" + String(repeating: " | take 1", count: 10_000))) == [])
    }

    @Test(arguments: [UInt64](1...300))
    func randomBytesAreReadToTheirEnd(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        check(SourceFile(name: "bytes", bytes: bytes))
    }

    @Test(arguments: [UInt64](1...1000))
    func tokenSoupIsReadToItsEnd(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let words =
            (Token.Kind.keywords + Token.Kind.punctuation).map(\.text) + StageWord.allCases.map(\.rawValue)
            + Array(ForeignSyntax.operators.keys) + Array(ForeignSyntax.statements.keys)
            + [
                "x", "1", "9d", "@2026-01-31", "\"a{", "}\"", "\"", "'", "\"\"\"", "/a/", "\n", "\n", " ", "#", "##",
                "é",
            ]
        let sorted = words.sorted()
        let count = Int.random(in: 0...120, using: &random)
        let text = (0..<count).map { _ in sorted[Int.random(in: 0..<sorted.count, using: &random)] }
        check(SourceFile(name: "soup", text: text.joined(separator: Bool.random(using: &random) ? " " : "")))
    }

    @Test(arguments: [UInt64](1...200))
    func aProgramWithOneByteChangedIsReadToItsEnd(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var bytes = Array(ExamplePrograms.all[Int(seed) % ExamplePrograms.all.count].utf8)
        let place = Int.random(in: 0..<bytes.count, using: &random)
        if Bool.random(using: &random) {
            bytes.remove(at: place)
        } else {
            bytes[place] = UInt8.random(in: 32...126, using: &random)
        }
        check(SourceFile(name: "changed", bytes: bytes))
    }

    private func check(_ file: SourceFile) {
        #expect(LexerLaw.broken(by: file) == nil)
        #expect(ParserLaw.broken(by: file) == nil)
    }
}
