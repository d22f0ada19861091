// What is asked before a live statement.

import AudLanguage
import AudRuntime
import AudShell
import Testing

@Suite("Questions before live statements")
struct LiveQuestionTests {
    private func run(
        _ lines: [String], prepare: (inout ShellBench) -> Void = { _ in }
    ) async -> (text: String, changes: Int, entries: [MemoryStore.Entry]) {
        var bench = ShellBench()
        prepare(&bench)
        let text = await bench.run(lines + ["^D"]).transcript
        return (text, bench.workspace.changes, bench.store.entries)
    }

    @Test("a statement that can remove waits for the name of the space, in whatever way it removes")
    func removal() async {
        for statement in [
            "list() | take 1 | remove", "remove(\"a1\")", "off(\"a1\")", "for x in [\"a1\"] { off(x) }",
            "[off][0](\"a1\")",
        ] {
            let lines = ["fn off(x) { remove(x) }", ":live", statement, "y", statement, "^C", statement, "^D"]
            let refused = await run(lines)
            #expect(refused.changes == 0, "\(statement)")
            #expect(refused.text.ranges(of: "for good, as the statement reaches them. Type prod to go on: ").count == 3)
            #expect(refused.text.ranges(of: "the answer was not prod: nothing was sent\n").count == 3)
            #expect(refused.entries.last { $0.text == statement }?.outcome == "failed")
            let sent = await run(["fn off(x) { remove(x) }", ":live", statement, "prod"])
            #expect(sent.changes == 1, "\(statement)")
        }
    }

    @Test("a function in a value of an earlier statement is no way around the question")
    func escaped() async {
        let result = await run(["fn off(x) { remove(x) }", "let t = [off]", ":live", "t[0](\"a1\")", "n"])
        #expect(result.text.contains("Type prod to go on: n\n") && result.changes == 0)
    }

    @Test("a space that the statement names is named by the question too")
    func namedSpace() async {
        for name in ["staging", "s2"] {
            let text = await run([":live", "list(\"\(name)\") | remove", "prod"]).text
            #expect(text.contains("Type prod staging to go on: prod\n"))
            #expect(text.contains("\nthe answer was not prod staging: nothing was sent\n"))
        }
        #expect(await run([":live", "remove(\"a1\", space: \"prod\")", "n"]).text.contains("Type prod to go on: n"))
    }

    @Test("the question names the most that can go")
    func most() async {
        let text = await run([":live", ":set max-removes 2", "remove(\"a1\")", "n"]).text
        #expect(text.contains("This can remove up to 2 audiences for good"))
        let capped = await run([":live", ":set max-changes 1", ":set max-removes 2", "remove(\"a1\")", "n"]).text
        #expect(capped.contains("This can remove up to 1 audience for good"))
    }

    @Test("a statement that cannot remove is asked about only where the profile says so")
    func changes() async {
        let statements = ["list() | count", "disable(\"a1\")", "n", "disable(\"a1\")", "y"]
        let asked = await run([":live"] + statements) { $0.setup.confirmsChanges = true }
        #expect(
            asked.text.contains(
                "one that can change or remove\nsomething waits for your answer first. :dry goes back.\n"))
        #expect(asked.text.ranges(of: "Send up to 100 changes as the statement reaches them? [y/N] ").count == 2)
        #expect(asked.text.contains("not confirmed: nothing was sent\nprod live> "))
        #expect(asked.changes == 1)
        let free = await run([":live", "disable(\"a1\")"])
        #expect(free.text.contains("one that can remove audiences\nwaits for your answer first. :dry goes back.\n"))
        #expect(!free.text.contains("[y/N]") && free.changes == 1)
    }

    @Test("a script that is loaded is asked about as what is typed")
    func loaded() async {
        let result = await run([":live", ":load off.aud", "n"]) {
            $0.setup.files = ScriptFiles(
                read: { .success(SourceFile(name: $0, text: "remove(\"a1\")\n")) },
                save: { _, _ in .refused(ShellRefusal("no")) },
                edit: { _ in .failure(ShellRefusal("no")) })
        }
        #expect(result.text.contains("Type prod to go on: n\nthe answer was not prod"))
        #expect(result.changes == 0)
    }

    @Test("where nobody can be asked nothing is removed, and the next line is no answer")
    func nobody() async {
        let result = await run([":live", "remove(\"a1\")", "prod"]) { $0.isInteractive = false }
        #expect(result.text.contains("is refused, because nobody can be"))
        #expect(result.text.contains("there is no terminal to confirm at: nothing was sent\n"))
        #expect(result.changes == 0)
    }
}
