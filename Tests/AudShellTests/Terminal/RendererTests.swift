// Rows to bytes: after each frame, a terminal shows exactly the naive layout.

import AudShell
import AudTesting
import Testing

struct RendererTests {
    @Test(
        "random edits, messages and sizes",
        arguments: Array(1...20) + [40, 80], [1, 2, 3, 5, 12])
    func edits(columns: Int, rows: Int) {
        var random = SeededRandom(seed: UInt64(columns * 100 + rows))
        var screen = ScreenModel(columns: columns, rows: rows)
        var renderer = Renderer(size: TerminalSize(columns: columns, rows: rows), reflows: false)
        var clusters: [String] = []
        var cursor = 0
        var top = 0
        screen.write("before\r\n")
        for step in 0..<120 {
            switch Int.random(in: 0..<24, using: &random) {
            case 0 where cursor > 0:
                cursor -= 1
                clusters.remove(at: cursor)
            case 1 where cursor < clusters.count: clusters.remove(at: cursor)
            case 2...4: cursor = Int.random(in: 0...clusters.count, using: &random)
            case 5:
                clusters = []
                cursor = 0
            default:
                clusters.insert(.randomCluster(using: &random), at: cursor)
                cursor += 1
            }
            let frame = Frame(
                prompt: "> ", continuation: ". ", text: StyledText(clusters.joined()),
                cursor: clusters[..<cursor].joined().utf8.count,
                hint: cursor == clusters.count && Bool.random(using: &random) ? "a 不 hint" : "")
            if Int.random(in: 0..<16, using: &random) == 0 {
                screen.write(renderer.draw(frame, below: "m\n"))
                top = 0
            } else {
                screen.write(renderer.draw(frame))
            }
            let naive = NaiveLayout(frame, columns: columns)
            let window = naive.window(height: rows, top: top)
            top = window.top
            let first = screen.row - ((naive.cursor?.row ?? 0) - top)
            let shown = first >= 0 ? Array(screen.lines[first...]) : []
            let expected = window.rows.map(Self.trimmed) + Array(repeating: "", count: rows - first - window.rows.count)
            #expect(shown == expected, "step \(step), \(frame.text.text.debugDescription)")
            #expect(screen.column == naive.cursor?.column)
            #expect(screen.isCursorVisible && !screen.isSynchronizing && screen.unknown.isEmpty)
            if shown != expected { return }
        }
    }

    @Test("a character typed at the end costs its bytes and the brackets of the frame")
    func cost() {
        var renderer = Renderer(size: TerminalSize(columns: 80, rows: 24))
        _ = renderer.draw(Frame(prompt: "> ", text: "disabl", cursor: 6))
        let output = renderer.draw(Frame(prompt: "> ", text: "disable", cursor: 7))
        #expect(output == "\u{1B}[?2026h\u{1B}[?25le\u{1B}[?25h\u{1B}[?2026l")
        #expect(renderer.draw(Frame(prompt: "> ", text: "disable", cursor: 7)).isEmpty)
    }

    @Test("colours are left out where they are unwanted, other attributes stay")
    func colors() {
        let frame = Frame(prompt: "", text: StyledText("x", Style(.red, bold: true)), cursor: 1)
        var colored = Renderer(size: TerminalSize(columns: 80, rows: 24))
        #expect(colored.draw(frame).contains("\u{1B}[0;1;31mx"))
        var plain = Renderer(size: TerminalSize(columns: 80, rows: 24), colored: false)
        #expect(plain.draw(frame).contains("\u{1B}[0;1mx"))
    }

