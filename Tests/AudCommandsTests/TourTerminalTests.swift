import AudShell
import AudTesting
import Testing

/// The tour and the examples, as a person takes them: each statement is run on the simulated workspace.
@TerminalActor
@Suite struct TourTerminalTests {
    @Test func everyStepShowsWhatItSays() throws {
        try TerminalShell.with(columns: 120, rows: 50) { terminal in
            try terminal.send(":tour\r")
            let steps = TourStep.all
            for (place, step) in steps.enumerated() {
                let prompt = "tour \(place + 1)/\(steps.count)>"
                try terminal.wait(for: "step \(place + 1)") { $0.line($0.row) == prompt }
                let shown = terminal.screen.allLines.count { $0.contains(step.shows) }
                try terminal.send("\r")
                try terminal.wait(for: "‘\(step.shows)’ of step \(place + 1)") {
                    $0.allLines.count { $0.contains(step.shows) } > shown
                }
            }
            try terminal.wait(for: "the end") { $0.contains("That was the tour.") }
            try terminal.waitForPrompt()
            #expect(terminal.screen.unknown == [])
        }
    }

    @Test(arguments: ["q\r", "\u{4}", "\u{3}"])
    func itMayBeLeftAtAnyTime(key: String) throws {
        try TerminalShell.with(columns: 100) { terminal in
            try terminal.send(":tour\r")
            try terminal.wait(for: "the first step") { $0.line($0.row) == "tour 1/\(TourStep.all.count)>" }
            try terminal.send("list() | take 1 | disable\r")
            try terminal.wait(for: "the statement") { $0.contains("1 staged") && $0.line($0.row).hasPrefix("tour 1/") }
            try terminal.send(key)
            try terminal.wait(for: "the end") { $0.contains("Left the tour. 1 staged call of it dropped") }
            try terminal.waitForPrompt()
        }
    }

    @Test func aDumbTerminalHasItToo() throws {
        try TemporaryFolder.with { folder in
            let shell = TerminalShell(folder: folder, variables: ["TERM": "dumb"])
            let terminal = try shell.start(columns: 120, rows: 50)
            try terminal.send(":tour\n\nq\n1 + 1\n")
            try terminal.wait(for: "the first step's value") { $0.contains("12.857142857142858") }
            try terminal.wait(for: "the end") { $0.contains("Left the tour.") && $0.contains("dry> 2") }
        }
    }

    @Test func everyExampleRuns() throws {
        try TerminalShell.with(columns: 160, rows: 60) { terminal in
            for example in ShellExample.tasks.flatMap(\.examples) {
                let isPrompt = { (line: String) in line.hasPrefix("sandbox/prod dry") }
                let prompts = terminal.screen.allLines.count(where: isPrompt)
                try terminal.send(example.statement + "\r")
                try terminal.wait(for: "‘\(example.statement)’") {
                    $0.allLines.count(where: isPrompt) > prompts && $0.bracketsPaste && $0.line($0.row).hasSuffix(">")
                }
                let statement = terminal.screen.allLines.filter(isPrompt).dropLast().last ?? ""
                let start = terminal.screen.allLines.lastIndex(of: statement) ?? 0
                let output = terminal.screen.allLines[start...]
                let troubles = ["error", "warning", "help:", "empty list", "there is no"]
                #expect(!output.contains { line in troubles.contains(where: line.hasPrefix) }, "\(output)")
            }
        }
    }
}
