// What stands dim behind the text: signatures and costs. All of it from memory.

import AudLanguage
import AudRuntime
import AudShell
import AudTesting
import Testing

@Suite("Hints at the prompt")
struct InputHintTests {
    // MARK: Signatures

    @Test(
        "behind an open call its signature, with the parameter that is typed",
        arguments: [
            ("list(", "list(_space: string | space | null = null_) → list<audience>"),
            ("padStart(", "padStart(_text: string_, width: int, fill: string = \" \") → string"),
            ("padStart(x, ", "padStart(text: string, _width: int_, fill: string = \" \") → string"),
            ("padStart([1, 2], (3 + 4), ", "padStart(text: string, width: int, _fill: string = \" \"_) → string"),
            ("padStart(x, fill: ", "padStart(text: string, width: int, _fill: string = \" \"_) → string"),
            ("x | padStart(", "padStart(text: string, _width: int_, fill: string = \" \") → string"),
            ("len([1, 2", "len(_x: list | string | record_) → int"),
            ("len(padStart(\"a{1}b\", 3)", "len(_x: list | string | record_) → int"),
            (
                "list() | disable(",
                "disable(target: audience | string | list, _space: string | space | null = null_) → outcome | list"
            ),
            ("\"a {len(", "len(_x: list | string | record_) → int"),
        ])
    func signatures(_ text: String, _ hint: String) {
        #expect(marked(Looks.host().hint(for: text)) == hint)
    }

    @Test(
        "elsewhere there is none",
        arguments: [
            "", "list()", "nothing(", "(", "x.len(", "fn len(", "len({a: ", "wait(a, until: b => {", "\"len(\"",
            "len( # why",
            "len(\"a {x", "len(1)", ":help len(", "list",
        ])
    func noSignature(_ text: String) {
        #expect(Looks.host().hint(for: text) == nil)
    }

    @Test("functions of the session have one too, and a name that hides a built-in has none")
    func sessionFunctions() async {
        let bench = HintBench()
        await bench.run("fn retire(a, reason = \"old\") = a")
        #expect(marked(bench.host.hint(for: "retire(")) == "retire(_a_, reason = …)")
        #expect(marked(bench.host.hint(for: "retire(1, ")) == "retire(a, _reason = …_)")
        #expect(marked(bench.host.hint(for: "retire(1, 2, ")) == "retire(a, reason = …)")
        await bench.run("let len = 3")
        #expect(bench.host.hint(for: "len(") == nil)
        #expect(Looks.of("retire(1)", host: bench.host) == ".......n.")
    }

    private func marked(_ hint: Hint?) -> String? {
        guard let hint, !hint.isText, hint.text.hasPrefix("  ") else { return nil }
        var bytes = Array(hint.text.utf8)
        if let mark = hint.mark {
            bytes.insert(UInt8(ascii: "_"), at: mark.upperBound)
            bytes.insert(UInt8(ascii: "_"), at: mark.lowerBound)
        }
        return String(decoding: bytes.dropFirst(2), as: UTF8.self)
    }

    // MARK: Costs