    @Test("a statement taller than the screen is left behind whole")
    func leaving() {
        let text = (1...9).map { "line \($0)" }.joined(separator: "\n")
        var screen = ScreenModel(columns: 20, rows: 4)
        var renderer = Renderer(size: TerminalSize(columns: 20, rows: 4))
        screen.write("before\r\n")
        let frame = Frame(prompt: "> ", continuation: ". ", text: StyledText(text), cursor: text.utf8.count)
        screen.write(renderer.draw(frame))
        #expect(screen.lines == [". line 6", ". line 7", ". line 8", ". line 9"])
        screen.write(renderer.leave(frame))
        let whole = ["> line 1"] + (2...9).map { ". line \($0)" }
        #expect(Array((screen.scrollback + screen.lines).suffix(10)) == whole + [""])
        #expect(screen.column == 0)
    }

    @Test("after a resize nothing of the old rows is left")
    func resizing() {
        var screen = ScreenModel(columns: 20, rows: 10)
        var renderer = Renderer(size: TerminalSize(columns: 20, rows: 10), reflows: false)
        let frame = Frame(prompt: "> ", text: StyledText(String(repeating: "ab", count: 15)), cursor: 30)
        screen.write("before\r\n")
        screen.write(renderer.draw(frame))
        for columns in [10, 30, 5, 20] {
            screen.resize(columns: columns, rows: 10)
            screen.write(renderer.resize(to: TerminalSize(columns: columns, rows: 10)))
            screen.write(renderer.draw(frame))
            let expected = NaiveLayout(frame, columns: columns).rows
            #expect(Array(screen.lines[1..<1 + expected.count]) == expected)
            #expect(screen.lines[(1 + expected.count)...].allSatisfy { $0.isEmpty })
        }
    }

    @Test("where a terminal reflows, the way up counts the broken rows")
    func reflowing() {
        var renderer = Renderer(size: TerminalSize(columns: 60, rows: 10), reflows: true)
        let text = String(repeating: "x", count: 55) + "\n" + String(repeating: "y", count: 45)
        _ = renderer.draw(Frame(prompt: "> ", continuation: ". ", text: StyledText(text), cursor: text.utf8.count))
        // Row one has 57 columns: two rows of 30. The cursor is at column 47 of the next: one row further down.
        #expect(renderer.resize(to: TerminalSize(columns: 30, rows: 10)) == "\u{1B}[3A\r\u{1B}[J")
    }

    @Test("a wide character that does not fit before the new margin goes to the next row, and leaves a column empty")
    func reflowingWide() {
        var renderer = Renderer(size: TerminalSize(columns: 60, rows: 10), reflows: true)
        let text = "let x = \"" + String(repeating: "日本語", count: 3) + String(repeating: "b", count: 40) + "\""
        _ = renderer.draw(Frame(prompt: "sandbox/prod dry> ", text: StyledText(text), cursor: text.utf8.count))
        // The first row of 60 columns becomes 29 + 30 + 1, the cursor is in the row behind.
        #expect(renderer.resize(to: TerminalSize(columns: 30, rows: 10)) == "\u{1B}[3A\r\u{1B}[J")
        // The cursor stands on a wide character that was moved.
        _ = renderer.draw(Frame(prompt: "", text: "ab日", cursor: 2))
        #expect(renderer.resize(to: TerminalSize(columns: 3, rows: 10)) == "\u{1B}[1A\r\u{1B}[J")
    }

    @Test("behind a picture of disputed width the column is set: the rest is right on older terminals too")
    func disputed() {
        var screen = ScreenModel(columns: 40, rows: 3, clusters: .scalars)
        var renderer = Renderer(size: TerminalSize(columns: 40, rows: 3))
        screen.write(renderer.draw(Frame(prompt: "> ", text: "👩‍👩‍👧 family", cursor: 0)))
        #expect(screen.cells[0][4...].map(\.text).joined().hasPrefix(" family "))
        screen.write(renderer.draw(Frame(prompt: "> ", text: "👩‍👩‍👧", cursor: 0)))
        #expect(screen.cells[0][4...].allSatisfy { $0.text == " " })
    }

    private static func trimmed(_ row: String) -> String {
        var row = row
        while row.hasSuffix(" ") { row.removeLast() }
        return row
    }
}
