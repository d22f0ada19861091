import AudTesting
import Testing

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Ctrl-C and signals: what they end, and how the terminal is left.
@TerminalActor
@Suite struct TerminalSignalTests {
    private static let prompt = TerminalShell.prompt
    /// Says when it runs, and then never ends.
    private static let endless = "print(\"running\")\nwhile true {}"

    @Test func controlCEndsALoopAndNotTheShell() throws {
        try TerminalShell.with { terminal in
            try terminal.paste(Self.endless)
            try terminal.send("\r")
            try terminal.wait(for: "the loop") { $0.lines.contains("running") }
            #expect(terminal.modes == .quiet)
            try terminal.send("\u{3}")
            try terminal.wait(for: "its end") { $0.contains("Interrupted.") && $0.isAt(prompt: Self.prompt) }
            try terminal.run("1 + 1", row: "2")
        }
    }

    /// Whatever is typed and runs, and whenever the signal comes, the terminal is as it was found.
    @Test(arguments: 0..<24)
    func aSignalAtAnyMomentLeavesTheTerminalRestored(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let keys = [
            "a", "len([1,\u{1B}\r", "2])\r", "\u{1B}[A", "\u{1B}[D", "\u{1B}[200~x\ny\u{1B}[201~", "\u{12}1", "\t",
            "\u{1B}", "1..50 | map it\r", "while true {}\r", "list() | count\r", "\u{15}", "list(", ":plan\r", "\u{3}",
        ]
        try TerminalShell.with { terminal in
            for _ in 0..<Int.random(in: 0...14, using: &random) {
                try terminal.send(keys.randomElement(using: &random) ?? "")
                switch Int.random(in: 0..<6, using: &random) {
                case 0: terminal.resize(columns: Int.random(in: 20...100, using: &random), rows: 24)
                case 1: terminal.signal(SIGCONT)
                case 2: terminal.signal(SIGINT)
                default: break
                }
            }
            terminal.signal(Bool.random(using: &random) ? SIGTERM : SIGHUP)
            let end = try terminal.waitForEnd()
            #expect([.exited(130), .exited(0)].contains(end), "\(end)")
            #expect(terminal.isRestored)
        }
    }

    /// Right behind Enter: the shell may not have begun with the statement, or not even given the terminal back.
    @Test(arguments: ["\u{3}", "typed ahead\u{3}"])
    func controlCTypedAheadEndsTheStatementBeforeIt(ahead: String) throws {
        try TerminalShell.with { terminal in
            try terminal.send("while true {}\r\(ahead)")
            try terminal.wait(for: "its end") { $0.contains("Interrupted.") && $0.isAt(prompt: Self.prompt) }
            try terminal.run("1 + 1", row: "2")
        }
    }

    /// A shell whose first call is never answered.
    private func withoutAnswer(_ body: (PseudoTerminal, TerminalSilentServer) throws -> Void) throws {
        let server = try TerminalSilentServer()
        try TerminalShell.with(
            ["--base-url", server.url, "--space", "aSpace"], variables: ["SEGMENT_TOKEN": "any"], prompt: "aSpace dry>"
        ) { terminal in
            try terminal.send("list() | count\r")
            #expect(try server.waitForRequest().hasPrefix("GET /spaces/aSpace/audiences"))
            try body(terminal, server)
        }
    }

    @Test func controlCEndsACallThatRuns() throws {
        try withoutAnswer { terminal, server in
            try terminal.send("\u{3}")
            try terminal.wait(for: "its end") { $0.contains("Interrupted.") && $0.isAt(prompt: "aSpace dry>") }
            try server.waitForHangUp()
            try terminal.run("1 + 1", row: "2", prompt: "aSpace dry>")
        }
    }

    @Test func controlCAtThePromptDropsTheText() throws {
        try TerminalShell.with { terminal in
            try terminal.send("fail \"dropped\"\u{3}")
            try terminal.wait(for: "a prompt") { $0.row == 2 && $0.isAt(prompt: Self.prompt) }
            try terminal.send("fail (\r\"dropped\"\u{3}")
            try terminal.wait(for: "a prompt") { $0.row == 4 && $0.isAt(prompt: Self.prompt) }
            try terminal.run("1 + 1", row: "2")
            #expect(!terminal.screen.contains("error"))
        }
    }

    @Test func controlCAtAQuestionSendsNothing() throws {
        try TerminalShell.with { terminal in
            try terminal.run("list() | take 1 | disable", text: "1 staged", prompt: "sandbox/prod dry +1>")
            try terminal.send(":apply\r")
            try terminal.wait(forText: "[y/N]")
            try terminal.send("y\u{3}")
            try terminal.wait(forText: "not confirmed: nothing was sent")
            try terminal.waitForPrompt("sandbox/prod dry +1>")
        }
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func aSignalToEndWhileALineIsEdited(signal: Int32) throws {
        try TerminalShell.with { terminal in
            try terminal.send("half a line")
            try terminal.wait(forText: "half a line")
            #expect(terminal.modes == .raw)
            terminal.signal(signal)
            #expect(try terminal.waitForEnd() == .exited(130))
            #expect(terminal.isRestored)
        }
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func aSignalToEndWhileAStatementRuns(signal: Int32) throws {
        try TerminalShell.with { terminal in
            try terminal.paste(Self.endless)
            try terminal.send("\r")
            try terminal.wait(for: "the loop") { $0.lines.contains("running") }
            terminal.signal(signal)
            #expect(try terminal.waitForEnd() == .exited(130))
            #expect(terminal.isRestored)
        }
    }

    @Test func aSignalToEndWhileACallRuns() throws {
        try withoutAnswer { terminal, server in
            terminal.signal(SIGTERM)
            #expect(try terminal.waitForEnd() == .exited(130))
            #expect(terminal.isRestored)
            try server.waitForHangUp()
        }
    }
}
