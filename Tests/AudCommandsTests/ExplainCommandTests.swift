import ArgumentParser
import AudLanguage
import Testing

@testable import AudCommands

/// `aud explain` and `aud help NAME`.
@Suite struct ExplainCommandTests {
    private func aud(_ arguments: String...) async throws -> AudProcess.Result {
        try await TemporaryFolder.with { folder async throws in
            // Nothing of the configuration is looked at.
            try folder.write("profiles: {{{", to: "config/aud/config.yaml", mode: 0o666)
            return try await AudProcess(home: folder).run(arguments, input: [])
        }
    }

    @Test func aCodeIsExplainedOnStandardOutput() async throws {
        let result = try await aud("explain", "e0208")
        #expect(result.code == 0)
        #expect(result.errors.isEmpty)
        #expect(
            result.output == """
                E0208  two comparisons in a row

                  `1 < n < 10` compares the answer of the first comparison, true or false, with
                  10, in most languages without a word. Here comparisons do not chain: join two
                  of them with `and`, or ask whether a value is `in` a range. Nor do ranges:
                  `1..2..3` would have a list for an end.

                  wrong
                      let n = list() | count
                      print(1 < n < 100)

                  right
                      let n = list() | count
                      print(1 < n and n < 100)

                """)
    }

    @Test func aloneItListsAllCodes() async throws {
        let result = try await aud("explain")
        #expect(result.code == 0)
        #expect(result.output.split(separator: "\n").count == Code.allCases.count)
        #expect(result.output.contains("\nE0208  two comparisons in a row\n"))
    }

    @Test func anUnknownCodeIsAnErrorWithTheNearestOne() async throws {
        let near = try await aud("explain", "E302")
        #expect(near.code == 1)
        #expect(near.output.isEmpty)
        #expect(near.errors == "error: there is no code \"E302\"\nhelp: did you mean: aud explain E0302\n")
        let far = try await aud("explain", "\u{1B}[2Jwhere")
        #expect(far.code == 1)
        #expect(far.errors == "error: there is no code \"\\u{1b}[2Jwhere\"\nhelp: to list all codes: aud explain\n")
    }

    @Test func helpOnWordsOfTheLanguage() async throws {
        let stage = try await aud("help", "where")
        #expect(stage.code == 0)
        #expect(
            stage.output == """
                … | where CONDITION
                    keeps the items for which the condition is true
                    example: [3, 5, 8] | where it > 4
                          →  [5, 8]

                """)
        #expect(try await aud("help", "len").output.hasPrefix("len("))
        #expect(try await aud("help", "for").output.hasPrefix("for NAME in LIST { … }\n"))
        #expect(try await aud("help", "E0208").output == aud("explain", "E0208").output)
        // A word may be a stage and a function.
        let both = try await aud("help", "sum").output
        #expect(both.contains("… | sum [EXPR]\n") && both.contains("\nsum("))
    }

    @Test func helpOnCommandsStaysWhatItWas() async throws {
        for command in ["run", "check", "explain"] {
            let help = try await aud("help", command)
            #expect(help.code == 0)
            #expect(help.output == (try await aud(command, "--help").output))
        }
        #expect(try await aud("help", "sandbox", "serve").output.contains("--port"))
        #expect(try await aud("help").output == aud("--help").output)
    }

    @Test(arguments: [
        ("wher", "did you mean: aud help where"), ("chekc", "did you mean: aud help check"),
        ("frobnicate", "commands: run, plan, apply, runs, "), (":plan", "did you mean: aud help plan"),
    ])
    func helpOnNothing(topic: String, help: String) async throws {
        let result = try await aud("help", topic)
        #expect(result.code == 1)
        #expect(result.output.isEmpty)
        #expect(result.errors.hasPrefix("error: there is no help on \"\(topic)\"\nhelp: \(help)"))
    }

    @Test(arguments: [["explain", "E0101", "E0102"], ["help", "where", "--all"], ["explain", "--all"]])
    func aUsageError(arguments: [String]) throws {
        let ordered = try Program.order.ordered(arguments)
        let error = #expect(throws: (any Error).self) { try CommandTree.parse(ordered: ordered) }
        guard let error else { return }
        let root = CommandTree.root(of: ordered)
        #expect(!root.exitCode(for: error).isSuccess)
        #expect(root.fullMessage(for: error).contains("Usage: aud \(arguments[0])"))
    }

    /// What the pages tell people to type is a command line of aud.
    @Test(arguments: Page.all.flatMap { page in [page.wrong, page.right].compactMap(\.commandLine) })
    func commandsOnPages(line: String) throws {
        let ordered = try Program.order.ordered(Array(Self.words(of: line).dropFirst()))
        _ = try CommandTree.parse(ordered: ordered)
    }

    /// The words of a command line in which only single quotes are special.
    private static func words(of line: String) -> [String] {
        var words: [String] = []
        for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
            words += index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
        }
        return words
    }
}

extension Page.Example {
    /// A command line that calls aud.
    fileprivate var commandLine: String? {
        if case .command(let line) = self, line.hasPrefix("aud ") { line } else { nil }
    }
}
