import AudSandbox
import AudTesting
import Dispatch
import Testing

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An apply at a terminal: what is asked, what Ctrl-C leaves, and how the run goes on.
@Suite struct TerminalApplyTests {
    private static let prod = "9aQ1Lj62S4bomZKLF4DPqW"
    private static let disableThree = "list() | where .enabled | take 3 | disable"

    /// A workspace without locks and limits, and programs at terminals.
    private struct Place: Sendable {
        var sandbox: Sandbox
        var url: String
        var folder: TemporaryFolder
        /// Raised by each change that the server has seen.
        var changed: DispatchSemaphore

        /// The deadline only turns a hang into a failure.
        @TerminalActor
        func waitForChanges(_ count: Int) {
            for _ in 1...count { #expect(changed.wait(timeout: .now() + 60) == .success) }
        }

        @TerminalActor
        func start(_ arguments: [String], rows: Int = 24) throws -> PseudoTerminal {
            try TerminalShell(folder: folder, variables: ["SEGMENT_TOKEN": "any"]).start(
                arguments + ["--base-url", url, "--space", TerminalApplyTests.prod], columns: 100, rows: rows)
        }

        /// A process without a terminal.
        func aud(_ arguments: String...) async throws -> AudProcess.Result {
            try await AudProcess(home: folder, variables: ["SEGMENT_TOKEN": "any"]).run(arguments, input: [])
        }

        var patches: [String] { sandbox.requests.filter { $0.method == "PATCH" }.map(\.path) }
    }

    private func with(_ body: @Sendable (Place) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder async throws in
            var options = SandboxOptions()
            options.lock = .zero
            options.limits = .off
            let changed = DispatchSemaphore(value: 0)
            options.onRequest = { if $0.method == "PATCH" { changed.signal() } }
            try await Sandbox.with(options) { sandbox, url in
                try await body(Place(sandbox: sandbox, url: "\(url)", folder: folder, changed: changed))
            }
        }
    }

    @Test func controlCPrintsTheCertificateAndHowToGoOn() async throws {
        try await with { place in
            try await Self.interruptBehindTheSecond(place)
            #expect(place.patches.count == 2)
            let resumed = try await place.aud("resume", "1", "--limits", "off")
            #expect(resumed.code == 0, "\(resumed.errors)")
            #expect(resumed.errors.contains("3 changes: 3 done"))
            #expect(Set(place.patches).count == 3 && place.patches.count == 3)
        }
    }

    @TerminalActor
    private static func interruptBehindTheSecond(_ place: Place) throws {
        let terminal = try place.start(["-e", disableThree, "--apply", "--limits", "update=2/600s"])
        try terminal.wait(forText: "Send 3 calls to \(prod)? [y/N]")
        try terminal.send("y\r")
        // The third call waits for its limit.
        try terminal.wait(for: "the wait") { $0.contains("2/3") && $0.contains("next in") }
        try terminal.send("\u{3}")
        #expect(try terminal.waitForEnd() == .exited(130))
        #expect(terminal.isRestored)
        let screen = terminal.screen
        #expect(screen.contains("Interrupted: nothing more is begun"))
        #expect(screen.contains("3 changes: 2 done, 1 not attempted"))
        #expect(screen.contains("To go on: aud resume 1 --limits update=2/600s"), "\(screen.allLines)")
        #expect(!screen.contains("next in"), "\(screen.allLines)")
        #expect(screen.lines[screen.row].isEmpty && screen.column == 0)
    }

    /// What is dropped in the shell is not dropped from the journal, and the shell says so.
    @Test func discardingAfterAnInterruptNamesTheRunThatHasTheRest() async throws {
        try await with { place in
            try await Self.interruptAndDiscard(place)
            #expect(place.patches.count == 2)
        }
    }

    @TerminalActor
    private static func interruptAndDiscard(_ place: Place) throws {
        let terminal = try place.start(["--limits", "update=2/600s"], rows: 40)
        try terminal.wait(forText: "dry>")
        try terminal.send(disableThree + "\r")
        try terminal.wait(forText: "3 staged; nothing was sent")
        try terminal.send(":apply\r")
        try terminal.wait(forText: "Send 3 calls to \(prod)? [y/N]")
        try terminal.send("y\r")
        try terminal.wait(for: "the wait") { $0.contains("2/3") && $0.contains("next in") }
        try terminal.send("\u{3}")
        try terminal.wait(forText: "1 call that was not attempted stays staged; :apply sends it.")
        try terminal.send(":discard\r")
        try terminal.wait(forText: "1 staged call dropped; nothing was sent.")
        try terminal.wait(forText: "Run 1, which was interrupted, still has calls of these.")
        try terminal.send(":discard\r")
        try terminal.wait(for: "the prompt") { $0.contains("Nothing is staged.") && $0.line($0.row).hasSuffix("dry>") }
        #expect(terminal.screen.allLines.count { $0.hasSuffix(":discard") } == 2)
        try terminal.send("\u{4}")
        #expect(try terminal.waitForEnd() == .exited(0))
        #expect(terminal.isRestored)
    }

