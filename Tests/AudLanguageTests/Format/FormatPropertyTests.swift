import Testing

@testable import AudLanguage

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What holds for every program: formatting keeps the tree and the comments, and formatting again changes nothing.
@Suite struct FormatPropertyTests {
    @Test(arguments: ExamplePrograms.all.indices)
    func examplesOfTheDesign(_ index: Int) {
        #expect(FormatLaws.check(SourceFile(name: "t", text: ExamplePrograms.all[index])))
    }

    @Test(arguments: [UInt64](1...600))
    func randomPrograms(_ seed: UInt64) {
        var generator = ProgramGenerator(seed: seed)
        #expect(FormatLaws.check(SourceFile(name: "t", text: generator.program())))
    }

    /// Long names make every expression too long for its line, so that all that can be broken is.
    @Test(arguments: [UInt64](1...600))
    func randomProgramsWithLongNames(_ seed: UInt64) {
        var generator = ProgramGenerator(seed: seed)
        let file = SourceFile(name: "t", text: generator.program())
        var text = ""
        var end = 0
        for token in Lexer.lex(file, fileIndex: 0).tokens {
            text += String(decoding: file.bytes[end..<Int(token.start)], as: UTF8.self)
            let word = String(decoding: file.bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
            let isOwn = token.kind == .name && word.utf8.count == 1
            text += isOwn ? word + String(repeating: "_long", count: 5) : word
            end = Int(token.end)
        }
        FormatLaws.check(SourceFile(name: "t", text: text))
    }

    /// Where the grammar takes a newline, a long line has one.
    @Test(arguments: [UInt64](1...200))
    func noLineOfAChainIsTooLong(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let operators = [" and ", " or ", " ?? ", " + ", " - ", " * ", " / ", " // ", " % "]
        var text = "let x = operand_0"
        for place in 1...40 {
            text += operators[Int.random(in: 0..<operators.count, using: &random)]
            text += ["operand_\(place)", "-1", "f(a)", "'text'", ".field"][Int.random(in: 0..<5, using: &random)]
        }
        let file = SourceFile(name: "t", text: text)
        #expect(FormatLaws.check(file))
        guard case .success(let formatted) = Formatter.format(file) else { return }
        #expect(formatted.split(separator: "\n").allSatisfy { $0.count <= Formatter.lineWidth }, "\(formatted)")
    }

    /// A comment may stand between any two tokens where a newline may.
    @Test(arguments: [UInt64](1...600))
    func randomProgramsWithCommentsAndNewlines(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var generator = ProgramGenerator(seed: seed &* 7)
        let file = SourceFile(name: "t", text: generator.program())
        var bytes: [UInt8] = []
        var end = 0
        for token in Lexer.lex(file, fileIndex: 0).tokens {
            bytes += file.bytes[end..<Int(token.start)]
            let additions = ["# c\n", "## d\n", "\n", "\n\n\n", "  ", "\t", " # é\r\n", "\n# own\n\n"]
            if Int.random(in: 0..<6, using: &random) == 0 {
                let addition = additions[Int.random(in: 0..<additions.count, using: &random)]
                let candidate = SourceFile(
                    name: "t", bytes: bytes + Array(addition.utf8) + file.bytes[Int(token.start)...])
                if Parser.parse(candidate, fileIndex: 0, mode: .file).diagnostics.isEmpty {
                    bytes += Array(addition.utf8)
                }
            }
            bytes += file.bytes[Int(token.start)..<Int(token.end)]
            end = Int(token.end)
        }
        FormatLaws.check(SourceFile(name: "t", bytes: bytes))
    }

    @Test(arguments: [UInt64](1...1000))
    func anyBytesAreFormattedOrRefused(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        FormatLaws.check(SourceFile(name: "bytes", bytes: bytes))
    }

    /// Few words, so that many of the texts are programs.
    @Test(arguments: [UInt64](1...1000))
    func tokenSoupIsFormattedOrRefused(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let words = [
            "a", "b", "1", "-", "/", "/x/", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "..", "|", "\n", "\n",
            " ",
            "# c\n", "## d\n", "if", "else", "fn", "param", "first", "where", "by", "=", "=>", "'s'", "in", "not", "?.",
            ">=", "<", "int", "let", "it", "\"\"\"a\n\"\"\"", "()", "{}", "f(1)",
        ]
        for _ in 0..<20 {
            let text = (0..<Int.random(in: 1...7, using: &random)).map { _ in
                words[Int.random(in: 0..<words.count, using: &random)]
            }
            FormatLaws.check(SourceFile(name: "soup", text: text.joined(separator: " ")))
        }
    }

    @Test(arguments: [
        "let y = " + String(repeating: "(", count: 180) + "a" + String(repeating: ")", count: 180),
        "let z = " + String(repeating: "[1, ", count: 180) + "1" + String(repeating: "]", count: 180),
        String(repeating: "if a { ", count: 150) + "f()" + String(repeating: " }", count: 150),
        "let s = " + (1...240).map { "f(\($0), 1)" }.joined(separator: " + "),
        "let l = [" + (1...500).map { "{a: \($0), b: [1, 2]}" }.joined(separator: ",") + "]",
        "xs" + String(repeating: " | each a { f(a, 1) }", count: 200),
        String(repeating: "# c\n", count: 2000) + "f()",
    ])
    func deepAndLongTexts(_ text: String) {
        #expect(FormatLaws.check(SourceFile(name: "t", text: text)))
    }

    @Test func theExampleScriptsAreFormatted() throws {
        for name in ExampleScriptTests.names() {
            let file = ExampleScriptTests.folder.appendingPathComponent(name)
            let text = try String(contentsOf: file, encoding: .utf8)
            guard case .success(let formatted) = Formatter.format(SourceFile(name: name, text: text)) else {
                Issue.record("\(name) has errors")
                continue
            }
            if ProcessInfo.processInfo.environment["AUD_UPDATE_GOLDEN"] == "1" {
                try Data(formatted.utf8).write(to: file)
            }
            #expect(formatted == text, "run `aud fmt scripts/examples/\(name)`")
        }
    }

    @Test func aTextWithErrorsIsRefusedWithThem() throws {
        let result = Formatter.format(SourceFile(name: "t", text: "let = 1\nf(\n"))
        guard case .failure(let error) = result else {
            Issue.record("formatted")
            return
        }
        #expect(!error.diagnostics.isEmpty)
    }
}
