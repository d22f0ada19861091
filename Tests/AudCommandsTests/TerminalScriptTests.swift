import AudSandbox
import AudTesting
import Testing

/// `:save`, `:load`, `:edit`, `_1` and the start-up file as a person meets them.
@TerminalActor
@Suite struct TerminalScriptTests {
    private static let prompt = TerminalShell.prompt

    @Test func aSavedSessionRunsAndSaysTheSame() async throws {
        try await TemporaryFolder.with { @TerminalActor @Sendable folder async throws in
            let path = folder.path + "/s.aud"
            let terminal = try TerminalShell(folder: folder).start(columns: 240)
            try terminal.waitForPrompt()
            try terminal.run("20 + 1", row: "21")
            try terminal.run("_ * 2", row: "42")
            try terminal.run("_1 + _", row: "63")
            try terminal.send("let n = 5\r")
            try terminal.waitForPrompt()
            try terminal.send("let n = n + 1\r")
            try terminal.waitForPrompt()
            try terminal.run("list() | where .enabled | count", text: "1")
            try terminal.run("| + n", text: "error")
            try terminal.run("\"n is {n}\"", row: "n is 6")
            try terminal.run(":save \(path)", text: "7 statements in \(path). To run it: aud run \(path) --sandbox")
            // Its own file may be written again, and a person's is not.
            try terminal.run(":save \(path)", text: "To run it")
            try folder.write(try folder.read("s.aud") + "# mine\n", to: "s.aud")
            try terminal.run(":save \(path)", text: "nothing was saved")
            #expect(try folder.read("s.aud").hasSuffix("# mine\n"))
            let count = terminal.screen.lines.first { $0.allSatisfy(\.isNumber) && $0.count == 3 } ?? "?"
            #expect(folder.mode(of: "s.aud") == 0o600)

            let aud = AudProcess(home: folder)
            #expect(try await aud.run("check", path).code == 0)
            let result = try await aud.run("run", path, "--sandbox")
            #expect(result.code == 0, "\(result.errors)")
            #expect(result.output == "21\n42\n63\n\(count)\nn is 6\n")
        }
    }

    @Test(arguments: [["--space", "staging"], []])
    func aSavedSessionRunsInItsSpace(options: [String]) async throws {
        try await TemporaryFolder.with { @TerminalActor @Sendable folder async throws in
            let path = folder.path + "/s.aud"
            let prompt = "sandbox/staging dry>"
            let terminal = try TerminalShell(folder: folder).start(["--sandbox"] + options, columns: 240)
            try terminal.waitForPrompt(options.isEmpty ? TerminalShell.prompt : prompt)
            try terminal.run(":space staging", text: ":space staging", prompt: prompt)
            try terminal.run("list() | count", row: "87", prompt: prompt)
            let command = "aud run \(path) --sandbox --space staging"
            try terminal.run(":save \(path)", text: "1 statement in \(path). To run it: \(command)", prompt: prompt)
            let result = try await AudProcess(home: folder).run("run", path, "--sandbox", "--space", "staging")
            #expect(result.output == "87\n")
        }
    }