    @Test("an action on a list in memory says what it would stage, and that is what it stages")
    func staging() async {
        for text in [
            "_ | disable", "| disable", "all | disable", "let done = all | disable", "disable(all)",
            "_ | take 5 | disable",
            "all | skip 2 | at most 20 | enable", "all | remove", "one | disable", "all | disable on error continue",
            "twice | disable",
        ] {
            let bench = HintBench()
            await bench.run("let all = list()")
            await bench.run("let one = all | first")
            await bench.run("let twice = [one, one]")
            await bench.run("all")
            let hint = bench.hint(text)
            let before = bench.workspace.requests
            let report = await bench.run(text)
            #expect(bench.workspace.requests == before)
            let staged = report?.staged ?? 0
            let noun = text.contains("remove") ? "removal" : "update"
            #expect(
                staged > 0 && hint?.hasPrefix("stages \(counted(staged, noun))") == true,
                "\(text): \(hint ?? "") \(staged)")
        }
    }

    @Test("what is staged already costs nothing more, and :apply says what is staged")
    func staged() async {
        let bench = HintBench(30)
        #expect(bench.hint(":apply") == nil)
        await bench.run("let all = list()")
        #expect(bench.hint("all | disable") == "stages 20 updates, about 60 s to send")
        #expect(bench.hint(":apply") == nil)
        await bench.run("all | take 3 | disable")
        #expect(bench.hint("all | disable") == "stages 18 updates, about 60 s to send")
        #expect(bench.hint(":apply") == "2 updates, at once")
        #expect(bench.hint("all | take 3 | disable") == "changes nothing")
        await bench.run("all | disable")
        #expect(bench.hint(":apply") == "20 updates, about 60 s")
        await bench.run("all | first 2 | remove")
        #expect(bench.hint(" :apply ") == "20 updates, 2 removals, about 60 s")
        #expect(bench.hint(":plan") == nil)
    }

    @Test("what :apply would not send is over a cap")
    func capped() async {
        let bench = HintBench(30)
        await bench.run("list() | disable")
        await bench.session.setCaps(Caps(maxChanges: 19))
        await bench.prompt()
        #expect(bench.hint(":apply") == "20 updates, over the cap of 19")
        await bench.run("list() | first 2 | remove")
        await bench.session.setCaps(Caps(maxRemoves: 1))
        await bench.prompt()
        #expect(bench.hint(":apply") == "20 updates, 2 removals, over the cap of 1")
    }

    @Test("live, an action says what it sends")
    func live() async {
        let bench = HintBench(205, mode: .live)
        await bench.run("let all = list()")
        #expect(bench.hint("all | disable") == "137 updates, about 13 min")
        await bench.run("all | first 1 | disable")
        #expect(bench.hint("all | disable") == "136 updates, about 13 min")
    }

    @Test(
        "where it is not known exactly, nothing is said",
        arguments: [
            "list() | disable", "all | where .enabled | disable", "ids | disable", "nothing | disable",
            "all | disable(space: \"prod\")",
            "all | disable; 1", "all | take n | disable", "all | at most 2 | disable", "numbers | disable",
            "all | disabl", "all",
            "all | disable |", "range | disable", "\"all | disable\"",
        ])
    func unknown(_ text: String) async {
        let bench = HintBench()
        await bench.run("let all = list()")
        await bench.run("let ids = all | map .id")
        await bench.run("let n = 2")
        await bench.run("let numbers = [1]")
        await bench.run("let range = 1..3")
        #expect(bench.hint(text) == nil)
    }

    // MARK: Requests

    @Test("typing, completing, hinting and checking send nothing and open nothing, before and after a read")
    func noRequests() async throws {
        let bench = HintBench()
        let texts = [
            "list() | where .name == \"Aud", "list(\"pr", "get(\"a1", "all | disable", "disable(all", "_ | remove",
            "| disable on error",
            ":apply", ":plan x", ":space pr", "for a in list() { disable(a", "\"{get(\"a",
            "wait(\"a1\", until: a => a.", "spaces() | m",
            "let x = list(\"prod\")\nx | enable",
        ]
        func type() async throws {
            await bench.prompt()
            for text in texts {
                let editor = try #require(LineEditor(host: bench.host, history: texts, file: "/dev/null"))
                let keys = text.map { $0 == "\n" ? "\u{1B}\r" : String($0) + "\t\u{1B}\u{1F}" }.joined()
                _ = editor.edit(Prompt("> "), from: ScriptedInput(keys + "\t\t\u{1B}[C"))
                // As `aud check` does, and the shell with a start-up file before it runs.
                _ = await bench.session.check(SourceFile(name: "init.aud", text: text), as: .file)
            }
        }
        try await type()
        #expect(bench.workspace.requests == 0)
        await bench.run("let all = list()")
        let before = bench.workspace.requests
        #expect(before > 0)
        try await type()
        #expect(bench.hint("all | disable") != nil)
        #expect(bench.workspace.requests == before)
    }
}
