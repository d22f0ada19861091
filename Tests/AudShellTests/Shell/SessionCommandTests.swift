// `:set`, `:time`, `:load`, `:save`, `:edit`, `:profile` and the start-up file, without a terminal and without files.

import AudLanguage
import AudRuntime
import AudShell
import Synchronization
import Testing

@Suite("The commands of a session")
struct SessionCommandTests {
    /// Files in memory, and an editor that changes one word.
    private final class MemoryFiles: Sendable {
        let saved = Mutex<[String: String]>([:])
        let scripts: [String: String]

        init(_ scripts: [String: String] = [:]) {
            self.scripts = scripts
        }

        var files: ScriptFiles {
            ScriptFiles(
                read: { [self] path in
                    scripts[path].map { .success(SourceFile(name: path, text: $0)) }
                        ?? .failure(ShellRefusal("there is no file \(path)"))
                },
                save: { [self] script, path in
                    saved.withLock { $0[path] = script }
                    return .saved
                },
                edit: { draft in
                    guard case .text(let text) = draft else { return .success("") }
                    return text.isEmpty ? .failure(ShellRefusal("nothing")) : .success(text + " + 1\n")
                })
        }
    }

    private func run(
        _ lines: [String], files: [String: String] = [:], _ change: (inout ShellBench) -> Void = { _ in }
    ) async -> (transcript: String, saved: [String: String]) {
        var bench = ShellBench()
        let memory = MemoryFiles(files)
        bench.setup.files = memory.files
        change(&bench)
        let transcript = await bench.run(lines + ["^D"]).transcript
        return (transcript, memory.saved.withLock { $0 })
    }

    // MARK: Settings

    @Test("a cap of the profile is the most that can be set, and `none` goes back to it")
    func caps() async {
        let lines = [
            ":set max-changes 3", ":set max-changes 6", ":set max-changes none", ":set max-removes 1", ":set max-x 1",
            ":set max-percent 101", ":set max-changes -1",
        ]
        let text = await run(lines) { $0.setup.guards = Caps(maxChanges: 5) }.transcript
        #expect(text.contains("prod dry> :set max-changes 3\nmax-changes: 3\n"))
        #expect(text.contains("error: the profile default allows at most 5\n"))
        #expect(text.contains("prod dry> :set max-changes none\nmax-changes: 5\n"))
        #expect(text.contains("max-removes: 1\n"))
        #expect(text.contains("help: `:set` lists the settings") || text.contains("did you mean `:set max-"))
        #expect(text.contains("a whole number from 0 to 100"))
        #expect(text.contains("a whole number, 0 or more"))
    }

