// Whole sessions. What a person types is in the test, what they see is in `Goldens/NAME.txt`.

import AudRuntime
import AudShell
import SegmentAudiences
import Synchronization
import Testing

@Suite("The shell, seen by a person")
struct TranscriptTests {
    @Test("looking around: values, two-line input, pipes, `_`, help")
    func lookingAround() async throws {
        let bench = ShellBench()
        let result = await bench.run([
            "1 + 1", "_ * 21", "list()", "| where .enabled", "| map .key", "list() | where .key in [",
            "  \"vip\",", "]", "fn twice(x) {", "  return 2 * x", "}", "twice(4)", "\"a\" + ", "\"b\"", "help twice",
            "help sort", "help lenn", "exit", "^C", "^D",
        ])
        try Golden.expect(result.transcript, "looking-around")
        #expect(result.end == .left)
    }

    @Test("staging: counts in the prompt, the plan, discarding, leaving with staged calls")
    func staging() async throws {
        let bench = ShellBench()
        let result = await bench.run([
            "list() | where .enabled | disable", "disable(\"a1\")", ":plan", ":live", ":space staging",
            "remove(\"a2\")", ":plan", ":discard", ":plan", "list() | take 1 | disable", ":quit", "n", "^D", "y",
        ])
        try Golden.expect(result.transcript, "staging")
        #expect(bench.workspace.changes == 0)
    }

    @Test("saving: the plan as a file, whose calls stay staged")
    func saving() async throws {
        var bench = ShellBench()
        let saved = SavedText()
        bench.setup.saving = PlanSaving(
            host: "https://api.segmentapis.com",
            write: { text, path in path == "full" ? "there is no room" : saved.take(text) },
            command: { path, _ in "aud apply \(path)" })
        let result = await bench.run([
            ":plan p.aud", "list() | take 1 | disable", ":plan full", ":plan my plan.aud", ":discard", "^D",
        ])
        try Golden.expect(result.transcript, "saving")
        #expect(saved.text.hasPrefix("# aud plan 1 · 1 call: 1 disable\n"))
        #expect(saved.text.contains("\ndisable(\"a1\", space: \"s1\", expect: {key: \"spring_promo\", enabled: true"))
        #expect(bench.workspace.changes == 0)
    }

    @Test("consequences: who refers to a removed audience is named and asked about, who to a disabled one only named")
    func consequences() async throws {
        let referring = [
            "a5": "trait('spring_promo').equals(true)", "a6": "trait(\"vip\") = true AND trait('spring_promo')",
        ]
        .sorted { $0.key < $1.key }.compactMap { id, query in
            Audience(fields: [
                "id": .string(id), "spaceId": .string("s1"), "name": .string("Refers \u{1B}[31m\(id)"),
                "key": .string(id), "enabled": .bool(true),
                "definition": .object(["query": .string(query), "type": .string("users")]),
            ])
        }
        let bench = ShellBench(FakeWorkspace.sample + referring)
        let result = await bench.run([
            "disable(list()[0])", "let a = get(\"a1\")", "a.status", ":plan", "remove(\"a4\")", ":apply", "n", ":apply",
            "y", "prod", "^D",
        ])
        try Golden.expect(result.transcript, "consequences")
        #expect(bench.workspace.changes == 2)
    }

    @Test("applying: the bill, the question, and a partition that adds up")
    func applying() async throws {
        let bench = ShellBench()
        let result = await bench.run([
            "list() | disable on error continue", ":apply", "n", ":apply", "y", "list() | select .key, .enabled",
            "remove(\"a1\")",
            ":apply", "y", ":apply", "prod", ":apply", "^D",
        ])
        try Golden.expect(result.transcript, "applying")
        #expect(bench.workspace.changes == 3)
    }

    @Test("undoing: the calls are staged, what cannot be undone is said, and nothing is undone beside other calls")
    func undoing() async throws {
        let file = try TemporaryFile()
        var bench = ShellBench()
        let state = StateDatabase(path: file.path)
        bench.state = state
        let result = await bench.run([
            ":undo", ":undo first", ":undo 1", "disable(\"a1\"); enable(\"a3\"); remove(\"a3\")", ":apply", "prod",
            "enable(\"a1\")", ":undo 1", ":discard", ":undo 1", ":plan", ":apply", "y", "get(\"a1\").enabled",
            ":undo 9",
            "^D",
        ])
        state.close()
        try Golden.expect(result.transcript, "undoing")
        #expect(bench.workspace.changes == 4)
    }

    @Test("going on: a run that stopped is in the list of runs, and the command that goes on with it is told")
    func goingOn() async throws {
        let file = try TemporaryFile()
        var bench = ShellBench()
        let state = StateDatabase(path: file.path)
        bench.state = state
        bench.setup.goOn = { "aud resume \($0) --state 'my file'" }
        // a4 is locked by its owner, and what comes behind it is not attempted.
        let result = await bench.run([
            ":runs", "disable(\"a1\"); disable(\"a4\"); disable(\"a2\")", ":apply", "y", ":runs", ":runs 1", "^D",
        ])
        state.close()
        try Golden.expect(result.transcript, "going-on")
        #expect(bench.workspace.changes == 1)
    }

