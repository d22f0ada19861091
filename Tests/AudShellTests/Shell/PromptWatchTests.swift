// What the shell tells of others while it waits for a statement. The others are a run and a ledger of the same state file;
// the clock is one that the tests move.

import AudLanguage
import SegmentAudiences
import Synchronization
import Testing

@testable import AudRuntime
@testable import AudShell

@Suite("What others do while a person types", .timeLimit(.minutes(1)))
final class PromptWatchTests {
    private let time = ManualTime()
    private let file: TemporaryFile
    private let state: StateDatabase
    private let told = Told()
    private let origin = RunOrigin(host: "h", profile: "p", script: "stale.aud")

    init() throws {
        file = try TemporaryFile()
        state = StateDatabase(path: file.path)
    }

    deinit { state.close() }

    private final class Told: Sendable {
        let lines = Mutex<[String]>([])
    }

    private var news: [String] { told.lines.withLock { $0 } }

    private func session(_ state: StateDatabase?) -> Session {
        let ledger = ledger(process: 7, purpose: "shell")
        let workspace = FakeWorkspace(FakeWorkspace.sample)
        return Session(
            workspace: Workspace(aliases: [:], defaultSpace: "s1") {
                Connection(reading: workspace, writing: workspace, ledger: ledger)
            }, output: TerminalOutput(out: Transcript(), error: Transcript(), time: time), time: time, state: state,
            origin: origin)
    }

    private func ledger(process: Int32, purpose: String) -> SharedLedger {
        SharedLedger(
            state, account: "a", limits: .seed, owner: .init(process: process, purpose: purpose), boot: "b", time: time)
    }

    private func watch(_ session: Session, process: Int32 = 7) -> PromptWatch {
        PromptWatch(session: session, process: process, goOn: { "aud resume \($0) --state x" }) { [told] line in
            told.lines.withLock { $0.append(line) }
        }
    }

    /// A run that is under way, of so many calls.
    private func beginRun(_ calls: Int) throws -> RunJournal {
        let calls = (1...calls).map { number in
            PlannedCall(
                number: number, verb: .disable, space: Space(id: "s1"), id: "a\(number)", name: nil, key: nil,
                before: .null, after: .null, source: "stale.aud:1", policy: .continue, expectation: nil)
        }
        return try RunJournal.begin(
            .apply, plan: nil, calls: calls, origin: origin, isStrict: false, in: state, mask: { $0 }, now: { 7 })
    }

    private func look() async {
        time.advance(by: PromptWatch.period)
        await sleeping()
    }

    private func sleeping() async {
        while !time.isSleptOn { await Task.yield() }
    }

    private func open(_ session: Session) async {
        _ = await session.run(SourceFile(name: "x", text: "list()"), as: .prompt)
    }

    /// Does something while a shell waits at its prompt.
    private func watching(
        _ session: Session, process: Int32 = 7, _ body: () async throws -> Void
    ) async rethrows {
        let task = watch(session, process: process).begin()
        await sleeping()
        try await body()
        task.cancel()
        await task.value
    }

    // MARK: Limits

    @Test("a limit that others fill while the prompt waits is told once, and again when they had left it alone")
    func limits() async throws {
        let session = session(state)
        await open(session)
        let other = ledger(process: 9, purpose: "stale.aud")
        func fill() async throws {
            for _ in 0..<8 {
                guard case .granted(let call) = try await other.reserve(.update) else { continue }
                await other.close(call, .answered)
            }
        }
        try await watching(session) {
            #expect(news == [])
            try await fill()
            await look()
            #expect(news.count == 1)
            #expect(news.first?.hasPrefix("! stale.aud [9] holds 8 of 10 update calls; the next can be sent") == true)
            await look()
            #expect(news.count == 1)
            for _ in 0..<30 { await look() }
            try await fill()
            await look()
            #expect(news.count == 2)
        }
    }

    // MARK: Runs

    @Test("a run that ends while the prompt waits is told, once, with what became of its calls")
    func runEnds() async throws {
        let run = try beginRun(2)
        try await watching(session(state)) {
            try run.write([
                .intent(1, banking: nil), .outcome(1, .done, error: nil), .intent(2, banking: nil),
                .outcome(2, .done, error: nil),
            ])
            await look()
            #expect(news == [])
            try run.finish(exitCode: .done, error: nil)
            await look()
            await look()
            #expect(news == ["run 1 (apply, stale.aud) has ended: 2 done"])
        }
    }

