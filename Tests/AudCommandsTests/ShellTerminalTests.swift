import AudTesting
import Testing

/// The shell as a person uses it: keys into the program's terminal, a screen out of it.
@TerminalActor
@Suite struct ShellTerminalTests {
    private static let prompt = TerminalShell.prompt
    /// A continuation line keeps the text in the column where the prompt ends.
    private static let noMark = "                … "

    // MARK: Statements

    @Test(arguments: [
        (["1 + (", "  2)"], "( … ", "3"),
        (["len([1, 2", "    , 3])"], "[ … ", "3"),
        (["{", "  a: 1}"], "{ … ", "a  1"),
    ])
    func anOpenBracketIsClosedOnTheNextLine(lines: [String], mark: String, result: String) throws {
        try TerminalShell.with { terminal in
            let indent = lines[1].prefix { $0 == " " }.count
            let continuation = String(repeating: " ", count: 18 - mark.count) + mark
            try terminal.send(lines[0] + "\r")
            // Behind an open call its signature follows.
            try terminal.wait(for: "the continuation prompt") {
                $0.row == 2 && ($0.line(2) + " ").hasPrefix(continuation)
            }
            #expect(terminal.screen.line(1) == "\(Self.prompt) \(lines[0])")
            #expect(terminal.screen.column == 18 + indent)
            try terminal.run(String(lines[1].dropFirst(indent)), row: result)
            let shown = ["\(Self.prompt) \(lines[0])", "\(Self.noMark)\(lines[1])", result]
            #expect(Array(terminal.screen.lines[1...3]) == shown)

            // Up brings the statement back whole; Enter runs it again.
            try terminal.send("\u{1B}[A")
            try terminal.wait(for: "the statement again") { $0.row == 5 && $0.line(5) == shown[1] }
            #expect(terminal.screen.line(4) == shown[0])
            try terminal.send("\r")
            try terminal.wait(for: "the second result") { $0.line(6) == result && $0.isAt(prompt: Self.prompt) }
            #expect(terminal.screen.unknown == [])
        }
    }

    @Test func theHistoryOutlivesTheShellAndHasNoLineThatBeginsWithABlank() throws {
        try TemporaryFolder.with { folder in
            let shell = TerminalShell(folder: folder)
            let first = try shell.start()
            try first.waitForPrompt()
            try first.run("1 + (\r2)", row: "3")
            try first.run(" 40 + 2", row: "42")
            try first.send("\u{1B}[A")
            try first.wait(for: "the kept statement") { $0.line($0.row) == "\(Self.noMark)  2)" }
            try first.send("\u{3}")
            try first.waitForPrompt()
            try first.send("\u{4}")
            #expect(try first.waitForEnd() == .exited(0))

            let second = try shell.start()
            try second.waitForPrompt()
            try second.send("\u{1B}[A")
            try second.wait(for: "the statement of before") { $0.line($0.row) == "\(Self.noMark)  2)" }
            #expect(second.screen.line(second.screen.row - 1) == "\(Self.prompt) 1 + (")
            // Nothing is older: further up stays on the statement's first line.
            try second.send("\u{1B}[A\u{1B}[A\u{1}x")
            try second.wait(for: "the first line, changed") { $0.contains("\(Self.prompt) x1 + (") }
            #expect(!second.screen.contains("40 + 2"))
        }
    }

    @Test func theLastValueGoesOn() throws {
        try TerminalShell.with { terminal in
            try terminal.run("[{a: 40}, {a: 2}]", row: "40")
            try terminal.run("| map .a", row: "40")
            try terminal.run("sum(_)", row: "42")
        }
    }

    // MARK: Completion

