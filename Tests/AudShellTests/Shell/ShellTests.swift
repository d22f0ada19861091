// The loop's rules that are not seen in a transcript: history, statements of several lines, leaving at once.

import AudLanguage
import AudShell
import Testing

@testable import AudRuntime

@Suite("The shell")
struct ShellTests {
    @Test("history has each statement, with its outcome; a leading blank keeps one out")
    func history() async {
        let bench = ShellBench()
        let result = await bench.run(["1 + 1", " \"secret\"", ":plan", "1 / 0", "fn f() {", "}", "^D"])
        #expect(result.terminal.remembered == ["1 + 1", ":plan", "1 / 0", "fn f() {\n}"])
        let entries = bench.store.entries
        #expect(entries.map(\.text) == result.terminal.remembered)
        #expect(entries.map(\.outcome) == ["done", "done", "failed", "done"])
        #expect(entries.allSatisfy { $0.profile == "default" && $0.mode == "dry run" && $0.duration != nil })
    }

    @Test("a paste that begins with an empty line is kept")
    func pasteWithEmptyLine() async {
        let bench = ShellBench()
        let result = await bench.run(["\n\nlet b = 3\nb", "\t1", "^D"])
        #expect(result.terminal.remembered == ["\n\nlet b = 3\nb"])
        #expect(bench.store.entries.map(\.text) == ["\n\nlet b = 3\nb"])
    }

    @Test(
        "nothing that is or looks like a token is kept, in the editor or in the file",
        arguments: [
            // The token that the program knows, whatever it looks like.
            ("print(\"hunter2hunter2\")", "print(\"****\")"),
            ("let t = \"sgp_wrong_token_0123456789\"", "let t = \"****\""),
            ("x(\"Bearer eyJhbGciOiJIUzI1NiJ9.x\")", "x(\"Bearer ****.x\")"),
            ("\"qiTgISif4zprgBb_5j4hXfp3qhDbxrntWwwOaHgAMr8.gg9\"", "\"****.gg9\""),
            (":plan qiTgISif4zprgBb5j4hXfp3qhDbxrntWwwOaHgAMr8", ":plan ****"),
            // Ids, digests, UUIDs, paths and long names are no secrets.
            ("get(\"aud_0ujsszwN8NRY24YaXiTIE2VWDTS\", space: \"9aQ1Lj62S4bomZKLF4DPqW\")", nil),
            ("\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"", nil),
            ("\"6F9619FF-8B86-D011-B42D-00CF4FC964FF\"", nil),
            (":plan /home/Anna/Projects2024/audiences/Cleanup/old-campaigns-2024.aud", nil),
            ("where .key == \"the_key_of_an_audience_with_a_very_long_name_2024\"", nil),
        ])
    func secrets(typed: String, kept: String?) async {
        var bench = ShellBench()
        bench.setup.mask = { $0.replacing("hunter2hunter2", with: "****") }
        let result = await bench.run([typed, "^D"])
        #expect(result.terminal.remembered == [kept ?? typed])
        #expect(bench.store.entries.map(\.text) == [kept ?? typed])
    }

    @Test("a masked statement runs as it was typed")
    func maskedRuns() async {
        let result = await ShellBench().run(["len(\"sgp_0123456789abcdef\")", "^D"])
        #expect(result.terminal.remembered == ["len(\"****\")"])
        #expect(result.transcript.contains("\n20\n"))
    }

    @Test("a state file that fails is told once, and the shell goes on")
    func brokenStore() async {
        var bench = ShellBench()
        bench.setup.store = BrokenStore()
        let result = await bench.run(["1 + 1", "2 + 2", "^D"])
        let told = result.transcript.ranges(of: "the disk is gone").count
        #expect(told == 1)
        #expect(result.transcript.contains("4\n"))
        #expect(result.terminal.remembered == ["1 + 1", "2 + 2"])
    }

    @Test("a long report ends with a command that finds the state file")
    func longReport() async throws {
        let file = try TemporaryFile()
        let state = StateDatabase(path: file.path)
        defer { state.close() }
        var bench = ShellBench()
        bench.state = state
        bench.setup.stateOption = " --state x"
        let result = await bench.run([
            ":live", "disable(\"a1\"); 1..20 | map \"gone {it}\" | disable on error continue", "^D",
        ])
        #expect(result.transcript.contains("`aud runs show 1 --state x` has all"), "\(result.transcript)")
    }

    struct BrokenStore: HistoryStore {
        func beginStatement(profile: String, mode: Mode, text: String, at time: Int64) throws(StateError) -> Int64 {
            throw StateError("the disk is gone")
        }

        func endStatement(_ id: Int64, duration: Duration, outcome: String) throws(StateError) {
            throw StateError("the disk is gone")
        }

        func history(profile: String, limit: Int) throws(StateError) -> [HistoryEntry] {
            throw StateError("the disk is gone")
        }

        func pruneHistory(profile: String, keeping limit: Int) throws(StateError) {
            throw StateError("the disk is gone")
        }
    }

    @Test(
        "Enter takes a whole statement and goes on with an open one",
        arguments: [
            ("1 + 1", StatementStatus.complete), ("f(", .incomplete(indent: 2, open: "(")),
            ("f([", .incomplete(indent: 4, open: "[")), ("list() |", .incomplete(indent: 2, open: "|")),
            ("let x =", .incomplete(indent: 2, open: "=")), (")", .hopeless), (":plan", .complete),
            ("| where .a", .complete), ("", .complete), ("x \"\"\"", .incomplete(indent: 0, open: "\"\"\"")),
            ("let s = \"\"\"text", .incomplete(indent: 0, open: "\"\"\"")),
            ("if a {\n  b()\n}\nelse {\n  c()\n}", .complete),
            ("if a {\n  b()\n}\nelse {", .incomplete(indent: 2, open: "{")),
        ])
    func status(text: String, status: StatementStatus) {
        #expect(ShellHost { CompletionContext() }.status(of: text) == status)
    }

    @Test("a pasted script is one unit by the rules of a file, and can be pasted again")
    func paste() async {
        let script = """
            let cap = 3
            for a in list() {
              if a.key == "vip" {
                print("vip")
              }
              else {
                print(a.key)
              }
            }
            """
        let result = await ShellBench().run([script, "cap", "let n = 1\nn + 1", "let n = 2\nn + 1", "^D"])
        #expect(result.transcript.contains("spring_promo\nsummer_hot\nlapsed\nvip\n"))
        #expect(result.transcript.contains("prod dry> cap\n3\n"))
        #expect(result.transcript.hasSuffix("n + 1\n3\nprod dry> ^D\n"))
    }

    @Test("a line that goes on behind `let` says which name it binds anew")
    func rebinding() async {
        let result = await ShellBench().run(["let xs = [1, 2, 3]", "| where it > 1", "xs", "| count", "^D"])
        #expect(
            result.transcript == """
                prod dry> let xs = [1, 2, 3]
                prod dry> | where it > 1
                `xs` is bound to the result.
                prod dry> xs
                2
                3
                prod dry> | count
                2
                prod dry> ^D

                """)
    }

    @Test("the third Ctrl-C in one statement leaves at once; the second says what is awaited", .timeLimit(.minutes(1)))
    func hardStop() async throws {
        var bench = ShellBench()
        let gate = bench.workspace.gate
        bench.setup.leaveAtOnce = { gate.open() }
        let result = await bench.run(["list(\"stubborn\") ^C ^C ^C", "^D"])
        #expect(result.transcript.contains("a change that was sent is awaited"))
        #expect(gate.isOpen)
    }
}
