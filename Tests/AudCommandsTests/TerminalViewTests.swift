import AudTesting
import Testing

/// What values and the line itself look like on the screen of the real program.
@TerminalActor
@Suite struct TerminalViewTests {
    private static let prompt = TerminalShell.prompt
    private static let column = prompt.count + 1

    @Test func theBracketAtTheCursorAndItsPartnerAreMarked() throws {
        try TerminalShell.with { terminal in
            try terminal.send("max([1, (2)])\u{1B}[D")
            // Places 3 and 12: what the cursor is on and its partner; the others stay plain.
            let column = Self.column
            func marked(_ screen: ScreenModel) -> [Int] {
                let cells = screen.cells[screen.row][column...]
                return cells.enumerated().filter { $0.element.style.hasSuffix("1;4") }.map(\.offset)
            }
            try terminal.wait(for: "the outer pair") { marked($0) == [3, 12] }
            try terminal.send("\u{1B}[D\u{1B}[D")
            try terminal.wait(for: "the inner pair") { marked($0) == [8, 10] }
        }
    }

    @Test func aSearchFindsAnEarlierStatementAndTheArrowOnlyWhatBeginsLikeTheLine() throws {
        try TerminalShell.with { terminal in
            try terminal.run("40 + 2", row: "42")
            try terminal.run("len([1, 2])", row: "2")
            try terminal.run("7", row: "7")
            try terminal.send("\u{12}0 +")
            try terminal.wait(for: "what was found") { $0.line($0.row) == "search 0 +: 40 + 2" }
            // Enter takes it into the line, to be looked at before it runs.
            try terminal.send("\r")
            try terminal.wait(for: "the statement") { $0.line($0.row) == "\(Self.prompt) 40 + 2" }
            try terminal.run("", row: "42")
            // Up, behind what is typed, goes past what does not begin so.
            try terminal.send("len\u{1B}[A")
            try terminal.wait(for: "the earlier statement") { $0.line($0.row) == "\(Self.prompt) len([1, 2])" }
            try terminal.send("\u{3}")
        }
    }

    @Test func theLastValuesHaveNames() throws {
        try TerminalShell.with { terminal in
            try terminal.run("\"a\"", row: "a")
            try terminal.run("\"b\"", row: "b")
            try terminal.run("_1 + _ + \"c\"", row: "abc")
            try terminal.run("_2 + _", row: "aabc")
        }
    }

    @Test func movingGoesByLineInAStatement() throws {
        try TerminalShell.with { terminal in
            try terminal.send("[1,\u{1B}\r 2,\u{1B}\r 3]")
            try terminal.wait(for: "three lines") { $0.row == 3 && $0.line(3).hasSuffix(" 3]") }
            try terminal.send("\u{1B}[A\u{1B}[A\u{5}")
            try terminal.wait(for: "the first line") { $0.row == 1 && $0.column == Self.column + 3 }
            try terminal.send("\u{7F}, 9,\u{1B}[B\u{1B}[B\u{5}")
            try terminal.wait(for: "the last line") { $0.row == 3 && $0.line(1).hasSuffix("[1, 9,") }
            try terminal.run(" | count", row: "4")
        }
    }

    @Test func aTableHasNumbersOnTheRightNullsFaintAndDatesByTheirDistance() throws {
        try TerminalShell.with { terminal in
            try terminal.run(
                "[{n: 7, d: null, pausedAt: now() - 3d}, {n: 1234, d: \"x\", pausedAt: null}]", text: "2 rows")
            let screen = terminal.screen
            let rows = screen.lines.indices.filter { screen.line($0).hasSuffix("3 days ago") }
            let row = try #require(rows.first)
            #expect(screen.line(row) == "   7  null  3 days ago")
            #expect(screen.line(row + 1) == "1234  x     null")
            #expect(screen.cells[row][6].style == "0;2" && screen.cells[row][3].style == "")
        }
    }

    @Test func chartsLimitsAndTimes() throws {
        try TerminalShell.with { terminal in
            try terminal.run("list() | group by .enabled | chart", text: "█")
            let bars = terminal.screen.lines.filter { $0.contains("█") }
            #expect(bars.count == 2 && bars.allSatisfy { $0.hasPrefix("true") || $0.hasPrefix("false") })
            try terminal.run(":limits", text: "documented")
            let limits = try #require(terminal.screen.lines.first { $0.hasPrefix("list ") }).split(separator: " ")
            // 212 audiences are two pages, and 25 of them may be read in a minute.
            #expect(limits == ["list", "25/60s", "documented", "2", "23", "at", "once"])
            try terminal.run(":time 1 + 1", text: ", 0 requests")
            try terminal.run(":set format ndjson", text: "ndjson")
            try terminal.run("[{a: 1}]", row: #"{"a":1}"#)
        }
    }
}
