import AudTesting
import Testing

/// What is on the screen: in any width, with and without colours, and whatever an audience is called.
@TerminalActor
@Suite struct TerminalScreenTests {
    private static let prompt = TerminalShell.prompt

    // MARK: Width

    /// The rows that a text takes when nothing but the margin breaks it.
    private static func rows(of text: String, columns: Int) -> [String] {
        var rows: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            rows.append(String(rest.prefix(columns)))
            rest = rest.dropFirst(columns)
        }
        return rows
    }

    /// A terminal that does not reflow, as the model.
    @Test func aResizeShowsTheLineOnceAndTheCursorWhereItWas() throws {
        try TerminalShell.with(variables: ["XTERM_VERSION": "XTerm(1)"]) { terminal in
            let numbers = (10..<40).map(String.init).joined(separator: "+")
            try terminal.send(numbers)
            // Ten characters to the left.
            try terminal.send(String(repeating: "\u{1B}[D", count: 10))
            for columns in [80, 30, 60, 20, 80] {
                terminal.resize(columns: columns, rows: 24)
                let expected = Self.rows(of: "\(Self.prompt) \(numbers)", columns: columns)
                let cursor = Self.prompt.count + 1 + numbers.count - 10
                try terminal.wait(for: "the line in \(columns) columns") { screen in
                    screen.row == 1 + cursor / columns && screen.column == cursor % columns
                        && Array(screen.lines[1...expected.count]) == expected
                        && screen.lines[(expected.count + 1)...].allSatisfy(\.isEmpty)
                }
                #expect(TerminalShell.introduction.hasPrefix(terminal.screen.line(0)))
                #expect(terminal.screen.scrollback == [])
            }
            try terminal.run("", row: "735")
            #expect(terminal.screen.unknown == [])
        }
    }

    @Test func twentyColumnsAreEnough() throws {
        try TemporaryFolder.with { folder in
            let terminal = try TerminalShell(folder: folder).start(columns: 20, rows: 24)
            try terminal.waitForPrompt()
            try terminal.run("1 + 1", row: "2")
            try terminal.run("{\ra: [1, 2]}", text: "a")
            try terminal.run("list() | take 2", text: "…")
            // This prompt is wider than the terminal: its last blank is on a row of its own.
            func waitForWidePrompt() throws {
                try terminal.wait(for: "the prompt on two rows") {
                    $0.bracketsPaste && $0.column == 1 && $0.line($0.row).isEmpty
                        && $0.line($0.row - 1) == "sandbox/prod dry +2>"
                }
            }
            try terminal.send("list() | take 2 | disable\r")
            try waitForWidePrompt()
            try terminal.send(":plan\r")
            try terminal.wait(forText: "Nothing was sent.")
            try waitForWidePrompt()
            try terminal.send(":dis\t\r")
            try terminal.wait(forText: "2 staged calls")
            try terminal.waitForPrompt()
            #expect(terminal.screen.unknown == [])
        }
    }

    @Test(arguments: [1, 2, 7])
    func aTerminalOfHardlyAnyColumns(columns: Int) throws {
        try TemporaryFolder.with { folder in
            let terminal = try TerminalShell(folder: folder).start(columns: columns, rows: 24)
            try terminal.wait(for: "the editor") { $0.bracketsPaste }
            try terminal.send("list() | take 1 | map .name\t\r")
            try terminal.wait(for: "the end of the statement") { !$0.bracketsPaste }
            try terminal.wait(for: "the editor") { $0.bracketsPaste }
            try terminal.send("\u{4}")
            #expect(try terminal.waitForEnd() == .exited(0))
            #expect(terminal.isRestored)
        }
    }

    // MARK: Plain terminals and pipes

    @Test func aDumbTerminalGetsNoSequence() throws {
        try TemporaryFolder.with { folder in
            let terminal = try TerminalShell(folder: folder, variables: ["TERM": "dumb"]).start()
            try terminal.wait(for: "a prompt") { $0.line($0.row) == Self.prompt }
            #expect(terminal.modes == .cooked)
            try terminal.send("1 + (\n")
            try terminal.wait(for: "the continuation prompt") { $0.line($0.row) == "              ( …" }
            try terminal.send("2)\n")
            try terminal.wait(for: "the value") { $0.lines.contains("3") && $0.line($0.row) == Self.prompt }
            try terminal.send("list() | take 3\n")
            try terminal.wait(for: "a table") { $0.contains("name") && $0.line($0.row) == Self.prompt }
            try terminal.send("nothing\n")
            try terminal.wait(for: "an error") { $0.contains("error") && $0.line($0.row) == Self.prompt }
            try terminal.send("\u{4}")
            #expect(try terminal.waitForEnd() == .exited(0))
            #expect(!terminal.output.contains(0x1B))
        }
    }

    /// The parameters of every sequence that sets a style.
    private static func styles(_ output: [UInt8]) -> Set<String> {
        let parts = String(decoding: output, as: UTF8.self).components(behind: "\u{1B}[")
        return Set(
            parts.flatMap { part -> [String] in
                let parameters = part.prefix { $0.isNumber || $0 == ";" }
                guard part.dropFirst(parameters.count).first == "m" else { return [] }
                return parameters.split(separator: ";").map(String.init)
            })
    }

    /// Bold and dim are no colours.
    @Test(arguments: [false, true])
    func noColor(isSet: Bool) throws {
        try TerminalShell.with(variables: isSet ? ["NO_COLOR": "1"] : [:]) { terminal in
            try terminal.run("list() | take 3 | disable", text: "3 staged", prompt: "sandbox/prod dry +3>")
            try terminal.run(":plan", text: "To send: :apply", prompt: "sandbox/prod dry +3>")
            try terminal.run("nothing", text: "error", prompt: "sandbox/prod dry +3>")
            try terminal.run(":discard", text: "dropped")
            try terminal.send(":live\r")
            try terminal.waitForPrompt("sandbox/prod live>")
            let colors = Self.styles(terminal.output).subtracting(["0", "1", "2", "4", "7"])
            #expect(colors.isEmpty == isSet, "\(colors)")
        }
    }

    @Test func valuesCanBePipedWhileTheLineIsEditedOnTheTerminal() throws {
        try TemporaryFolder.with { folder in
            let values = try folder.write("", to: "values")
            let terminal = try TerminalShell(folder: folder).start(files: [1: values])
            try terminal.waitForPrompt()
            #expect(terminal.modes == .raw)
            try terminal.send("40 + \u{1B}[200~2\u{1B}[201~\r")
            try terminal.wait(for: "the next prompt") { $0.row == 2 && $0.isAt(prompt: Self.prompt) }
            #expect(try folder.read("values") == "42\n")
            try terminal.send("nothing\r")
            try terminal.wait(for: "an error") { $0.contains("error") && $0.isAt(prompt: Self.prompt) }
            try terminal.send("\u{4}")
            #expect(try terminal.waitForEnd() == .exited(0))
            #expect(try folder.read("values") == "42\n")
            #expect(!terminal.screen.lines.contains("42"))
        }
    }

    @Test func aPersonIsAskedWhereTheCursorCannotMove() throws {
        try TemporaryFolder.with { folder in
            let terminal = try TerminalShell(folder: folder, variables: ["TERM": "dumb"]).start()
            let (staged, question) = ("sandbox/prod dry +1>", "Leave and drop 1 staged call? [y/N]")
            func wait(_ prompt: String) throws {
                try terminal.wait(for: "‘\(prompt)’") { $0.line($0.row).hasSuffix(prompt) }
            }
            try wait(Self.prompt)
            try terminal.send("list() | take 1 | disable\r")
            try wait(staged)
            try terminal.send("\u{4}")
            try wait(question)
            try terminal.send("n\r")
            try wait(staged)
            try terminal.send("\u{4}")
            try wait(question)
            try terminal.send("y\r")
            #expect(try terminal.waitForEnd() == .exited(0))
        }
    }

    @Test(arguments: [("print(1 + 1)\nprint(\"a\"\n  + \"b\")\n", 0, "2\nab"), ("print(2)\nfail \"no\"", 1, "2")])
    func inputThatIsNoTerminalIsAScript(script: String, code: Int, output: String) throws {
        try TemporaryFolder.with { folder in
            let path = try folder.write(script, to: "script")
            let terminal = try TerminalShell(folder: folder).start(files: [0: path])
            #expect(try terminal.waitForEnd() == .exited(Int32(code)))
            #expect(terminal.screen.text.hasPrefix(output))
            #expect(!terminal.screen.contains("dry>"))
            #expect(!terminal.screen.contains(TerminalShell.introduction))
            #expect(terminal.modes == .cooked)
        }
    }

    // MARK: Hostile names

    /// What tables, messages and the text at the prompt use.
    private static let known: Set<String> = ["0", "1", "2", "4", "7", "31", "32", "33", "34", "35", "36"]

    @Test(arguments: ["table", "json", "ndjson", "csv"])
    func aNameWithEscapeSequencesIsShownAndDoesNothing(format: String) throws {
        try TerminalShell.with(columns: 160) { terminal in
            let staged = "sandbox/prod dry +1>"
            try terminal.run("let a = list() | where .name ~ /pwned/ | first\ra.id", text: "aud_")
            try terminal.send(":format \(format)\r")
            try terminal.run("[a] | select .name, .key", text: "pwned")
            try terminal.run("print(\"printed {a.name}\")", text: "printed TEST_old_")
            try terminal.run("disable(a)", text: "1 staged", prompt: staged)
            try terminal.run(":plan", text: "prompt:5:1", prompt: staged)
            try terminal.run("fail \"failed {a.name}\"", text: "failed TEST_old_", prompt: staged)
            try terminal.send("\"TEST_old_\t\t\t")
            try terminal.wait(forText: "> TEST_old_")
            try terminal.send("\u{3}")
            try terminal.waitForPrompt(staged)

            #expect(terminal.screen.unknown == [])
            #expect(Self.styles(terminal.output).subtracting(Self.known) == [])
            let shown = String(decoding: terminal.output, as: UTF8.self).unicodeScalars
            let unsafe: Set<Unicode.Scalar> = ["\u{9B}", "\u{202E}", "\u{2066}", "\u{2028}", "\u{7F}"]
            #expect(!shown.contains { unsafe.contains($0) })
            #expect(!terminal.output.contains(Array("\u{1B}[2J".utf8)))
            #expect(!terminal.output.contains(Array("pwned\u{1B}[0m\u{7}".utf8)))
        }
    }
}

extension String {
    /// What stands behind each of a mark's places.
    fileprivate func components(behind mark: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while let place = rest.firstRange(of: mark) {
            rest = rest[place.upperBound...]
            parts.append(rest)
        }
        return parts
    }
}
