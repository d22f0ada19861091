import AudLanguage
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The example scripts, run whole and typed line by line: both ask for the same changes and print the same lines.
@Suite struct ExampleScriptTests {
    static let folder = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../../../scripts/examples").standardized

    static func names() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".aud") }.sorted()
    }

    /// What a script did to the outside. What it showed depends on where its lines end.
    private func effects(_ events: [String]) -> [String] {
        events.filter { !$0.hasPrefix("=>") && !$0.hasPrefix("?? page") }
    }

    @Test(arguments: names())
    func typedLineByLine(_ name: String) throws {
        let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
        var whole = ScriptRunner()
        whole.run(text)
        #expect(!whole.events.contains { $0.hasPrefix("!!") }, "\(whole.events)")

        var typed = ScriptRunner()
        var pending = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            pending += pending.isEmpty ? String(line) : "\n" + line
            if typed.run(pending, as: .prompt) { pending = "" }
        }
        #expect(pending.isEmpty)
        #expect(effects(typed.events) == effects(whole.events))
    }

    /// A paste is one text, read as a file: it does to the letter what the file does.
    @Test(arguments: names())
    func pasted(_ name: String) throws {
        let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
        var file = ScriptRunner()
        file.run(text)
        var shell = ScriptRunner()
        shell.run("let before = 1", as: .prompt)
        shell.run(text)
        #expect(shell.events == file.events)
    }

    @Test func thereAreExamples() { #expect(Self.names().count >= 5) }
}
