import AudTesting
import Testing

@testable import AudCommands

/// Long values in the interactive shell: the terminal goes to the pager and comes back.
@TerminalActor
@Suite struct PagerTerminalTests {
    private func with(
        _ pager: String, _ variables: [String: String] = [:], _ body: (PseudoTerminal) throws -> Void
    ) throws {
        try TerminalShell.with(variables: variables.merging(["AUD_PAGER": pager]) { $1 }, body)
    }

    @Test func aPagerThatIsLeftEarlyIsNoError() throws {
        try with("head -n 2") { terminal in
            // More than a pipe holds, so the rest is refused.
            try terminal.run("range(0, 40000)", row: "1")
            #expect(!terminal.screen.allLines.contains("2"))
            #expect(!terminal.screen.allLines.contains { $0.contains("pager") || $0.contains("error") })
            try terminal.run("1 + 1", row: "2")
        }
    }

    @Test func anInterruptIsThePagersAndNotTheShells() throws {
        try with("trap : INT; cat >/dev/null; echo waiting; read key </dev/tty; echo over; read key </dev/tty") {
            terminal in
            try terminal.send("range(0, 100)\r")
            try terminal.wait(for: "the pager") { $0.contains("waiting") }
            try terminal.send("\u{3}")
            try terminal.send("\r\r")
            try terminal.wait(for: "its end") { $0.contains("over") }
            try terminal.send("\r")
            try terminal.waitForPrompt()
            #expect(!terminal.screen.allLines.contains { $0.contains("Interrupted") })
            try terminal.run("1 + 1", row: "2")
            try terminal.send("\u{4}")
            #expect(try terminal.waitForEnd() == .exited(0))
            #expect(terminal.isRestored)
        }
    }

    @Test func thePagersModesEndWithIt() throws {
        try with("stty raw -echo </dev/tty; cat >/dev/null; echo paged; kill -9 $$") { terminal in
            try terminal.run("range(0, 100)", text: "paged")
            // In the modes that the pager has left, ^C would be no signal.
            try terminal.send("while true {}\r")
            try terminal.wait(for: .quiet)
            try terminal.send("\u{3}")
            try terminal.wait(for: "the interrupt") { $0.contains("Interrupted.") }
            try terminal.waitForPrompt()
        }
    }

    @Test func thePagerHasTheEchoThatStatementsHaveNot() throws {
        try with("cat >/dev/null; stty -a </dev/tty | tr ' ;' '\\n\\n' | grep -x -e echo -e -echo") { terminal in
            try terminal.run("range(0, 100)", row: "echo")
            try terminal.send("while true {}\r")
            try terminal.wait(for: .quiet)
            try terminal.send("\u{3}")
            try terminal.waitForPrompt()
        }
    }

    @Test func aPagerThatIsNotThereIsSaidAndTheValueShown() throws {
        try with("no-such-pager -x") { terminal in
            try terminal.run("range(0, 100)", row: "99")
            #expect(
                terminal.screen.allLines.contains {
                    $0.hasPrefix("the pager `no-such-pager -x` was not found, so values are shown without one")
                })
        }
    }

    @Test func itGetsNoToken() throws {
        let variables = ["SEGMENT_TOKEN": "sgp_verysecret", "MY_password": "x", "HARMLESS": "1"]
        try with("cat >/dev/null; env | grep -c -e ^SEGMENT_ -e ^MY_; env | grep HARMLESS", variables) { terminal in
            try terminal.run("range(0, 100)", row: "HARMLESS=1")
            #expect(terminal.screen.allLines.contains("0"))
        }
    }

    @Test(arguments: ["", "cat"])
    func withoutOneAllIsWritten(pager: String) throws {
        try with(pager) { terminal in
            try terminal.run("range(0, 100)", row: "99")
            #expect(terminal.screen.allLines.contains("0"))
        }
    }

    @Test func aValueThatFitsIsNotPaged() throws {
        try with("echo paged; cat") { terminal in
            try terminal.run("range(0, 10)", row: "9")
            #expect(!terminal.screen.contains("paged"))
            try terminal.run("range(0, 23)", row: "22")
            #expect(terminal.screen.allLines.contains("paged"))
        }
    }

    @Test func colouredTextIsMarkedAsItIs() throws {
        try with("cat") { _ in }
        try TerminalShell.with(["--sandbox", "--color", "always"], variables: ["AUD_PAGER": "cat -v"]) { terminal in
            try terminal.run("list()", text: "^[[0;1mname")
            // Names come from anyone: what they hold was made harmless before it got here.
            #expect(!terminal.screen.allLines.contains { $0.contains("^[[2J") })
        }
    }
}
