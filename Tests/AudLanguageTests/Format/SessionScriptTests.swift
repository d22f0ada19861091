import AudLanguage
import Testing

/// What a session becomes as a file. The file says what the prompt said.
@Suite struct SessionScriptTests {
    private func script(_ lines: [String]) -> String {
        var script = SessionScript()
        for line in lines { script.add(line, mode: .prompt) }
        return script.written.text
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
        for line in ["_ + 1", "| sort by it"] {
            var script = SessionScript()
            script.add("1", mode: .prompt)
            script.leaveGap()
            script.add(line, mode: .prompt)
            let whole = line.hasPrefix("|") ? "_ \(line)" : line
            #expect(
                script.written.text == "1\n# Left out, because it uses `_`, which is left out:\n#   \(whole)\n")
            #expect(script.written.count == 1)
        }
    }

    @Test func whatStagedDroppedCallsIsAComment() {
        var script = SessionScript()
        script.add("let all = list()", mode: .prompt, in: "prod")
        script.add("all | take 1\n  | disable", mode: .prompt, in: "prod", staged: true)
        script.settleStaged()
        script.add("for a in all {\n  remove(a)\n}", mode: .prompt, in: "prod", staged: true)
        script.dropStaged()
        #expect(
            script.written.text == """
                let all = list()
                all | take 1
                  | disable
                # Left out, because the calls that it staged were dropped:
                #   for a in all {
                #     remove(a)
                #   }

                """)
        #expect(script.written.count == 2 && script.written.omissions == [.dropped])
    }

    @Test(arguments: [SessionScript.Omission.dropped, .secret, .unkept, .failed])
    func nothingTakesThePlaceOfWhatIsLeftOut(omission: SessionScript.Omission) {
        // An older value or name would mean something else.
        for lines in [
            ["1", "2", "_ + 1"], ["[1]", "[2]", "| sort by it"], ["let n = 1", "let n = 2", "n"],
            ["fn f() = 1", "fn f() = 2", "f()"], ["var n = 1", "n = 2", "n"],
            ["var n = 1", "if true { n += 2 }", "n"], ["let a = 1", "let {n} = {n: 2}", "n"],
        ] {
            let script = left(out: 1, of: lines, omission)
            #expect(script.count == 1 && script.omissions.count == 2, "\(script.text)")
            #expect(passes(script.text), "\(script.text)")
        }
    }

    @Test func whatIsLeftOutTakesAlongAllThatUsesIt() {
        let lines = ["let s = 1", "let a = s + 1", "fn f() = a", "2", "f()", "_ + 1", "let b = 3", "b + 1"]
        let script = left(out: 0, of: lines, .unkept)
        #expect(
            script.text == """
                # Left out: a statement that was kept out of the history.
                # Left out, because it uses `s`, which is left out:
                #   let a = s + 1
                # Left out, because it uses `a`, which is left out:
                #   fn f() = a
                2
                # Left out, because it uses `f`, which is left out:
                #   f()
                # Left out, because it uses `_`, which is left out:
                #   _ + 1
                let b = 3
                b + 1

                """)
        #expect(script.omissions == [.unkept, .uses("s"), .uses("a"), .uses("f"), .uses("_")])
        #expect(passes(script.text))
    }

    @Test func aNameThatIsGivenAgainIsGood() {
        let lines = ["let s = 1", "s", "let s = 2", "s + 1", "let s = s + 1", "s"]
        let script = left(out: 0, of: lines, .dropped)
        #expect(script.text.hasSuffix("\nlet s_2 = 2\ns_2 + 1\nlet s = s_2 + 1\ns\n"), "\(script.text)")
        #expect(script.count == 4)
        #expect(passes(script.text))
        // Also when it needs what is lost: then it is as lost.
        #expect(left(out: 0, of: ["let s = 1", "let s = s + 1", "s"], .dropped).count == 0)
    }

    @Test func whatOnlyReadsAVariableLeavesItAsItIs() {
        for reading in ["n + 1", "n == 2", "n - 1 == 0", "if n == 1 { 2 }"] {
            let script = left(out: 1, of: ["var n = 1", reading, "n"], .dropped)
            #expect(script.count == 2, "\(script.text)")
        }
    }

    @Test func whatALeftOutTextUsesNeedsNoName() {
        #expect(left(out: 1, of: ["1", "_ + 1"], .unkept).text.hasPrefix("1\n#"))
    }

    @Test func whatAFileMayNotHaveIsLeftOutAtItsPlace() throws {
        var script = SessionScript()
        for line in ["1", "fn f() = _", "f()"] { script.add(line, mode: .prompt) }
        let written = script.written
        let place = try #require(written.text.utf8Offset(of: "_"))
        let found = script.leaveOut(at: place, of: written, because: "nothing\nis named so")
        #expect(found)
        #expect(
            script.written.text == """
                1
                # Left out, because no file may have it (nothing\\u{a}is named so):
                #   fn f() = _
                # Left out, because it uses `f`, which is left out:
                #   f()

                """)
        let beyond = script.leaveOut(at: written.text.utf8.count, of: written, because: "")
        #expect(!beyond)
    }

    private func left(
        out place: Int, of lines: [String], _ omission: SessionScript.Omission
    ) -> SessionScript.Written {
        var script = SessionScript()
        for (number, line) in lines.enumerated() {
            script.add(line, mode: .prompt, omitted: number == place ? omission : nil)
        }
        return script.written
    }

    private func passes(_ text: String) -> Bool {
        Interpreter(now: 0).check(SourceFile(name: "s.aud", text: text)).chunk != nil
    }

    @Test(arguments: [
        (SessionScript.Omission.secret, "a statement in which there may be a token"),
        (.unkept, "a statement that was kept out of the history"), (.failed, "statements that ended with an error"),
    ])
    func ofASecretNothingIsWritten(omission: SessionScript.Omission, what: String) {
        var script = SessionScript()
        script.add("let t = \"sgp_secret\"", mode: .prompt, omitted: omission)
        #expect(script.written.text == "# Left out: \(what).\n")
    }

    @Test func theSpacesAreThoseOfStatements() {
        var script = SessionScript()
        script.add("1 + 1", mode: .prompt)
        script.add("list()", mode: .prompt, in: "prod")
        script.add("disable(\"a1\")", mode: .prompt, in: "staging", staged: true)
        script.add("list()", mode: .prompt, in: "prod")
        #expect(script.written.spaces == ["prod", "staging"])
        script.dropStaged()
        #expect(script.written.spaces == ["prod"])
    }

    @Test func aCommentCannotBecomeAStatement() {
        var script = SessionScript()
        script.note(":space a\u{2028}\nremove(\"x\")")
        #expect(script.written.text == "# :space a\\u{2028}\\u{a}remove(\"x\")\n")
    }
}

extension String {
    fileprivate func utf8Offset(of part: String) -> Int? {
        ranges(of: part).first.map { utf8.distance(from: startIndex, to: $0.lowerBound) }
    }
}