    @Test("a cap that is set stops an apply")
    func capStops() async {
        let text = await run(["list() | disable", ":set max-changes 1", ":apply"]).transcript
        #expect(
            text.contains("Nothing was sent. This plan cannot be sent as it is.\nerror: would change 3, the cap is 1"))
    }

    @Test("with a read-only profile no cap can be set, and nothing is sent")
    func readOnly() async {
        let text = await run([":set max-changes 9", ":live", "list() | disable", ":apply"]) {
            $0.setup.refusal = "the profile is read-only: nothing was sent"
        }.transcript
        #expect(text.ranges(of: "the profile is read-only").count == 3)
    }

    @Test("every setting is listed, and says its value when it is named")
    func settings() async {
        let text = await run([":set"] + ShellSetting.all.map { ":set \($0.name)" }).transcript
        for setting in ShellSetting.all {
            #expect(text.contains("  \(setting.name)") && text.contains("\n\(setting.name): "))
        }
    }

    @Test("a switch is on or off")
    func switches() async {
        let text = await run([":set pager off", ":set pager", ":set time on", ":set pager maybe"]).transcript
        #expect(text.contains(":set pager off\npager: off\n"))
        #expect(text.contains(":set pager\npager: off\n"))
        #expect(text.contains(":set time on\ntime: on\n"))
        #expect(text.contains("`pager` is on or off"))
    }

    @Test("what commands say breaks between words in a narrow window")
    func narrow() async {
        let text = await run(["disable(\"a1\")", ":discard", ":apply", ":format", ":history"]) { $0.width = 24 }
            .transcript
        #expect(text.contains("1 staged call dropped;\nnothing was sent.\n"))
        #expect(text.contains("\nformat: table   known:\n"))
    }

    @Test("the longest time of a statement is set by a duration, within the profile's")
    func time() async {
        let text = await run([":set max-time 2min", ":set max-time 1h", ":set max-time soon", ":set max-time none"]) {
            $0.setup.guardTime = .seconds(600)
        }.transcript
        #expect(text.contains("max-time: 120 s\n"))
        #expect(text.contains("allows at most about 10 min"))
        #expect(text.contains("a duration such as 90s, 10min or 2h"))
        #expect(text.hasSuffix("max-time: 600 s\nprod dry> ^D\n"))
    }

    @Test("times are told of one statement, or of all from now on")
    func timing() async {
        let ticks = Mutex(0)
        let text = await run([":time list() | count", "1", ":time", "2", ":time", "3"]) {
            let start = ContinuousClock.now
            $0.setup.now = {
                start
                    + .milliseconds(
                        250
                            * ticks.withLock {
                                $0 += 1; return $0
                            })
            }
            $0.setup.waited = { .milliseconds(20 * ticks.withLock { $0 }) }
        }.transcript
        #expect(text.contains("4\ntime: 0.25 s, 1 request, 0.02 s of it waiting for limits\n"))
        #expect(text.ranges(of: "time: ").count == 2)
        #expect(text.contains("2\ntime: 0.25 s, 0 requests"))
    }

    @Test("a space that has no name here and looks like no id is refused, where spaces have names")
    func strangeSpace() async {
        let lines = [":space nosuch", ":space 9aQ1Lj62S4bomZKLF4DPqW", ":space staging", ":space s1"]
        let text = await run(lines).transcript
        let refusal =
            "error: `nosuch` is no name of a space here, and looks like no id of one; known:\nprod, staging\n"
        #expect(text.contains("prod dry> :space nosuch\n\(refusal)prod dry> :space 9aQ1"))
        #expect(text.ranges(of: "looks like no id").count == 1)
        let nameless = await run([":space nosuch"]) { $0.setup.aliases = [:] }.transcript
        #expect(!nameless.contains("looks like no id") && nameless.contains("nosuch dry> "))
    }

    // MARK: Scripts

    @Test("a script runs in the session and its names stay; its errors name file and line")
    func load() async {
        let files = ["a.aud": "let a = 40\nfn up(x) = x + 2\n", "b.aud": "let b = 1\n\nb + \"x\"\n"]
        let text = await run([":load a.aud", "up(a)", ":load b.aud", "b", ":load c.aud", ":load"], files: files)
            .transcript
        #expect(text.contains("up(a)\n42\n"))
        #expect(text.contains("b.aud:3:"))
        #expect(text.contains("error: there is no file c.aud\n"))
        #expect(text.contains("`:load` needs a file"))
    }

    @Test("what ended without an error is saved, but for what is kept nowhere")
    func save() async {
        let lines = [
            ":save s.aud", "1 + 1", "1 / 0", " let secret = 5", ":load a.aud", "a + _", ":space staging", ":help", "a",
            ":undo x", ":save s.aud",
        ]
        let result = await run(lines, files: ["a.aud": "let a = 40\n"])
        #expect(
            result.saved == [
                "s.aud": """
                # profile default, space staging
                let value1 = 1 + 1
                value1
                # Left out: a statement that was kept out of the history.
                # :load a.aud
                let a = 40

                a + value1
                # :space staging
                a

                """
            ])
        #expect(result.transcript.contains("No statement has ended without an error yet."))
    }

    @Test("a script is run where its statements ran, and there is none of statements of several spaces")
    func spaces() async {
        func saved(_ lines: [String]) async -> (transcript: String, saved: [String: String]) {
            await run(lines + [":save s.aud"]) {
                $0.setup.runCommand = { path, space in "aud run \(path) --space \(space ?? "?")" }
            }
        }
        // What only computes means the same everywhere, and what is chosen afterwards changes nothing.
        let one = await saved(["1 + 1", ":space staging", "fn all() = list()", "all() | count", ":space prod"])
        #expect(one.transcript.contains("3 statements in s.aud. To run it: aud run s.aud --space staging\n"))
        #expect(one.saved["s.aud"]?.hasPrefix("# profile default, space staging\n") == true)
        let two = await saved(["fn all() = list()", "all() | count", ":space staging", "all() | count"])
        #expect(two.transcript.contains("error: nothing was saved: these statements ran in the spaces prod, staging"))
        #expect(two.saved.isEmpty)
    }

    @Test("what was dropped is a comment in the script, and what was sent or taken back is told there")
    func saveDropped() async {
        let lines = [
            "let all = list()", "all | take 1 | disable", ":apply", "y", "all | skip 1 | take 1 | disable", ":discard",
            "all | count", ":save s.aud",
        ]
        let result = await run(lines)
        #expect(
            result.saved == [
                "s.aud": """
                # profile default, space prod
                let all = list()
                all | take 1 | disable
                # :apply
                # Left out, because the calls that it staged were dropped:
                #   all | skip 1 | take 1 | disable
                # :discard
                all | count

                """
            ])
        #expect(result.transcript.contains("3 statements in s.aud. To run it: "))
        #expect(
            result.transcript.contains("1 left out: 1 whose calls were dropped. Comments in the file show where.\n"))
    }

    @Test("what uses a statement that is not saved is not saved either, and why is said")
    func saveWithout() async {
        let lines = [
            " let secret = 4711", "let next = secret + 1", "next", ":load a.aud", ":discard", "first.name",
            "let ok = 1", "let first = ok", "first", "let half = 2; 1 / 0", "half", ":save s.aud",
        ]
        let result = await run(lines, files: ["a.aud": "let first = list() | first\nfirst | disable\n"])
        #expect(
            result.saved == [
                "s.aud": """
                # profile default, space prod
                # Left out: a statement that was kept out of the history.
                # Left out, because it uses `secret`, which is left out:
                #   let next = secret + 1
                # Left out, because it uses `next`, which is left out:
                #   next
                # :load a.aud
                # Left out, because the calls that it staged were dropped:
                #   let first_1 = list() | first
                #   first_1 | disable
                # :discard
                # Left out, because it uses `first`, which is left out:
                #   first_1.name
                let ok = 1
                let first = ok
                first
                # Left out: statements that ended with an error.
                # Left out, because it uses `half`, which is left out:
                #   half

                """
            ])
        #expect(result.transcript.contains("3 statements in s.aud. To run it: "))
        #expect(
            result.transcript.contains(
                """
                7 left out: 1 kept out of the history, 4 using what is left out, 1 whose calls
                were dropped, 1 ended with an error. Comments in the file show where.

                """))
    }

    @Test("a statement with what is or looks like a token is in no script")
    func saveSecrets() async {
        let lines = ["let t = \"sgp_0123456789abcdefgh\"", "let u = \"hunter2hunter2\"", "1", ":save s.aud"]
        let saved = await run(lines) { $0.setup.mask = { $0.replacing("hunter2hunter2", with: "****") } }.saved
        let remark = "# Left out: a statement in which there may be a token.\n"
        #expect(saved["s.aud"] == "# profile default, space prod\n\(remark)\(remark)1\n")
    }

    @Test("the history says how a command ended")
    func outcomes() async {
        let failing = [
            ":load nofile.aud", ":load bad.aud", ":bogus", ":time 1 / 0", ":set max-changes -1", "help nosuch",
            ":undo x",
            ":space", ":plan", ":help where", "disable(\"a1\")", ":space staging", ":live", ":apply",
        ]
        var bench = ShellBench()
        bench.setup.files = MemoryFiles(["bad.aud": "1 / 0\n"]).files
        // The answer to the question of `:apply` is no.
        _ = await bench.run(failing + ["n", "^D", "y"])
        let ends = bench.store.entries.map { "\($0.text): \($0.outcome ?? "-")" }
        #expect(
            ends == [
                ":load nofile.aud: failed", ":load bad.aud: failed", ":bogus: failed", ":time 1 / 0: failed",
                ":set max-changes -1: failed", "help nosuch: failed", ":undo x: failed", ":space: done", ":plan: done",
                ":help where: done", "disable(\"a1\"): done", ":space staging: failed", ":live: failed",
                ":apply: failed",
            ])
    }

    @Test("what the editor leaves stands in the line and runs with Enter")
    func edit() async {
        let text = await run(["1 + 1", ":edit", "", ":edit x.aud", ""]).transcript
        #expect(text.contains("prod dry> :edit\nprod dry> 1 + 1 + 1\n3\n"))
        #expect(text.contains("prod dry> :edit x.aud\nprod dry> :load x.aud\n"))
    }

    @Test("the profile is shown, and another one ends this session")
    func profile() async {
        var bench = ShellBench()
        bench.setup.profiles = ["default", "acme"]
        let lines = [":profile", ":profile acne", ":profile default", ":profile acme", "1 + 1"]
        let (text, end, _) = await bench.run(lines)
        #expect(text.contains("profile: default   others: acme\n"))
        #expect(text.contains("help: did you mean `acme`?"))
        #expect(text.contains("profile: default, as before\n"))
        #expect(text.hasSuffix("The names of this session stay behind.\n"))
        #expect(end == .switched(profile: "acme"))
    }

    @Test("the profile stays while calls are staged, where it cannot be used, and where input is no terminal")
    func profileStays() async {
        var bench = ShellBench()
        bench.setup.profiles = ["default", "acme"]
        bench.setup.refusalToSwitch = { ShellRefusal("`\($0)` is broken", help: "mend it") }
        var (text, end, _) = await bench.run(["disable(\"a1\")", ":profile acme", ":discard", ":profile acme", ":quit"])
        #expect(text.contains("error: 1 call staged here would be lost\nhelp: `:apply` sends them"))
        #expect(text.contains("error: `acme` is broken\nhelp: mend it\n") && end == .left)
        bench.setup.refusalToSwitch = { _ in nil }
        bench.isInteractive = false
        (text, end, _) = await bench.run([":profile acme", ":quit"])
        #expect(text.contains("error: `:profile NAME` needs a terminal") && end == .left)
    }

    // MARK: The start-up file

    @Test("the start-up file runs first, and its names are there")
    func startUp() async {
        let text = await run(["live", "off(1)"]) {
            $0.setup.startUp = SourceFile(
                name: "init.aud", text: "let live = list() | where .enabled | count\nfn off(x) { disable(x) }\n")
        }.transcript
        #expect(text.hasPrefix("prod dry> live\n3\n"))
    }

    @Test(
        "a start-up file that could change something does not run at all",
        arguments: ["print(\"ran\")\ndisable(\"a1\")", "print(\"ran\")\nfn f() { remove(\"a1\") }\nif false { f() }"])
    func changingStartUp(text: String) async {
        let seen = await run(["2 + 2"]) { $0.setup.startUp = SourceFile(name: "init.aud", text: text) }.transcript
        #expect(seen.contains("init.aud did not run"))
        #expect(seen.contains("aud check init.aud"))
        #expect(!seen.contains("ran\n"))
        #expect(seen.contains("prod dry> 2 + 2\n4\n"))
    }

    @Test("an error in the start-up file is told, and the shell is there")
    func failingStartUp() async {
        for text in ["let a = ", "let a = 1\na / 0"] {
            let seen = await run(["2 + 2"]) { $0.setup.startUp = SourceFile(name: "init.aud", text: text) }.transcript
            #expect(seen.contains("--> init.aud:"))
            #expect(seen.contains("aud --no-init"))
            #expect(seen.contains("prod dry> 2 + 2\n4\n"))
        }
    }

    // MARK: Notices

    @Test("what is said while somebody else draws on the terminal goes through that one, masked")
    func routedErrors() {
        let (direct, routed) = (Transcript(), Transcript())
        let output = TerminalOutput(
            out: direct, error: direct, redact: { $0.replacing("secret", with: "****") })
        output.routeErrors { routed.add($0) }
        output.say("a notice with a secret")
        output.remark("a remark")
        output.routeErrors(nil)
        output.say("afterwards")
        #expect(routed.text == "a notice with a ****\na remark\n")
        #expect(direct.text == "afterwards\n")
    }

    @Test("the shell lets the terminal draw what is said, where lines are edited")
    func whoDraws() async {
        var bench = ShellBench()
        bench.setup.mask = { $0.replacing("bogus", with: "****") }
        let lines = [":bogus", "^D"]
        #expect(await bench.run(lines).terminal.printed.hasPrefix("there is no command `:****`\n"))
        bench.isInteractive = false
        #expect(await bench.run(lines).terminal.printed == "")
    }

    // MARK: Questions

    @Test("Ctrl-C at a script's question cancels the statement, and every other key but y is no")
    func interruptedQuestion() async {
        let text = await run([
            ":live", "for x in [1, 2] { print(confirm(\"q {x}\")) }", "^C",
            "let a = confirm(\"a\"); print(\"went on\")", "^C",
            "confirm(\"b\")", "y", "confirm(\"c\")", "^D",
        ]).transcript
        #expect(text.contains("q 1 [y/N] ^C\n\rInterrupted.\n"))
        #expect(!text.contains("q 2") && !text.contains("\nwent on"))
        #expect(text.contains("b [y/N] y\ntrue\n") && text.contains("c [y/N] ^D\nfalse\n"))
    }

    @Test("a person is asked about staged calls and a script's questions where lines are not edited, too")
    func dumbTerminal() async {
        var bench = ShellBench()
        bench.isInteractive = false
        bench.hasPerson = true
        let result = await bench.run([
            ":live", "confirm(\"sure?\")", "y", ":dry", "disable(\"a1\")", "^D", "n", "^D", "y",
        ])
        #expect(result.transcript.ranges(of: "Leave and drop 1 staged call? [y/N] ").count == 2)
        #expect(result.transcript.contains("sure? [y/N] y\ntrue\n"))
        #expect(result.end == .left)
    }
}
