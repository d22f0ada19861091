import Testing

@testable import AudLanguage

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Whether a prompt asks for another line.
@Suite struct CompletenessTests {
    @Test(arguments: [
        ("list(", ["("]), ("f([1, {a: ", ["(", "[", "{", ":"]), ("let x =", ["="]), ("xs |", ["|"]),
        ("xs | where", ["where"]), ("xs | sort", ["sort"]), ("let x", ["let"]), ("if x", ["if"]),
        ("if x { f()", ["{"]), ("try { }", ["try"]), ("a +", ["+"]), ("a not", ["not"]), ("x =>", ["=>"]),
        ("\"\"\"abc", ["\"\"\""]), ("f(\"\"\"abc {x", ["(", "\"\"\""]), ("(a, b)", [")"]), ("()", [")"]),
        ("fn f(a", ["("]), ("xs | disable on", ["on"]), ("f(break", ["(", "break"]), ("a.", ["."]), ("let {a", ["{"]),
    ])
    func anOpenTextSaysWhatIsOpen(_ source: String, _ open: [String]) {
        #expect(parse(source).completeness == .incomplete(open: open))
        #expect(parse(source, mode: .prompt).completeness == .incomplete(open: open))
        #expect(parse(source + "\n").completeness == .incomplete(open: open), "a newline alone changes nothing")
    }

    @Test(arguments: ["", "\n", "# only a comment", "1", "f()\n", "xs | first", "param", "xs | select name", "{a}"])
    func aCompleteText(_ source: String) {
        #expect(parse(source).completeness == .complete)
    }

    @Test(arguments: [
        ")", "a b", "a && b", "\"abc", "'abc", "/abc", "let 1", "f(1 2", "1x", "}", "if x {\n1\n2", "(a, 1",
    ])
    func anInvalidTextIsNotMadeRightByMore(_ source: String) {
        #expect(parse(source).completeness == .invalid)
    }

    @Test(arguments: ExamplePrograms.all.indices)
    func everyPrefixOfAnExampleIsNoError(_ index: Int) {
        let program = ExamplePrograms.all[index]
        #expect(errors(parse(program)) == [])
        checkPrefixes(of: program, mode: .file)
    }

    @Test(arguments: [UInt64](1...400))
    func everyPrefixOfARandomProgramIsNoError(_ seed: UInt64) {
        var generator = ProgramGenerator(seed: seed)
        let program = generator.program()
        let result = parse(program)
        #expect(result.completeness == .complete, "\(errors(result)): \(program)")
        if result.completeness == .complete { checkPrefixes(of: program, mode: .file) }
        if parse(program, mode: .prompt).completeness == .complete { checkPrefixes(of: program, mode: .prompt) }
    }

    /// A text cut behind any token is complete or incomplete.
    /// The scripts that ship.
    @Test(arguments: ExampleScriptTests.names())
    func everyPrefixOfAShippedScriptIsNoError(_ name: String) throws {
        let file = ExampleScriptTests.folder.appendingPathComponent(name)
        checkPrefixes(of: try String(contentsOf: file, encoding: .utf8), mode: .file)
    }

    private func checkPrefixes(of program: String, mode: SourceMode) {
        let file = SourceFile(name: "whole", text: program)
        for token in Lexer.lex(file, fileIndex: 0).tokens {
            let prefix = SourceFile(name: "prefix", bytes: Array(file.bytes[..<Int(token.end)]))
            let result = Parser.parse(prefix, fileIndex: 0, mode: mode)
            if result.completeness == .invalid {
                Issue.record("\(errors(result)) in \(String(decoding: prefix.bytes, as: UTF8.self))")
                return
            }
        }
    }
}
