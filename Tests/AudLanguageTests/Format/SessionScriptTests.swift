import AudLanguage
import Testing

/// What a session becomes as a file. The file says what the prompt said.
@Suite struct SessionScriptTests {
    private func script(_ lines: [String]) -> String {
        var script = SessionScript()
        for line in lines { script.add(line, mode: .prompt) }
        return script.text
    }

    @Test(arguments: [
        // Nothing to change.
        (["let a = 1", "a + 1"], "let a = 1\na + 1\n"),
        // The last value, and those before it.
        (["1 + 1", "_ * 21"], "let value1 = 1 + 1\nvalue1\nvalue1 * 21\n"),
        (["1", "2", "_1 + _ # both"], "let value1 = 1\nvalue1\nlet value2 = 2\nvalue2\nvalue1 + value2 # both\n"),
        (["10; 20", "_1 + _"], "let value1 = 10\nvalue1; let value2 = 20\nvalue2\nvalue1 + value2\n"),
        (["[3, 1]", "| sort by it"], "let value1 = [3, 1]\nvalue1\nvalue1 | sort by it\n"),
        (["let value1 = 5", "value1", "_ + 1"], "let value1 = 5\nlet value2 = value1\nvalue2\nvalue2 + 1\n"),
        (["\"a\"", "\"{_}{_}\""], "let value1 = \"a\"\nvalue1\n\"{value1}{value1}\"\n"),
        // Names that are given again.
        (["let n = 1", "let n = n + 1", "n"], "let n_1 = 1\nlet n = n_1 + 1\nn\n"),
        (["let xs = [2, 1]", "| sort by it", "xs"], "let xs_1 = [2, 1]\nlet xs = xs_1 | sort by it\nxs\n"),
        (
            ["let n = 1", "let r = {n: n}", "let n = 2", "\"{r.n} {n}\""],
            "let n_1 = 1\nlet r = {n: n_1}\nlet n = 2\n\"{r.n} {n}\"\n"
        ),
        (["fn f(n) = n", "fn f(n) = n + 1", "f(1)"], "fn f(n) = n + 1\nf(1)\n"),
        (
            ["fn f(n) = n", "fn g(n) = f(n)", "fn f(n) = 2 * n", "f(1) + g(1)"],
            "fn f_1(n) = n\nfn g(n) = f_1(n)\nfn f(n) = 2 * n\nf(1) + g(1)\n"
        ),
    ])
    func aFileSaysWhatThePromptSaid(lines: [String], file: String) {
        #expect(script(lines) == file)
        var prompt = ScriptRunner()
        for line in lines { prompt.run(line, as: .prompt) }
        var whole = ScriptRunner()
        whole.run(file)
        #expect(whole.events == prompt.events)
    }

    @Test func whatHasNoNameInAFileStaysAndIsFoundByTheCheck() {
        for lines in [["1", "fn f() = _", "f()"], ["let {a} = {a: 1}", "let {a} = {a: 2}"]] {
            let interpreter = Interpreter(now: 0)
            #expect(interpreter.check(SourceFile(name: "s.aud", text: script(lines))).chunk == nil, "\(lines)")
        }
    }

    @Test func aValueBehindAGapIsNone() {
        var script = SessionScript()
        script.add("1", mode: .prompt)
        script.leaveGap()
        script.add("_ + 1", mode: .prompt)
        #expect(script.text == "1\n_ + 1\n")
        #expect(script.count == 2)
    }

    @Test func whatStagedDroppedCallsIsAComment() {
        var script = SessionScript()
        script.add("let all = list()", mode: .prompt, in: "prod")
        script.add("all | take 1\n  | disable", mode: .prompt, in: "prod", staged: true)
        script.settleStaged()
        script.add("for a in all {\n  remove(a)\n}", mode: .prompt, in: "prod", staged: true)
        script.dropStaged()
        #expect(
            script.text == """
                let all = list()
                all | take 1
                  | disable
                # Left out, because the calls that it staged were dropped:
                #   for a in all {
                #     remove(a)
                #   }

                """)
        #expect(script.count == 2 && script.omitted == 1)
    }

    @Test func nothingTakesThePlaceOfWhatIsLeftOut() {
        // An older value or name would mean something else.
        for lines in [["1", "2", "_ + 1"], ["let n = 1", "let n = 2", "n"], ["fn f() = 1", "fn f() = 2", "f()"]] {
            for omission in [SessionScript.Omission.dropped, .secret] {
                var script = SessionScript()
                script.add(lines[0], mode: .prompt)
                script.add(lines[1], mode: .prompt, omitted: omission)
                script.add(lines[2], mode: .prompt)
                let interpreter = Interpreter(now: 0)
                #expect(interpreter.check(SourceFile(name: "s.aud", text: script.text)).chunk == nil, "\(script.text)")
            }
        }
    }

    @Test func ofASecretNothingIsWritten() {
        var script = SessionScript()
        script.add("let t = \"sgp_secret\"", mode: .prompt, omitted: .secret)
        #expect(script.text == "# Left out: a statement in which there may be a token.\n")
    }

    @Test func theSpacesAreThoseOfStatements() {
        var script = SessionScript()
        script.add("1 + 1", mode: .prompt)
        script.add("list()", mode: .prompt, in: "prod")
        script.add("disable(\"a1\")", mode: .prompt, in: "staging", staged: true)
        script.add("list()", mode: .prompt, in: "prod")
        #expect(script.spaces == ["prod", "staging"])
        script.dropStaged()
        #expect(script.spaces == ["prod"])
    }

    @Test func aCommentCannotBecomeAStatement() {
        var script = SessionScript()
        script.note(":space a\u{2028}\nremove(\"x\")")
        #expect(script.text == "# :space a\\u{2028}\\u{a}remove(\"x\")\n")
    }
}