    @Test("a run that begins and ends between two looks is told; what was over before the first is not")
    func shortRun() async throws {
        try beginRun(1).finish(exitCode: .done, error: nil)
        try await watching(session(state)) {
            #expect(news == [])
            let run = try beginRun(1)
            try run.write([.intent(1, banking: nil), .outcome(1, .done, error: nil)])
            try run.finish(exitCode: .done, error: nil)
            await look()
            await look()
            #expect(news == ["run 2 (apply, stale.aud) has ended: 1 done"])
        }
    }

    @Test("a run of the shell itself is no news")
    func ownRun() async throws {
        let own = ProcessIdentity.current.pid
        try await watching(session(state), process: own) {
            try beginRun(1).finish(exitCode: .done, error: nil)
            await look()
            #expect(news == [])
        }
    }

    @Test("a run that stops early is told with the command that goes on with it")
    func runStops() async throws {
        let run = try beginRun(3)
        try await watching(session(state)) {
            try run.write([.intent(1, banking: nil), .outcome(1, .done, error: nil)])
            try run.finish(exitCode: .someFailed, error: nil)
            await look()
            #expect(
                news == [
                    "! run 1 (apply, stale.aud) has stopped: 1 done, 2 not attempted\nTo go on: aud resume 1 --state x"
                ])
        }
    }

    @Test("a run whose process died was interrupted; one of a script cannot be gone on with")
    func runIsInterrupted() {
        var run = JournaledRun(
            number: 3, kind: .apply, plan: nil, origin: origin, isStrict: false, began: 1, ended: nil,
            state: .interrupted, owner: .current, exitCode: nil, error: nil, counts: [.notAttempted: 1])
        #expect(
            RunNotice(run, goOn: "go").text
                == "! run 3 (apply, stale.aud) was interrupted: 1 not attempted\nTo go on: go")
        run.kind = .live
        run.counts = [:]
        #expect(RunNotice(run, goOn: "go").text == "run 3 (live, stale.aud) was interrupted")
    }

    // MARK: When it looks

    @Test("without a state file and an open workspace nothing wakes up again")
    func nothingToCome() async throws {
        // Would sleep for ever.
        await watch(session(nil)).begin().value
        await watch(session(StateDatabase(path: file.path + ".none"))).begin().value
        #expect(!time.isSleptOn)
    }

    @Test("a look that is cut short tells nothing, and the next one tells what it would have told")
    func cutShort() async throws {
        let run = try beginRun(1)
        let watch = watch(session(state))
        let first = watch.begin()
        await sleeping()
        first.cancel()
        await first.value
        try run.finish(exitCode: .done, error: nil)
        let second = Task {
            while !Task.isCancelled { await Task.yield() }
            await watch.run()
        }
        second.cancel()
        await second.value
        #expect(news == [])
        let third = watch.begin()
        await sleeping()
        #expect(news.count == 1)
        third.cancel()
        await third.value
    }

    // MARK: In the shell

    @Test("the shell tells it above the prompt while it waits there, and looks no more when it does not")
    func atThePrompt() async throws {
        let run = try beginRun(1)
        var bench = ShellBench()
        (bench.state, bench.time) = (state, time)
        bench.origin = origin
        let (time, transcript) = (time, bench.transcript)
        bench.atPrompt = {
            while !time.isSleptOn { await Task.yield() }
            try? run.finish(exitCode: .done, error: nil)
            while !transcript.text.contains("run 1") {
                time.advance(by: .seconds(5))
                await Task.yield()
            }
        }
        let result = await bench.run(["^D"])
        #expect(
            result.terminal.printed
                == "! run 1 (apply, stale.aud) has stopped: 1 not attempted\nTo go on: aud resume 1\n")
        while time.isSleptOn { await Task.yield() }
    }

    @Test("where the cursor cannot be moved, and with --quiet, nobody looks")
    func quiet() {
        let session = session(state)
        func shell(isInteractive: Bool = true, isQuiet: Bool = false) -> Shell {
            let transcript = Transcript()
            return Shell(
                session: session,
                terminal: FakeTerminal(
                    [], host: ShellHost { CompletionContext() }, transcript: transcript, isInteractive: isInteractive),
                output: TerminalOutput(out: transcript, error: transcript, looks: .init(isQuiet: isQuiet)),
                setup: ShellSetup(profile: "p"))
        }
        #expect(shell().watch != nil)
        #expect(shell(isInteractive: false).watch == nil)
        #expect(shell(isQuiet: true).watch == nil)
    }
}
