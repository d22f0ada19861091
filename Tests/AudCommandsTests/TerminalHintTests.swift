import AudTesting
import Testing

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Colours and hints while a statement is typed.
@TerminalActor
@Suite struct TerminalHintTests {
    private static let prompt = TerminalShell.prompt
    private static let column = prompt.count + 1

    /// The styles of the cells behind the prompt.
    private static func styles(_ screen: ScreenModel, _ count: Int) -> [String] {
        screen.cells[screen.row][column..<column + count].map(\.style)
    }

    @Test func aStatementHasColoursWhileItIsTyped() throws {
        try TerminalShell.with { terminal in
            try terminal.send("list() | where nox")
            try terminal.wait(forText: "where nox")
            let styles = Self.styles(terminal.screen, 18)
            #expect(styles[0] == "0;34" && styles[9] == "0;1;34" && styles[15] == "0;4;31")
            #expect(styles[4] == "" && styles[7] == "")
            // The line that is left behind has them too.
            try terminal.send("\u{3}")
            try terminal.wait(for: "the next prompt") { $0.row == 2 && $0.isAt(prompt: Self.prompt) }
            #expect(terminal.screen.cells[1][Self.column].style == "0;34")
        }
    }

    @Test(arguments: [([], ["NO_COLOR": "1"]), (["--color", "never"], [:])])
    func withoutColoursTheTextHasNone(arguments: [String], variables: [String: String]) throws {
        try TerminalShell.with(["--sandbox"] + arguments, variables: variables) { terminal in
            try terminal.send("list() | where nox | disable(")
            try terminal.wait(forText: "disable(  disable(target")
            let styles = Self.styles(terminal.screen, 28)
            #expect(Set(styles) == ["", "0;4"])
            let parameters = terminal.screen.cells.joined().flatMap { $0.style.split(separator: ";") }
            #expect(parameters.allSatisfy { (Int($0) ?? 99) < 30 })
        }
    }

    @Test func anEarlierStatementIsHintedDimAndTakenWithTheRightArrow() throws {
        try TerminalShell.with { terminal in
            try terminal.run("40 + 2", row: "42")
            try terminal.send("40")
            try terminal.wait(for: "the hint") { $0.line($0.row) == "\(Self.prompt) 40 + 2" }
            #expect(Self.styles(terminal.screen, 6) == ["0;33", "0;33", "0;2", "0;2", "0;2", "0;2"])
            #expect(terminal.screen.column == Self.column + 2)
            try terminal.run("\u{1B}[C", row: "42")
            // Enter takes no hint.
            try terminal.run("40", row: "40")
            #expect(terminal.screen.lines.count { $0 == "\(Self.prompt) 40 + 2" } == 2)
            #expect(terminal.screen.lines.count { $0 == "\(Self.prompt) 40" } == 1)
        }
    }

    @Test func whatAnActionWouldStageIsHinted() throws {
        try TerminalShell.with { terminal in
            try terminal.send("let few = list() | where .enabled | take 3\r")
            try terminal.wait(for: "the next prompt") { $0.row > 1 && $0.isAt(prompt: Self.prompt) }
            try terminal.send("few | disable")
            try terminal.wait(forText: "few | disable  stages 3 updates")
            let next = "sandbox/prod dry +3>"
            try terminal.run("", text: "3 staged", prompt: next)
            try terminal.send(":apply")
            try terminal.wait(forText: ":apply  3 updates")
            // The right arrow takes no note into the line.
            try terminal.send("\u{1B}[C\u{15}1 + 1")
            try terminal.run("", row: "2", prompt: next)
        }
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func aSignalToEndWhileAHintIsDrawn(signal: Int32) throws {
        try TerminalShell.with { terminal in
            try terminal.send("list(")
            try terminal.wait(forText: "list(  list(space")
            #expect(terminal.modes == .raw)
            terminal.signal(signal)
            #expect(try terminal.waitForEnd() == .exited(130))
            #expect(terminal.isRestored)
            #expect(!terminal.screen.contains("list(space"))
        }
    }
}
