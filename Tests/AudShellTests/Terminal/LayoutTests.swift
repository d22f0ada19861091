// Text to rows and a cursor.

import AudShell
import AudTesting
import Testing

struct LayoutTests {
    static func rows(_ frame: Frame, columns: Int, rows: Int = 50, top: Int = 0) -> [String] {
        Layout(frame, in: TerminalSize(columns: columns, rows: rows), top: top).rows.map(\.text)
    }

    @Test("the prompt on the first line, the continuation on the others")
    func prompts() {
        let frame = Frame(prompt: "dry> ", continuation: "   … ", text: "list(\n  x\n)", cursor: 0)
        #expect(Self.rows(frame, columns: 20) == ["dry> list(", "   …   x", "   … )"])
    }

    @Test("rows break where the screen ends, and before a wide character that does not fit")
    func wrapping() {
        #expect(Self.rows(Frame(prompt: "> ", text: "abcdef"), columns: 5) == ["> abc", "def"])
        #expect(Self.rows(Frame(prompt: "> ", text: "ab不x"), columns: 5) == ["> ab", "不x"])
    }

    @Test("behind a full row the cursor begins a new one; without a cursor there is none")
    func margin() {
        let full = Frame(prompt: "> ", text: "abc", cursor: 3)
        let layout = Layout(full, in: TerminalSize(columns: 5, rows: 9))
        #expect(layout.rows.map(\.text) == ["> abc", ""])
        #expect(layout.cursor == Layout.Position(row: 1, column: 0))
        #expect(Self.rows(Frame(prompt: "> ", text: "abc"), columns: 5) == ["> abc"])
    }

    @Test(
        "what cannot be shown is spelled out",
        arguments: [
            ("\u{3}", "^C"), ("\u{7F}", "^?"), ("\u{1B}[31m", "^[[31m"), ("\u{85}", "\\u{85}"),
            ("\u{202E}gnp", "\\u{202E}gnp"), ("\u{2028}", "\\u{2028}"), ("\u{200B}", "\\u{200B}"),
            ("\u{301}a", "◌\u{301}a"), ("\r", "^M"), ("a\tb", "a   b"), ("\u{FEFF}", "\\u{FEFF}"),
        ])
    func spelling(_ text: String, _ shown: String) {
        #expect(Self.rows(Frame(prompt: "", text: StyledText(text)), columns: 40) == [shown])
        #expect(Self.rows(Frame(prompt: StyledText(text)), columns: 40) == [shown])
    }