    @Test("a statement that fails stages nothing and leaves the shell as it was")
    func failing() async throws {
        let bench = ShellBench()
        let result = await bench.run([
            "disable(\"a1\"); 1 / 0", "list() | where .enabeld", "let x = ", "1", "x +* 2", ":plna", ":format jsn",
            ":format json",
            "list() | take 1 | map .key", ":format table", ":discard now", "fail \"\u{1B}[31mred\"", "^D",
        ])
        try Golden.expect(result.transcript, "failing")
    }

    @Test("the limits, as a table and as data")
    func limits() async throws {
        let result = await ShellBench().run([":limits", ":format csv", ":limits", ":limits now", "^D"])
        try Golden.expect(result.transcript, "limits")
    }

    @Test("charts: groups, counts and dates as bars, or as the data behind them")
    func charts() async throws {
        let result = await ShellBench().run([
            "list() | group by .status | chart", "list() | map .enabled | chart",
            "[@2026-11-02, @2026-11-03, null, @2026-11-17] | chart(by: \"week\")", "chart({open: 12, closed: 30})",
            "[] | chart", "list() | chart", "[1, 2] | chart(by: \"week\")", "list() | map chart(.name)", ":format csv",
            "list() | group by .status | chart", "help chart", "^D",
        ])
        try Golden.expect(result.transcript, "charts")
    }

    @Test("forms: every form that a script may ask for, and what a wrong one is told")
    func forms() async throws {
        let result = await ShellBench().run([
            "let two = list() | take 2 | select .id, .name, .enabled", "show(two, as: \"table\")",
            "show(two, as: \"json\")",
            "show(two, as: \"ndjson\")", "show(two, as: \"csv\")", "show(two, as: \"ids\")", "show([1], as: \"ids\")",
            "show([two, x => x], as: \"json\")", "show(two, as: \"tabel\")", "show(two, as: \"chart\")",
            "show(two, as: 3)",
            ":format", ":format tabel", ":format ids", "two", "1", ":format json", "null", "^D",
        ])
        try Golden.expect(result.transcript, "forms")
    }

    @Test("what rests on recorded changes is marked, and the data formats have the bare values")
    func simulated() async throws {
        let result = await ShellBench().run([
            "disable(\"a1\")", "list()", "get(\"a1\")",
            "list() | take 2 | select .name, .enabled, .status, on: .enabled",
            "list() | take 2 | with key: 1 | select .key, .status | with n: 2", ":format ndjson", "list() | take 1",
            ":format table",
            ":discard",
            "get(\"a1\")", "^D",
        ])
        try Golden.expect(result.transcript, "simulated")
    }

    @Test("at 20 and 40 columns nothing is lost without a word", arguments: [20, 40])
    func narrow(width: Int) async throws {
        var bench = ShellBench()
        bench.width = width
        let result = await bench.run([
            "list()", "get(\"a1\")", "disable(list()[0]); remove(\"a3\")", ":plan", ":limits",
            "list() | group by .status | chart", ":discard", "^D",
        ])
        try Golden.expect(result.transcript, "narrow-\(width)")
    }

    @Test("help: a stage, a function, a code, what is near, examples; and the tour only on a simulated workspace")
    func helping() async throws {
        let lines = ["help where", "help E0301", "help E03001", "help :tour", ":examples", ":tour", "^D"]
        try Golden.expect(await ShellBench().run(lines).transcript, "helping")
        var bench = ShellBench()
        bench.setup.isSandbox = true
        let tour = await bench.run([
            "disable(\"a1\")", ":tour", ":discard", ":tour", "s", "2 * 3", "", "x +* 2", "q", "^D",
        ])
        try Golden.expect(tour.transcript, "tour")
        #expect(tour.end == .left)
    }

    @Test("a long value is left to the pager, with what is said around it in order; a short one is not")
    func paging() async throws {
        var bench = ShellBench()
        let transcript = bench.transcript
        bench.setup.pager = Pager(command: "less") { text in
            transcript.add("<pager: \(text.split(separator: "\n").count) lines>\n")
            return .left
        }
        let result = await bench.run([
            "range(0, 30)", "range(0, 5)", "print(\"before\"); range(0, 30)", "range(0, 3); print(\"after\")",
            "range(0, 30) | take 25; disable(\"a1\")", ":discard", ":format json", "range(0, 30)", "^D",
        ])
        try Golden.expect(result.transcript, "paging")
    }

