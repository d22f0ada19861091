import AudTesting
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What no keyboard sends: much, torn, and not even text.
@TerminalActor
@Suite struct TerminalInputTests {
    private static let prompt = TerminalShell.prompt

    @Test(arguments: [
        ("1" + String(repeating: "+1", count: 500_000), "more than 500 operators"),
        (String(repeating: "(", count: 1_000_000), "nests more than 200 levels deep"),
        ("\"" + String(repeating: "x", count: 1_000_000) + "\" | len", "1000000"),
    ])
    func aLineOfAMegabyte(line: String, answer: String) throws {
        try TerminalShell.with { terminal in
            try terminal.paste(line)
            try terminal.send("\r")
            // Only what is on the screen: the rows above are many.
            try terminal.wait(for: answer) { screen in
                screen.isAt(prompt: Self.prompt) && screen.lines.contains { $0.contains(answer) }
            }
            try terminal.run("40 + 2", row: "42")
        }
    }

    nonisolated private static let badTexts: [([UInt8], String)] = [
        ([0x61, 0xFF, 0xC3, 0x62], "a\u{FFFD}\u{FFFD}b"),
        ([0xE2, 0x82, 0x62], "\u{FFFD}b"),
        ([0xF4, 0x90, 0x80, 0x80, 0x62], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}b"),
        ([0x61, 0x00, 0x62], "ab"),
    ]

    @Test(arguments: badTexts)
    func bytesThatAreNoText(bytes: [UInt8], text: String) throws {
        try TerminalShell.with { terminal in
            try terminal.send([0x22] + bytes + [0x22])
            try terminal.run("", text: text)
            try terminal.run("print(\"then \" + _)", text: "then ")
            #expect(terminal.screen.lines.contains { $0 == "then \(text)" })
            #expect(terminal.screen.unknown == [])
        }
    }

    @Test(arguments: ["\u{1B}[1;99z", "\u{1B}]0;title\u{7}", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[M !!", "\u{1B}[I"])
    func sequencesThatAreNoKeysLeaveNothing(sequence: String) throws {
        try TerminalShell.with { terminal in
            try terminal.run("\"a\(sequence)b\"", row: "ab")
            #expect(terminal.screen.line(1) == "\(Self.prompt) \"ab\"")
        }
    }

    @Test func aSequenceTornIntoBytesIsOneKey() throws {
        try TerminalShell.with { terminal in
            for byte in "1 + 3\u{1B}[D".utf8 { try terminal.send([byte]) }
            try terminal.run("4", row: "44")
        }
    }

    @Test func aSequenceThatAnotherBreaksOffIsGivenUp() throws {
        try TerminalShell.with { terminal in
            try terminal.run("1 + 3\u{1B}[1;\u{1B}[D4", row: "44")
        }
    }

    @Test func everyByteThereIsInOnePaste() throws {
        try TerminalShell.with { terminal in
            let all = (0...255).map { UInt8($0) }
            try terminal.paste(Array("len(\"".utf8) + all.filter { $0 != 0x22 && $0 != 0x5C } + Array("\")".utf8))
            try terminal.send("\r")
            try terminal.wait(for: "a diagnostic") { $0.contains("error") && $0.isAt(prompt: Self.prompt) }
            #expect(terminal.screen.unknown == [])
            try terminal.run("40 + 2", row: "42")
        }
    }

    // MARK: Scripts

    private static let examples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "scripts/examples")

    /// How many calls the script records when it is run as a file, and what it prints.
    private func runFile(_ path: String, in folder: TemporaryFolder) throws -> (staged: Int, printed: [String]) {
        let terminal = try TerminalShell(folder: folder).start(["run", path, "--sandbox"], columns: 200, rows: 60)
        #expect(try terminal.waitForEnd() == .exited(0))
        let lines = terminal.screen.allLines
        let calls = lines.compactMap { line in line.contains(" calls: ") ? Int(line.prefix { $0 != " " }) : nil }
        return (calls.first ?? 0, lines.filter { $0.hasPrefix("dry | ") })
    }

    @Test(arguments: ["stale", "failed", "idle-tests", "missing-in-prod", "old-campaigns", "owners", "urgent-first"])
    func aPastedScriptDoesWhatItsFileDoes(name: String) throws {
        try TemporaryFolder.with { folder in
            let file = Self.examples.appending(path: name + ".aud")
            let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            let expected = try runFile(file.path, in: folder)

            let terminal = try TerminalShell(folder: folder).start(columns: 200, rows: 60)
            try terminal.waitForPrompt()
            try terminal.paste(text + "\n")
            try terminal.send("\r")
            let prompt = expected.staged > 0 ? "sandbox/prod dry +\(expected.staged)>" : Self.prompt
            try terminal.waitForPrompt(prompt)
            #expect(terminal.screen.allLines.filter { $0.hasPrefix("dry | ") } == expected.printed)
            #expect(!terminal.screen.contains("error["))
            #expect(name != "stale" || expected.staged == 31)
        }
    }
}