    @Test func whatIsSavedPassesTheCheckWithoutWhatAFileMayNotHave() async throws {
        try await TemporaryFolder.with { @TerminalActor @Sendable folder async throws in
            let path = folder.path + "/s.aud"
            let terminal = try TerminalShell(folder: folder).start(columns: 240)
            try terminal.waitForPrompt()
            try terminal.send(" let secret = 4711\r")
            try terminal.run("secret + 1", row: "4712")
            try terminal.run("_ - 4000", row: "712")
            try terminal.send("fn last() = _\r")
            try terminal.waitForPrompt()
            try terminal.run("last() + 1", row: "713")
            try terminal.send("let {a} = {a: 1}\r")
            try terminal.waitForPrompt()
            try terminal.send("let {a} = {a: 2}\r")
            try terminal.waitForPrompt()
            try terminal.run("40 + 2", row: "42")
            try terminal.run(":save \(folder.path)/s", text: "the name of a script ends in .aud")
            try terminal.run(":save \(path)", text: "To run it")
            #expect(terminal.screen.contains("2 statements in \(path). To run it: "))
            #expect(
                terminal.screen.contains(
                    "6 left out: 1 kept out of the history, 3 using what is left out, 2 that a file may not have."))
            #expect(try !folder.read("s.aud").contains("4711"))
            #expect(folder.mode(of: "s.aud") == 0o600)
            let result = try await AudProcess(home: folder).run("run", path, "--sandbox")
            #expect(result.code == 0 && result.output == "42\n", "\(result.errors)")
        }
    }

    @Test func aModuleThatIsNotBesideTheScriptIsLeftOutWithWhatUsesIt() async throws {
        try await TemporaryFolder.with { @TerminalActor @Sendable folder async throws in
            try folder.write("use \"lib/m.aud\" as m\nm.b\n", to: "one/good.aud")
            try folder.write("let b = 40\n", to: "one/lib/m.aud")
            let terminal = try TerminalShell(folder: folder).start(columns: 240)
            try terminal.waitForPrompt()
            try terminal.run(":load \(folder.path)/one/good.aud", row: "40")
            try terminal.run("m.b + 1", row: "41")
            try terminal.run("1 + 1", row: "2")
            try terminal.run(":save \(folder.path)/s.aud", text: "1 statement in")
            #expect(terminal.screen.contains("2 left out: 1 that a file may not have, 1 using what is left out."))
            try terminal.run(":save \(folder.path)/one/s.aud", text: "3 statements in")
            #expect(try await AudProcess(home: folder).run("check", folder.path + "/s.aud").code == 0)
        }
    }

    @Test func aLoadedScriptLeavesItsNamesAndNamesItsErrors() throws {
        try TemporaryFolder.with { folder in
            try folder.write("use \"lib/m.aud\" as m\nlet a = m.b + 2\n", to: "good.aud")
            try folder.write("let b = 40\n", to: "lib/m.aud")
            try folder.write("let c = 1\n\nc + missing\n", to: "bad.aud")
            let terminal = try TerminalShell(folder: folder).start(columns: 240)
            try terminal.waitForPrompt()
            try terminal.send(":load \(folder.path)/good.aud\r")
            try terminal.run("a", row: "42")
            try terminal.run(":load \(folder.path)/bad.aud", text: "bad.aud:3:5")
            try terminal.run(":load \(folder.path)/god.aud", text: "did you mean \(folder.path)/good.aud?")
            try terminal.run("a + 1", row: "43")
        }
    }

    @Test func theEditorHasTheTerminalAndItsTextStandsInTheLine() throws {
        try TemporaryFolder.with { folder in
            // It shows that it has a terminal, and no token.
            try folder.write(
                "#!/bin/sh\n[ -t 0 ] && [ -t 1 ] && echo \"editing ${SEGMENT_TOKEN-without a token}\"\n"
                    + "stty -a | tr ' ;' '\\n\\n' | grep -x -e echo -e -echo\n"
                    + "sed -i 's/40/41/' \"$1\"\n", to: "editor", mode: 0o700)
            let shell = TerminalShell(
                folder: folder,
                variables: ["EDITOR": folder.path + "/editor", "SEGMENT_TOKEN": "canary-canary-canary"])
            let terminal = try shell.start(columns: 240)
            try terminal.waitForPrompt()
            try terminal.run("40 + 1", row: "41")
            try terminal.send(":edit\r")
            try terminal.wait(for: "the text in the line") { $0.line($0.row) == "\(Self.prompt) 41 + 1" }
            #expect(terminal.screen.lines.contains("editing without a token"))
            #expect(terminal.screen.lines.contains("echo"))
            #expect(terminal.modes == .raw)
            try terminal.run("", row: "42")

            try folder.write("40\n", to: "f.aud")
            try terminal.send(":edit \(folder.path)/f.aud\r")
            try terminal.wait(for: "what runs the file") { $0.line($0.row).hasPrefix("\(Self.prompt) :load ") }
            try terminal.run("", row: "41")
            #expect(try folder.read("f.aud") == "41\n")
        }
    }

    @Test func anEditorThatFailsIsNamed() throws {
        try TerminalShell.with(variables: ["VISUAL": "/nonexistent/editor"]) { terminal in
            try terminal.run(":edit", text: "failed")
            #expect(terminal.screen.contains("VISUAL or EDITOR names the editor"))
        }
    }

    // MARK: The start-up file

    @Test func theStartUpFileBindsNamesAndMayChangeNothing() throws {
        try TemporaryFolder.with { folder in
            try folder.write("fn double(x) = 2 * x\n", to: "config/aud/init.aud")
            let shell = TerminalShell(folder: folder)
            let terminal = try shell.start(columns: 240)
            try terminal.waitForPrompt()
            try terminal.run("double(21)", row: "42")
            let without = try shell.start(["--sandbox", "--no-init"])
            try without.waitForPrompt()
            try without.run("double(21)", text: "there is nothing named `double`")

            try folder.write("list() | first | disable\n", to: "config/aud/init.aud")
            let refused = try shell.start(columns: 240)
            try refused.waitForPrompt()
            #expect(refused.screen.contains("init.aud did not run: a start-up file must change nothing"))

            try folder.write("1 +\n", to: "config/aud/init.aud", mode: 0o622)
            let guarded = try shell.start(columns: 240)
            try guarded.waitForPrompt()
            #expect(guarded.screen.contains("others than you can change it"))
            try guarded.run("1 + 1", row: "2")
        }
    }

    // MARK: Notices

    @Test func whatOthersHoldOfALimitIsSaidAboveTheLine() async throws {
        try await TemporaryFolder.with { @TerminalActor @Sendable folder async throws in
            try await Sandbox.with(SandboxOptions()) { @TerminalActor @Sendable _, url in
                // A window that outlasts whatever else runs on the machine.
                let place = ["--base-url", url, "--space", "9aQ1Lj62S4bomZKLF4DPqW", "--limits", "update=10/3600s"]
                let aud = AudProcess(home: folder, variables: ["SEGMENT_TOKEN": "any"])
                let script = "list() | where .enabled | take 9 | disable"
                let applied = try await aud.run(place + ["-e", script, "--apply", "--yes"], input: [])
                #expect(applied.code == 0, "\(applied.errors)")
                try Self.notice(folder, place)
            }
        }
    }

    private static func notice(_ folder: TemporaryFolder, _ place: [String]) throws {
        let shell = TerminalShell(folder: folder, variables: ["SEGMENT_TOKEN": "any"])
        let terminal = try shell.start(place, columns: 120)
        let prompt = "9aQ1Lj62S4bomZKLF4DPqW dry>"
        try terminal.waitForPrompt(prompt)
        try terminal.send("list() | count\r1 + ")
        try terminal.wait(for: "the notice above what is typed") { screen in
            screen.line(screen.row) == "\(prompt) 1 +"
                && screen.lines[..<screen.row].contains {
                    $0.hasPrefix("! -e [") && $0.contains("] holds 9 of 10 update calls")
                }
        }
        try terminal.run("1", row: "2", prompt: prompt)
        #expect(terminal.screen.allLines.count { $0.contains("holds 9 of 10") } == 1, "it is told once")
    }
}