    @Test(arguments: [
        ("list() | whe", "list() | where"),
        ("list() | where .ena", "list() | where .enabled"),
        (":disc", ":discard"),
        (":format nd", ":format ndjson"),
        (#"list("stag"#, #"list("staging""#),
        (#"list() | where .status == "Dis"#, #"list() | where .status == "Disabled""#),
        (#"list() | chart(by: "we"#, #"list() | chart(by: "week""#),
        ("list() | sor", "list() | sort"), ("help whe", "help where"), (":set max-c", ":set max-changes"),
        ("list() | take 3 | disable(on", "list() | take 3 | disable(on"),
    ])
    func tabCompletes(typed: String, completed: String) throws {
        try TerminalShell.with { terminal in
            try terminal.send(typed + "\t")
            try terminal.wait(for: completed) {
                // Behind an open call its signature follows.
                $0.line($0.row).hasPrefix("\(Self.prompt) \(completed)")
                    && $0.column == Self.prompt.count + 1 + completed.count
            }
        }
    }

    @Test func tabOffersTheKeysOfAudiencesThatWereListed() throws {
        try TerminalShell.with { terminal in
            try terminal.send("list() | where .key == \"spring\t")
            try terminal.send("\u{3}")
            try terminal.wait(for: "no key is known before a listing") { $0.row == 2 && $0.isAt(prompt: Self.prompt) }
            #expect(!terminal.screen.contains("spring_promo"))

            try terminal.run("list() | count", row: "212")
            try terminal.send("list() | where .key == \"spring\t")
            try terminal.wait(forText: "spring_promo_us")
            let statement = "\(Self.prompt) list() | where .key == \"spring_promo_"
            #expect(terminal.screen.line(terminal.screen.row) == statement)
            try terminal.send("\t")
            try terminal.wait(for: "the first of the menu") {
                $0.line($0.row).hasSuffix("\"spring_promo_de\"") && $0.line($0.row + 1).hasPrefix("> spring_promo_de")
            }
            try terminal.run(" | map .name", row: "Spring promo – DE")
            // The menu was below the statement and is gone.
            #expect(!terminal.screen.contains("> spring_promo_de"))
        }
    }

    // MARK: Staging

    private static let disableThree = #"list("prod") | where .status == "Failed" | take 3 | disable"#

    @Test func staged_shown_applied() throws {
        try TerminalShell.with { terminal in
            let staged = "sandbox/prod dry +3>"
            try terminal.run(Self.disableThree, text: "3 staged; nothing was sent", prompt: staged)
            try terminal.run(":plan", text: "Nothing was sent. To send: :apply", prompt: staged)
            #expect(terminal.screen.lines.count { $0.contains("enabled: true → false") } == 3)
            #expect(terminal.screen.contains("3 calls: 3 disable"))

            try terminal.send(":apply\r")
            try terminal.wait(for: "the question") { $0.line($0.row) == "Send 3 calls to prod? [y/N]" }
            #expect(terminal.screen.bracketsPaste)
            try terminal.run("n", row: "not confirmed: nothing was sent", prompt: staged)

            try terminal.send(":apply\r")
            try terminal.wait(for: "the question") { $0.line($0.row) == "Send 3 calls to prod? [y/N]" }
            try terminal.run("y", row: "3 changes: 3 done")
            try terminal.run(":plan", row: "Nothing is staged.")
            try terminal.run(#"list() | where .name == "Support tickets > 3 DE" | map .enabled"#, row: "false")
        }
    }

    @Test func aStatementThatFailsStagesNothing() throws {
        try TerminalShell.with { terminal in
            try terminal.run(
                Self.disableThree + "\u{1B}\rfail \"no\"", text: "Nothing of this statement was staged.")
            try terminal.run(":plan", row: "Nothing is staged.")
        }
    }

    // MARK: Leaving

    @Test func controlDOnAnEmptyLineLeaves() throws {
        try TerminalShell.with { terminal in
            #expect(terminal.modes == .raw)
            // With text on the line it does not.
            try terminal.send("ab\u{1}\u{4}")
            try terminal.wait(for: "the line") { $0.line(1) == "\(Self.prompt) b" }
            try terminal.send("\u{3}")
            try terminal.wait(for: "a prompt") { $0.row == 2 && $0.isAt(prompt: Self.prompt) }
            try terminal.send("\u{4}")
            #expect(try terminal.waitForEnd() == .exited(0))
            #expect(terminal.isRestored)
            #expect(terminal.screen.column == 0, "the next prompt of the person's shell begins on a line of its own")
        }
    }

    @Test(arguments: ["\u{4}", ":quit\r"])
    func leavingAsksWhenCallsAreStaged(keys: String) throws {
        try TerminalShell.with { terminal in
            let staged = "sandbox/prod dry +3>"
            let question = "Leave and drop 3 staged calls? [y/N]"
            try terminal.run(Self.disableThree, text: "3 staged", prompt: staged)
            try terminal.send(keys)
            try terminal.wait(for: "the question") { $0.line($0.row) == question }
            try terminal.send("\r")
            try terminal.waitForPrompt(staged)
            try terminal.send(keys)
            try terminal.wait(for: "the question") { $0.line($0.row) == question }
            try terminal.send("y\r")
            #expect(try terminal.waitForEnd() == .exited(0))
            #expect(terminal.isRestored)
        }
    }
}
