import ArgumentParser
import AudRuntime
import Testing

@testable import AudCommands

/// Options may stand before the command, and a script needs no command.
@Suite struct ArgumentOrderTests {
    private let order = ArgumentOrder(
        commands: Program.order.commands, valued: Program.order.valued, fileExists: { $0 == "cleanup" })

    @Test(
        arguments: [
            ([], []),
            (["--sandbox"], ["--sandbox"]),
            (["run", "x.aud", "--live"], ["run", "x.aud", "--live"]),
            (["--sandbox", "run", "x.aud"], ["run", "--sandbox", "x.aud"]),
            (["--space", "run", "x.aud"], ["run", "--space", "run", "x.aud"]),
            (["x.aud", "--set", "days=1"], ["run", "x.aud", "--set", "days=1"]),
            (["--quiet", "cleanup"], ["run", "--quiet", "cleanup"]),
            (["-"], ["run", "-"]),
            (["-e", "run"], ["-e", "run"]),
            (["--format=json", "check", "x.aud"], ["check", "--format=json", "x.aud"]),
            (["sandbox", "serve", "--port", "0"], ["sandbox", "serve", "--port", "0"]),
            (["--help"], ["--help"]),
        ] as [([String], [String])])
    func order(arguments: [String], expected: [String]) throws {
        #expect(try order.ordered(arguments) == expected)
    }

    @Test func aMisspeltCommandGetsASuggestion() {
        let error = #expect(throws: CommandError.self) { try order.ordered(["chekc", "x.aud"]) }
        #expect(error?.message == "there is no command \"chekc\"")
        #expect(error?.help == "did you mean: aud check")
        #expect(error?.exit == .script)
    }

    @Test func aWordThatIsNothingAtAllNamesTheCommands() {
        let error = #expect(throws: CommandError.self) { try order.ordered(["frobnicate"]) }
        #expect(
            error?.help?.contains(
                "apply, banked, check, completions, explain, fmt, help, limits, login, logout, manual, plan, profiles, "
                    + "resume, run, runs, sandbox, undo") == true)
    }

    /// The list of options with a value is written by hand; this finds one that was forgotten.
    @Test func everyOptionWithAValueIsKnown() {
        var found: Set<String> = []
        for help in [AudCommand.helpMessage(columns: 200), RunCommand.helpMessage(columns: 200)] {
            for line in help.split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let first = words.first, first.hasPrefix("-"), words.count > 1, words[1].hasPrefix("<") else {
                    continue
                }
                found.insert(String(first))
            }
        }
        #expect(found.isSubset(of: Program.order.valued), "\(found.subtracting(Program.order.valued))")
        #expect(found.contains("--space"))
    }
}
