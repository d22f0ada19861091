import AudSandbox
import AudTesting
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What outlives a shell, on the real program: the index that reads fill, and the history.
@TerminalActor
@Suite(.timeLimit(.minutes(5))) struct TerminalIndexTests {
    private static let prod = "9aQ1Lj62S4bomZKLF4DPqW"
    private static let token = "canary_0123456789_canary"

    private static func settings(_ url: String) -> String {
        """
        profiles:
          local:
            base-url: \(url)
            space: prod
            spaces:
              prod: \(prod)
        """
    }

    // MARK: The index

    @Test nonisolated func tabOffersWhatAnotherProcessHasReadAndSendsNothing() async throws {
        try await TemporaryFolder.with { folder async throws in
            try await Sandbox.with { sandbox, url in
                try folder.write(await Self.settings(url), to: "config/aud/config.yaml")
                let aud = await AudProcess(home: folder, variables: ["SEGMENT_TOKEN": Self.token])
                let began = ContinuousClock.now
                let listed = try await aud.run("-e", "list() | count")
                #expect(listed.output == "212\n", "\(listed.errors)")
                let sent = sandbox.requests.count
                try await completeFromTheFile(in: folder, readSince: began)
                #expect(sandbox.requests.count == sent)
                // Of another profile's workspace nothing is known.
                let other = await Self.settings("http://127.0.0.1:1").replacing("local:", with: "other:")
                try folder.write(other, to: "config/aud/config.yaml")
                try await knowNothing(in: folder)
            }
        }
    }

    private func completeFromTheFile(in folder: TemporaryFolder, readSince began: ContinuousClock.Instant) throws {
        let prompt = "local/prod dry>"
        let terminal = try TerminalShell(folder: folder, variables: ["SEGMENT_TOKEN": Self.token]).start([])
        try terminal.waitForPrompt(prompt)
        // The index comes behind the prompt: until it is there, Tab rings the bell.
        try terminal.send("list() | where .name == \"Spring promo – D")
        try tab(terminal, until: "Spring promo – DE\"")
        try terminal.send("\u{15}list() | where .key == \"spring")
        try tab(terminal, until: "Spring promo – DE · seen ")
        // Just now, unless so much time has passed that it was longer ago.
        let minutes = Int(began.duration(to: .now).components.seconds) / 60
        let ages = ["just now"] + (0..<minutes).map { "\($0 + 1) min ago" }
        let screen = terminal.screen
        #expect(ages.contains { screen.contains("Spring promo – DE · seen \($0)") })
        // All else that a person could complete to.
        for (text, offered) in [("list(\"p", "prod\""), ("get(\"spring", " · seen "), (".status == ", "Live")] {
            try terminal.send("\u{15}\(text)")
            try tab(terminal, until: offered)
        }
        try terminal.send("\u{15}")
        try terminal.waitForPrompt(prompt)
        try terminal.send("\u{4}")
        #expect(try terminal.waitForEnd() == .exited(0))
    }

    private func knowNothing(in folder: TemporaryFolder) throws {
        let terminal = try TerminalShell(folder: folder, variables: ["SEGMENT_TOKEN": Self.token]).start([])
        try terminal.waitForPrompt("other/prod dry>")
        try terminal.send("list() | where .key == \"spring\t")
        try terminal.wait(for: "the bell") { _ in terminal.output.contains(7) }
    }

    /// Presses Tab until there is a menu or a text; each Tab is answered, if only by the bell.
    private func tab(_ terminal: PseudoTerminal, until text: String) throws {
        for _ in 0..<1_000 where !terminal.screen.contains(text) {
            let bells = terminal.output.count { $0 == 7 }
            try terminal.send("\t")
            try terminal.wait(for: "an answer to Tab, or ‘\(text)’") { screen in
                screen.contains(text) || terminal.output.count { $0 == 7 } > bells
            }
        }
        #expect(terminal.screen.contains(text))
    }

    // MARK: Files and runs

    @Test func tabKnowsFilesAndRuns() throws {
        try TemporaryFolder.with { folder in
            try folder.write("1\n", to: "plans/my plan.aud")
            let terminal = try TerminalShell(folder: folder).start(columns: 200)
            try terminal.waitForPrompt()
            try terminal.send(":plan \(folder.path)/plans/m\t")
            try terminal.wait(forText: "/plans/my plan.aud")
            try terminal.send("\u{15}")
            try terminal.run(
                "list() | where .status == \"Failed\" | take 1 | disable", text: "1 staged",
                prompt: "sandbox/prod dry +1>")
            try terminal.send(":apply\r")
            try terminal.wait(forText: "[y/N]")
            try terminal.run("y", row: "1 change: 1 done")
            try terminal.send(":undo \t")
            try terminal.wait(for: "the run") { $0.line($0.row) == "\(TerminalShell.prompt) :undo 1" }
        }
    }

    // MARK: The history

    @Test func twoShellsWriteOneHistory() throws {
        try TemporaryFolder.with { folder in
            let shell = TerminalShell(folder: folder)
            let shells = [try shell.start(), try shell.start()]
            for terminal in shells { try terminal.waitForPrompt() }
            let rounds = 8
            for round in 0..<rounds {
                // Both write before either is waited for.
                for (number, terminal) in shells.enumerated() { try terminal.send("\"s\(number)r\(round)\"\r") }
                for (number, terminal) in shells.enumerated() {
                    try terminal.wait(for: "the value") { $0.allLines.contains("s\(number)r\(round)") }
                    try terminal.waitForPrompt()
                }
            }
            for terminal in shells {
                try terminal.send("\u{4}")
                #expect(try terminal.waitForEnd() == .exited(0))
                #expect(!terminal.screen.allLines.contains { $0.contains("state file") })
            }
            let third = try shell.start(columns: 100, rows: 40)
            try third.waitForPrompt()
            try third.run(":history", row: "\(2 * rounds) rows")
            let rows = third.screen.lines.filter { $0.contains("dry run  ") && $0.contains("done") }
            #expect(rows.count == 2 * rounds)
            for number in 0..<2 {
                let own = rows.filter { $0.contains("\"s\(number)r") }
                #expect(own.map { $0.suffix(7).trimmingPrefix(" ") } == (0..<rounds).map { "\"s\(number)r\($0)\"" })
            }
            try third.send("\u{12}s1r3")
            try third.wait(for: "what was searched") { $0.line($0.row).hasSuffix(": \"s1r3\"") }
        }
    }

    @Test func theTokenIsInNoFileAndDoesNotComeBack() throws {
        try TemporaryFolder.with { folder in
            let shell = TerminalShell(folder: folder, variables: ["SEGMENT_TOKEN": Self.token])
            let prompt = "sandbox/prod dry>"
            let terminal = try shell.start()
            try terminal.waitForPrompt(prompt)
            try terminal.run("len(\"\(Self.token)\")", row: "\(Self.token.count)")
            try terminal.run("len(\"sgp_9876543210abcdef\")", row: "20")
            for kept in ["len(\"****\")", "len(\"****\")"] {
                try terminal.send("\u{1B}[A")
                try terminal.wait(for: "what was kept") { $0.line($0.row) == "\(prompt) \(kept)" }
            }
            try terminal.send("\u{3}")
            try terminal.waitForPrompt(prompt)
            let state = folder.path + "/state/aud"
            var read: [UInt8] = []
            for name in try FileManager.default.contentsOfDirectory(atPath: state) {
                read += try Data(contentsOf: URL(filePath: "\(state)/\(name)"))
            }
            #expect(read.contains("len(\"****\")".utf8))
            #expect(!read.contains(Self.token.utf8))
            #expect(!read.contains("sgp_9876543210abcdef".utf8))
        }
    }
}
