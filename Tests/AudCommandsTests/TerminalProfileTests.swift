import AudTesting
import Testing

/// `:profile NAME`: another session at the same terminal.
@TerminalActor
@Suite struct TerminalProfileTests {
    private static let configuration = """
        profiles:
          acme:
            base-url: http://127.0.0.1:9
            space: prod
            spaces:
              prod: 9aQ1Lj62S4bomZKLF4DPqW
          broken:
            base-url: nowhere
          other:
            base-url: http://127.0.0.1:9
            confirm: always
            space: test
            spaces:
              test: 7bQ1Lj62S4bomZKLF4DPqW
        """
    private static let acme = "acme/prod live>"
    private static let other = "other/test dry>"

    @Test func theOtherSessionIsADryRunWithNamesAndHistoryOfItsOwn() throws {
        try TemporaryFolder.with { folder in
            try folder.write(Self.configuration, to: "config/aud/config.yaml")
            let terminal = try TerminalShell(folder: folder).start(["--profile", "acme", "--space", "prod", "--live"])
            try terminal.waitForPrompt(Self.acme)
            try terminal.run("let x = 41", text: "let x = 41", prompt: Self.acme)
            try terminal.run(":profile broken", text: "nowhere", prompt: Self.acme)
            try terminal.run("x + 1", row: "42", prompt: Self.acme)
            try terminal.run(":profile o\t", text: "The names of this session stay behind.", prompt: Self.other)
            try terminal.run("x", text: "E0302", prompt: Self.other)
            // The way back, and the history of there with it.
            try terminal.run(":profile acme", text: "acme", prompt: "acme/prod dry>")
            try terminal.send("\u{1B}[A\u{1B}[A")
            try terminal.wait(for: "the last statement but one") { $0.line($0.row).hasSuffix("> x + 1") }
            try terminal.send("\u{15}\u{04}")
            #expect(try terminal.waitForEnd() == .exited(0))
            #expect(terminal.isRestored)
        }
    }

    @Test func thePromptHasTheColourOfTheProfileAndSaysThatItSendsNothing() throws {
        try TemporaryFolder.with { folder in
            let guarded = Self.configuration.replacing(
                "  acme:\n", with: "  acme:\n    prompt-color: red\n    read-only: true\n")
            try folder.write(guarded, to: "config/aud/config.yaml")
            let prompt = "acme/prod read-only>"
            let terminal = try TerminalShell(folder: folder).start(["--profile", "acme"])
            try terminal.waitForPrompt(prompt)
            // The names of the profile and the space are red, and what stands behind them is not.
            let styles = terminal.screen.cells[terminal.screen.row].map(\.style)
            #expect(styles[..<9].allSatisfy { $0.split(separator: ";").contains("31") })
            #expect(styles[9...].allSatisfy { !$0.split(separator: ";").contains("31") })
            try terminal.run(":apply", text: "read-only", prompt: prompt)
            try terminal.run(":live", text: "read-only", prompt: prompt)
        }
    }

    @Test func confirmAlwaysHoldsForLiveStatements() throws {
        try TemporaryFolder.with { folder in
            try folder.write(Self.configuration, to: "config/aud/config.yaml")
            let terminal = try TerminalShell(folder: folder).start(
                ["--profile", "other", "--live"], columns: 200)
            try terminal.waitForPrompt("other/test live>")
            try terminal.wait(forText: "one that can change or remove something")
            try terminal.send("disable(\"a\")\r")
            try terminal.wait(forText: "Send up to 100 changes as the statement reaches them? [y/N]")
            try terminal.send("n\r")
            try terminal.wait(forText: "not confirmed: nothing was sent")
            try terminal.waitForPrompt("other/test live>")
        }
    }

    @Test func anAddressOfTheCommandLineIsNotTakenAlong() throws {
        try TemporaryFolder.with { folder in
            try folder.write(Self.configuration, to: "config/aud/config.yaml")
            let shell = TerminalShell(folder: folder)
            let terminal = try shell.start(
                ["--profile", "acme", "--base-url", "http://127.0.0.1:9", "--limits", "off"], columns: 120)
            try terminal.waitForPrompt("acme/prod dry>")
            try terminal.run(":profile other", text: "started with --base-url and --limits", prompt: "acme/prod dry>")
            #expect(terminal.screen.allLines.contains("help: start another shell: aud --profile other"))
        }
    }
}