    @Test("help that the screen does not hold is left to the pager, and short help is not")
    func pagedHelp() async {
        var bench = ShellBench()
        let transcript = bench.transcript
        bench.setup.pager = Pager(command: "less") { text in
            transcript.add("<pager: \(text.split(separator: "\n").last ?? "")>\n")
            return .left
        }
        let text = await bench.run([":help", "help len", "^D"]).transcript
        let last = "  Tab completes · Ctrl-C cancels a statement · Ctrl-D leaves"
        #expect(text.hasPrefix("prod dry> :help\n<pager: \(last)>\n"))
        #expect(text.contains("help len\nlen("))
    }

    @Test("a pager that does not start is said once, and the values are shown without it")
    func noPager() async throws {
        var bench = ShellBench()
        bench.setup.pager = Pager(command: "lss \u{1B}[2J") { _ in .notStarted("was not found") }
        let text = await bench.run(["range(0, 30)", "range(0, 30)", "^D"]).transcript
        let message = "the pager `lss \\u{1b}[2J` was not found, so values are shown without one\n"
        #expect(text.split(separator: message, omittingEmptySubsequences: false).count == 2)
        #expect(text.split(separator: "\n").count { $0 == "29" } == 2)
    }

    @Test("without a person, and when it is switched off, nothing is paged")
    func pagerOff() async throws {
        var bench = ShellBench()
        bench.isInteractive = false
        bench.setup.pager = Pager(command: "less") { _ in .notStarted("must not be asked") }
        let text = await bench.run(["range(0, 30)", "^D"]).transcript
        #expect(text.contains("\n29\n") && !text.contains("pager"))
    }

    @Test("live: changes are sent as statements reach them")
    func live() async throws {
        let bench = ShellBench()
        let result = await bench.run([
            ":live", "disable(\"a1\")", "list() | where .key == \"vip\" | disable on error continue", "enable(\"a4\")",
            ":dry", "^D",
        ])
        try Golden.expect(result.transcript, "live")
        #expect(bench.workspace.changes == 1)
    }

    @Test("Ctrl-C cancels the statement and not the shell", .timeLimit(.minutes(1)))
    func interrupting() async throws {
        let bench = ShellBench()
        let result = await bench.run(["while true {} ^C", "list(\"slow\") ^C", "1 + 1", "^C", "^D"])
        try Golden.expect(result.transcript, "interrupting")
        #expect(bench.store.entries.map(\.outcome) == ["cancelled", "cancelled", "done"])
    }

    @Test("a cap stops an apply before its question")
    func caps() async throws {
        var bench = ShellBench()
        bench.setup.caps.maxChanges = 2
        bench.options.caps.maxChanges = 2
        let result = await bench.run(["list() | where .enabled | disable", ":plan", ":apply", "^D", "y"])
        try Golden.expect(result.transcript, "caps")
    }

    @Test("the history: when, in which mode, how long and how it ended; safe for a terminal, and data like every value")
    func history() async throws {
        var bench = ShellBench()
        let time = Ticks()
        bench.setup.now = { time.next() }
        let result = await bench.run([
            ":history", "1 + 1", "1 / 0", "fn f() {", "}", "\"\u{1B}[31mred \u{202E}\"", ":live", "list() | count",
            ":dry", ":history", ":history 2", ":history count", ":history nothing \u{1B}[2J", ":history 0",
            ":format ndjson", ":history 3", "^D",
        ])
        try Golden.expect(result.transcript, "history")
    }

    @Test("without a state file the history is that of this shell")
    func historyInMemory() async throws {
        var bench = ShellBench()
        bench.setup.store = ShellTests.BrokenStore()
        let result = await bench.run(["1 + 1", ":history", "^D"])
        #expect(result.transcript.contains("dry run  1 + 1") || result.transcript.contains("1 + 1\n1 row"))
    }

    @Test("a read-only profile stages and sends nothing")
    func readOnly() async throws {
        var bench = ShellBench()
        bench.setup.refusal = "the profile acme is read-only: nothing is sent from here"
        let result = await bench.run([":live", "disable(\"a1\")", ":plan", ":apply", "^D", "y"])
        try Golden.expect(result.transcript, "read-only")
    }

    @Test("without a person nothing is asked: staged calls are dropped, and that is said")
    func plain() async throws {
        var bench = ShellBench()
        bench.isInteractive = false
        let result = await bench.run(["disable(\"a1\")", "^D"])
        try Golden.expect(result.transcript, "plain")
        #expect(result.end == .left)
    }

    @Test("a closed terminal ends the shell at once")
    func closed() async {
        let result = await ShellBench().run(["disable(\"a1\")"])
        #expect(result.end == .closed)
    }
}

/// A clock that is read in whole steps.
private final class Ticks: Sendable {
    private let state = Mutex(ContinuousClock.now)

    func next() -> ContinuousClock.Instant {
        state.withLock { now in
            now = now.advanced(by: .milliseconds(1500))
            return now
        }
    }
}

/// What a shell has saved.
private final class SavedText: Sendable {
    private let state = Mutex("")

    var text: String { state.withLock { $0 } }

    func take(_ text: String) -> String? {
        state.withLock { $0 = text }
        return nil
    }
}