    @Test(
        "widths of clusters",
        arguments: [
            ("a", 1), ("e\u{301}", 1), ("不", 2), ("👩‍👩‍👧", 2), ("❤️", 2), ("❤", 1), ("🇯🇵", 2), ("👍🏽", 2), ("1️⃣", 2),
            ("ｶﾞ", 2), ("กำ", 2), ("각", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
        ])
    func widths(_ text: String, _ width: Int) {
        let layout = Layout(whole: Frame(prompt: StyledText(text)), columns: 40)
        #expect(layout.rows.map(\.width) == [width])
    }

    @Test("a cluster wider than the terminal is ?")
    func narrow() {
        #expect(Self.rows(Frame(prompt: "", text: "a不b"), columns: 1) == ["a", "?", "b"])
    }

    @Test("styles reach their cells")
    func styles() {
        let text = StyledText("不 in x", runs: [StyledRun(4..<6, Style(.blue))])
        let cells = Layout(whole: Frame(prompt: "> ", text: text), columns: 40).rows[0].cells
        #expect(cells.filter { $0.style == Style(.blue) }.map(\.text) == ["i", "n"])
    }

    @Test("a dim hint follows the end, and the cursor stays before it")
    func hint() {
        let layout = Layout(
            Frame(prompt: "> ", text: "en", cursor: 2, hint: "able"), in: TerminalSize(columns: 5, rows: 9))
        #expect(layout.rows.map(\.text) == ["> ena", "ble"])
        #expect(layout.cursor == Layout.Position(row: 0, column: 4))
        #expect(layout.rows[1].cells.allSatisfy { $0.style == .dim })
    }

    @Test("the marked part of a hint is dim and underlined")
    func hintMark() {
        let frame = Frame(prompt: "> ", text: "f(", cursor: 2, hint: " 不(a, b)", hintMark: 8..<9)
        let cells = Layout(frame, in: TerminalSize(columns: 40, rows: 9)).rows[0].cells.dropFirst(4)
        #expect(cells.map(\.text).joined() == " 不(a, b)")
        #expect(cells.map { $0.style.underline ? $0.text : "" }.joined() == "b")
        #expect(cells.allSatisfy { $0.style.dim })
    }

    @Test("labels that are too long are cut in the middle, so that names that begin alike stay apart")
    func narrowMenu() {
        let names = ["Predicted LTV top 10%", "Predicted LTV top 20%", "夏のキャンペーン 2024"]
        let frame = Frame(prompt: "> ", text: "n", cursor: 1, menu: names.map { MenuRow($0, detail: "key") })
        let rows = Layout(frame, in: TerminalSize(columns: 18, rows: 10)).rows
        #expect(rows.dropFirst().map(\.text) == ["  Predicte…top 10%", "  Predicte…top 20%", "  夏のキャ…ン 2024"])
        #expect(rows.allSatisfy { $0.width <= 18 })
    }

    @Test("the menu takes the rows that are left, and keeps the choice in sight")
    func menu() {
        let names = (0..<9).map { MenuRow("name\($0)", detail: "d", isSelected: $0 == 5) }
        let frame = Frame(prompt: "> ", text: "n", cursor: 1, menu: names)
        #expect(Self.rows(frame, columns: 20, rows: 4) == ["> n", "  name3  d", "  name4  d", "> name5  d"])
        #expect(Self.rows(frame, columns: 20, rows: 1) == ["> n"])
        #expect(Self.rows(frame, columns: 5, rows: 2) == ["> n", "> na…"])
        #expect(Self.rows(frame, columns: 20).count == 10)
    }

    @Test("a window holds the cursor and moves as little as it can")
    func window() {
        let text = (0..<9).map(String.init).joined(separator: "\n")
        func shown(_ cursor: Int, top: Int) -> [String] {
            Self.rows(Frame(prompt: "", text: StyledText(text), cursor: cursor), columns: 9, rows: 3, top: top)
        }
        #expect(shown(0, top: 0) == ["0", "1", "2"])
        #expect(shown(6, top: 0) == ["1", "2", "3"])
        #expect(shown(4, top: 1) == ["1", "2", "3"])
        #expect(shown(0, top: 1) == ["0", "1", "2"])
        #expect(shown(17, top: 0) == ["6", "7", "8"])
    }

    @Test("equals the naive layout", arguments: Array(1...20) + [40, 80])
    func oracle(columns: Int) {
        var random = SeededRandom(seed: UInt64(columns))
        for _ in 0..<60 {
            let frame = Frame.random(using: &random)
            let naive = NaiveLayout(frame, columns: columns)
            let layout = Layout(frame, in: TerminalSize(columns: columns, rows: 10_000))
            #expect(layout.rows.map(\.text) == naive.rows)
            #expect(layout.cursor?.row == naive.cursor?.row)
            #expect(layout.cursor?.column == naive.cursor?.column)
            #expect(layout.rows.allSatisfy { $0.width <= columns })
        }
    }
}

extension Frame {
    /// Up to 60 clusters in some lines, the cursor at one of them.
    static func random(using random: inout SeededRandom) -> Frame {
        var text = ""
        var offsets = [0]
        for _ in 0..<Int.random(in: 0...60, using: &random) {
            text += String.randomCluster(using: &random)
            offsets.append(text.utf8.count)
        }
        return Frame(
            prompt: "dry> ", continuation: " … ", text: StyledText(text), cursor: offsets.randomElement(using: &random))
    }
}

extension String {
    static func randomCluster(using random: inout SeededRandom) -> String {
        switch Int.random(in: 0..<20, using: &random) {
        case 0, 1: "\n"
        case 2: "\t"
        case 3...9: "a"
        default: NaiveLayout.alphabet.randomElement(using: &random)?.text ?? "a"
        }
    }
}
