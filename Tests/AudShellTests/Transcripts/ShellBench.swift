// The shell on a real session, a workspace in memory and a terminal that types.

import AudLanguage
import AudRuntime
import AudShell
import SegmentAudiences
import Synchronization

struct ShellBench {
    let transcript = Transcript()
    let workspace: FakeWorkspace
    let store = MemoryStore()
    var setup: ShellSetup
    var options = {
        var options = SessionOptions()
        options.expectsMore = true
        return options
    }()
    /// Where runs are journaled; nil: nowhere.
    var state: StateDatabase?
    var origin = RunOrigin()
    var isInteractive = true
    /// Whether somebody answers where lines are not edited.
    var hasPerson = false
    var time: any TimeSource = StandingTime()
    /// What goes on while a statement is awaited.
    var atPrompt: @Sendable () async -> Void = {}
    /// The columns of the terminal.
    var width = 80

    init(_ audiences: [Audience] = FakeWorkspace.sample) {
        workspace = FakeWorkspace(audiences)
        setup = ShellSetup(profile: "default", aliases: ["prod": "s1", "staging": "s2"], leaveAtOnce: {})
    }

    /// Types the lines and answers with what a person saw.
    func run(_ lines: [String]) async -> (transcript: String, end: ShellEnd, terminal: FakeTerminal) {
        let transcript = transcript
        let ledger = InProcessLedger(limits: .seed, time: time)
        let workspace = workspace
        let width = width
        let output = TerminalOutput(
            out: transcript, error: transcript, looks: .init(width: { width }, errorWidth: { width }),
            time: time)
        let session = Session(
            workspace: Workspace(aliases: setup.aliases, defaultSpace: "prod") {
                Connection(reading: workspace, writing: workspace, ledger: ledger)
            }, options: options, output: output, time: time, state: state, origin: origin)
        let host = ShellHost { CompletionContext() }
        let terminal = FakeTerminal(
            lines, host: host, transcript: transcript, isInteractive: isInteractive,
            hasPerson: isInteractive || hasPerson, atPrompt: atPrompt)
        var setup = setup
        if setup.store == nil { setup.store = store }
        let shell = Shell(session: session, terminal: terminal, output: output, setup: setup)
        let end = await shell.run()
        return (transcript.text, end, terminal)
    }
}

/// History in memory.
final class MemoryStore: HistoryStore {
    struct Entry: Equatable {
        var profile: String
        var mode: String
        var text: String
        var duration: Duration?
        var outcome: String?
    }

    private let state = Mutex<[Entry]>([])

    var entries: [Entry] { state.withLock { $0 } }

    func beginStatement(profile: String, mode: Mode, text: String, at time: Int64) throws(StateError) -> Int64 {
        state.withLock { entries in
            entries.append(Entry(profile: profile, mode: mode.rawValue, text: text))
            return Int64(entries.count - 1)
        }
    }

    func endStatement(_ id: Int64, duration: Duration, outcome: String) throws(StateError) {
        state.withLock { entries in
            entries[Int(id)].duration = duration
            entries[Int(id)].outcome = outcome
        }
    }

    func history(profile: String, limit: Int) throws(StateError) -> [HistoryEntry] {
        entries.enumerated().map { place, entry in
            HistoryEntry(
                id: Int64(place), profile: entry.profile, mode: entry.mode, text: entry.text,
                time: 1_767_225_600_000_000 + Int64(place) * 1_000_000, duration: entry.duration, outcome: entry.outcome
            )
        }
    }

    func pruneHistory(profile: String, keeping limit: Int) throws(StateError) {}
}