    @Test func controlCAwaitsTheChangeThatIsUnderWay() async throws {
        try await with { place in
            // The second change is made, and its answer never comes in the time that a person waits.
            place.sandbox.faults = [SandboxFault(.hang, on: [.update], skip: 1, times: 1)]
            try await Self.stopHard(place)
            // What was sent is known to nobody but the server.
            let shown = try await place.aud("runs", "show", "1", "--format", "csv")
            #expect(shown.output.contains("1,disable,done,"))
            #expect(shown.output.contains("2,disable,unknown,"))
            #expect(shown.output.contains("3,disable,notAttempted,"))
            #expect(shown.errors.contains("To go on: aud resume 1"))
            let before = place.patches.count
            let resumed = try await place.aud("resume", "1", "--limits", "off")
            #expect(resumed.code == 0, "\(resumed.errors)")
            #expect(resumed.errors.contains("3 changes: 3 done"))
            #expect(before == 2 && place.patches.count == 3 && Set(place.patches).count == 3)
        }
    }

    @TerminalActor
    private static func stopHard(_ place: Place) throws {
        let terminal = try place.start(["-e", disableThree, "--apply", "--yes", "--limits", "update=9/600s"])
        place.waitForChanges(2)
        try terminal.wait(for: "the line of progress") { $0.contains("1/3") }
        try terminal.send("\u{3}")
        try terminal.wait(forText: "a change that is under way is awaited")
        try terminal.send("\u{3}")
        #expect(try terminal.waitForEnd() == .exited(130))
        #expect(terminal.isRestored)
        #expect(!terminal.screen.contains("1/3"), "\(terminal.screen.allLines)")
        #expect(terminal.screen.contains("Stopped at once, in run 1. To go on: aud resume 1 --limits update=9/600s"))
        #expect(terminal.screen.column == 0)
    }

    @Test(arguments: ["\u{3}", "\u{4}", "n\r"])
    func whoDoesNotConfirmSendsNothing(keys: String) async throws {
        try await with { place in
            try await Self.answer(keys, place)
            #expect(place.patches.isEmpty)
        }
    }

    @TerminalActor
    private static func answer(_ keys: String, _ place: Place) throws {
        let terminal = try place.start(["-e", disableThree, "--apply"])
        try terminal.wait(forText: "[y/N]")
        try terminal.send(keys)
        // Ctrl-C ends the program, as everywhere; anything else is an answer.
        let isInterrupt = keys == "\u{3}"
        #expect(try terminal.waitForEnd() == .exited(isInterrupt ? 130 : 5))
        #expect(
            terminal.screen.contains(isInterrupt ? "interrupted: nothing was sent" : "not confirmed: nothing was sent"))
        #expect(terminal.isRestored)
    }

    @Test func controlCAtAQuestionOfTheScriptEndsIt() async throws {
        try await with { place in
            try await Self.interruptTheScriptsQuestion(place)
            #expect(place.patches.isEmpty)
        }
    }

    @TerminalActor
    private static func interruptTheScriptsQuestion(_ place: Place) throws {
        let asking = try place.start(["-e", "print(confirm(\"Sure?\")); print(\"went on\")", "--live"])
        try asking.wait(forText: "Sure? [y/N]")
        try asking.send("\u{3}")
        #expect(try asking.waitForEnd() == .exited(130))
        #expect(!asking.screen.lines.contains("went on"))
    }

    @Test func quietStillShowsWhatIsAskedAboutAndWhatIsLeft() async throws {
        try await with { place in
            try await Self.askQuietly(place)
            #expect(place.patches.count == 2)
        }
    }

    @TerminalActor
    private static func askQuietly(_ place: Place) throws {
        let terminal = try place.start(
            [
                "-e", disableThree, "--apply", "--quiet", "--limits", "update=2/600s", "--state",
                place.folder.path + "/mine.sqlite",
            ], rows: 40)
        try terminal.wait(forText: "Send 3 calls")
        let preview = terminal.screen.allLines
        #expect(preview.contains { $0.hasPrefix("3 calls: 3 disable") }, "\(preview)")
        #expect(preview.count { $0.contains("enabled: true → false") } == 3)
        try terminal.send("y\r")
        place.waitForChanges(2)
        terminal.signal(SIGTERM)
        #expect(try terminal.waitForEnd() == .exited(130))
        #expect(terminal.screen.contains("3 changes: 2 done, 1 not attempted"), "\(terminal.screen.allLines)")
        let goOn = "To go on: aud resume 1 --state \(place.folder.path)/mine.sqlite --limits update=2/600s"
        #expect(terminal.screen.allLines.joined().contains(goOn), "\(terminal.screen.allLines)")
    }

    @Test func quietWithoutAQuestionSaysNothingWhenAllIsDone() async throws {
        try await with { place in
            let result = try await place.aud(
                "-e", Self.disableThree, "--apply", "--yes", "--quiet", "--base-url", place.url, "--space", Self.prod)
            #expect(result.code == 0)
            #expect(result.errors.isEmpty && result.output.isEmpty)
            place.sandbox.faults = [SandboxFault(.status(422), on: [.update])]
            let failed = try await place.aud(
                "-e", Self.disableThree, "--apply", "--yes", "--quiet", "--base-url", place.url, "--space", Self.prod)
            #expect(failed.code == 3)
            #expect(failed.errors.contains("3 changes: 1 failed, 2 not attempted"), "\(failed.errors)")
            #expect(failed.errors.contains("To go on: aud resume 2"), "\(failed.errors)")
        }
    }
}
