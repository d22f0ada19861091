// Keys to statements, through libedit on its own pty; no terminal is needed. One libedit at a time: it and terminfo keep
// state of the process.

import AudShell
import AudTesting
import Testing

@Suite(.serialized)
struct LineEditorTests {
    static let up = "\u{1B}[A"
    static let down = "\u{1B}[B"
    static let right = "\u{1B}[C"
    static let left = "\u{1B}[D"
    static let home = "\u{1B}[H"
    static let end = "\u{1B}[F"
    static let delete = "\u{1B}[3~"
    static let altEnter = "\u{1B}\r"

    let editor: LineEditor

    init() throws {
        editor = try #require(
            LineEditor(host: BracketHost(), history: ["first", "list(\n  one\n)", "last 不"], file: "/dev/null"))
    }

    func edit(_ keys: String, burst: Bool = false) -> Outcome {
        editor.edit(Prompt("> "), from: ScriptedInput(keys, burst: burst))
    }

    /// The text and the cursor (`|`) after `keys`.
    func text(_ keys: String, burst: Bool = false) -> String {
        let input = ScriptedInput(keys, burst: burst)
        _ = editor.edit(Prompt("> "), from: input)
        guard let frame = input.frames.last, let cursor = frame.cursor else { return "" }
        let bytes = Array(frame.text.text.utf8)
        return String(decoding: bytes[..<cursor] + "|".utf8 + bytes[cursor...], as: UTF8.self)
    }

    // MARK: Enter

    @Test("Enter accepts a complete statement")
    func complete() {
        #expect(edit("list\r") == .statement("list"))
        #expect(edit("\r") == .statement(""))
        #expect(edit("list 不👩‍👩‍👧\n") == .statement("list 不👩‍👩‍👧"))
    }

    @Test("Enter goes on with an incomplete one, indented")
    func incomplete() {
        #expect(edit("a(\rb(\rc))\r") == .statement("a(\n  b(\n    c))"))
    }

    @Test("a bracket that closes on a line of its own goes back to where its statement begins")
    func closing() {
        #expect(edit("a(\rb(\r)\r)\r") == .statement("a(\n  b(\n  )\n)"))
        #expect(edit("a(\r )\r") == .statement("a(\n )"))
        #expect(text("  )") == "  )|" && text("a(\rb )") == "a(\n  b )|")
        // What is pasted stays as it is.
        #expect(text("a(\r\u{1B}[200~  )\u{1B}[201~") == "a(\n    )|")
    }

    @Test("Enter accepts what nothing can mend, so that its diagnostic is shown")
    func hopeless() {
        #expect(edit("a)\r") == .statement("a)"))
    }

    @Test("Alt-Enter adds a line to anything")
    func newline() {
        #expect(edit("a\(Self.altEnter)b\r") == .statement("a\nb"))
    }

    @Test("the answer to a question is one line, whatever it says")
    func answer() {
        let input = ScriptedInput("a(\t\u{1B}[A\r")
        #expect(editor.edit(Prompt("sure? "), mode: .answer, from: input) == .statement("a("))
        #expect(
            editor.edit(Prompt("sure? "), mode: .answer, from: ScriptedInput("\u{1B}[200~y\nz\u{1B}[201~\r"))
                == .statement("y"))
    }

    // MARK: Ends

    @Test("^C drops the statement, ^D ends on an empty line only, the end of the input closes")
    func endings() {
        #expect(edit("abc\u{3}") == .interrupted)
        #expect(edit("\u{4}") == .end)
        #expect(edit("ab\(Self.left)\u{4}\r") == .statement("a"))
        #expect(edit("abc") == .closed)
        #expect(edit("still\r") == .statement("still"))
    }

    @Test("^L and ^Z are for the terminal; the text stays")
    func terminal() {
        let input = ScriptedInput("ab\u{C}\u{1A}c\r")
        #expect(editor.edit(Prompt("> "), from: input) == .statement("abc"))
        #expect(input.calls == ["clear", "suspend"])
    }

    // MARK: Text

    @Test("a paste is inserted whole and never runs")
    func paste() {
        let paste = "\u{1B}[200~a\r\nb(\n\u{1B}[201~"
        #expect(text(paste) == "a\nb(\n|")
        #expect(edit(paste + ")\r") == .statement("a\nb(\n)"))
        #expect(text(paste + "\u{1F}") == "|")
    }

    @Test("left, right, backspace and delete go by grapheme cluster")
    func clusters() {
        #expect(text("a👩‍👩‍👧\(Self.left)") == "a|👩‍👩‍👧")
        #expect(text("a👩‍👩‍👧\(Self.left)\(Self.right)") == "a👩‍👩‍👧|")
        #expect(text("ax\u{301}\u{7F}") == "a|")
        #expect(text("🇯🇵🇯🇵\u{7F}") == "🇯🇵|")
        #expect(text("👍🏽b\(Self.home)\(Self.delete)") == "|b")
        #expect(text("a\(Self.altEnter)\u{301}\u{7F}\u{7F}") == "a|")
    }

    @Test("words are cut and brought back, by line; a backspace is no cut")
    func cutting() {
        #expect(text("one two\u{17}\u{17}x\u{7F}\u{19}") == "one two|")
        #expect(text("ab\(Self.altEnter)cd\u{15}") == "ab\n|")
        #expect(text("ab\(Self.altEnter)cd\(Self.up)\(Self.left)\u{B}\u{B}") == "a|cd")
        #expect(text("ab\(Self.altEnter)cd\(Self.up)\(Self.left)\u{B}\u{B}\u{5}\u{19}") == "acdb\n|")
        #expect(text("one two\u{1}\u{1B}d") == "| two")
    }

    @Test("nothing cut, nothing brought back")
    func emptyYank() throws {
        let fresh = try #require(LineEditor(host: BracketHost(), file: "/dev/null"))
        #expect(fresh.edit(Prompt("> "), from: ScriptedInput("a\u{19}\r")) == .statement("a"))
    }

    @Test("what we do not bind is libedit's")
    func libedit() {
        #expect(text("one\u{1B}b\u{1B}u") == "ONE|")
        #expect(text("one two\u{1}\u{B}x\u{19}") == "xone two|")
        #expect(text("one two\u{1B}[1;5Dx") == "one x|two")
    }

    @Test("a sequence nobody knows leaves nothing behind")
    func unknownSequence() {
        let input = ScriptedInput("a\u{1B}[1;7Pb\u{1B}[99~c\r")
        #expect(editor.edit(Prompt("> "), from: input) == .statement("abc"))
    }

    @Test("a key that can do nothing rings once")
    func bell() {
        let input = ScriptedInput("\u{7F}a\r")
        #expect(editor.edit(Prompt("> "), from: input) == .statement("a"))
        #expect(input.bells == 1)
    }

    @Test("^V takes the next key as text")
    func quoting() {
        #expect(text("a\u{16}\tb\u{16}\(Self.up)") == "a\tb\u{1B}[A|")
    }

    /// A Ctrl-D that was typed while a statement ran arrives as NUL.
    @Test("NUL does nothing, to the next key neither")
    func nul() {
        #expect(edit("\0a\r") == .statement("a"))
        #expect(edit("a\0\r") == .statement("a"))
        #expect(edit("a\0\u{3}") == .interrupted)
        #expect(text("a\u{16}\0\tb") == "a\tb|")
    }

    @Test("undo and redo: words that were typed, and whoever else changed the text")
    func undo() {
        #expect(text("one two\u{1F}") == "one|")
        #expect(text("one\u{17}\u{1F}") == "one|")
        #expect(text("one two\u{1F}\u{1F}\u{1F}") == "|")
        #expect(text("one\u{17}\u{1F}\u{1F}\u{1B}/\u{1B}/") == "|")
        #expect(text("\(Self.up)\u{1F}") == "|")
    }

    @Test("a line of 1 MB")
    func longLine() {
        let long = String(repeating: "x", count: 1_000_000)
        #expect(edit("\u{1B}[200~\(long)\u{1B}[201~\u{1}y\u{5}z\r") == .statement("y" + long + "z"))
    }

    // MARK: Lines

    @Test("up and down move by line and keep the column")
    func vertical() {
        let lines = "abcdef\(Self.altEnter)x\(Self.altEnter)不不defg"
        #expect(text(lines + Self.up) == "abcdef\nx|\n不不defg")
        #expect(text(lines + Self.up + Self.up) == "abcdef|\nx\n不不defg")
        #expect(text(lines + Self.up + Self.up + Self.down + Self.down) == "abcdef\nx\n不不defg|")
        #expect(text(lines + Self.left + Self.left + Self.left + Self.left + Self.up + Self.up) == "abcd|ef\nx\n不不defg")
    }

    @Test("Home and End go by line")
    func lineEnds() {
        #expect(text("ab\(Self.altEnter)cd\(Self.home)") == "ab\n|cd")
        #expect(text("ab\(Self.altEnter)cd\(Self.up)\(Self.home)\(Self.end)") == "ab|\ncd")
    }

    // MARK: History

    @Test("up walks whole statements, down comes back to the live text")
    func walk() {
        #expect(text(Self.up) == "last 不|")
        #expect(text(Self.up + Self.up) == "list(\n  one\n)|")
        #expect(text(Self.up + Self.up + Self.up) == "list(\n | one\n)")
        #expect(text("\u{10}\u{10}\u{10}") == "first|")
        #expect(text("l" + "\u{10}\u{10}") == "list(\n  one\n)|")
        #expect(text("l" + "\u{10}\u{10}\u{E}\u{E}") == "l|")
        #expect(edit("\(Self.up)\r") == .statement("last 不"))
    }

    @Test("what is remembered is there at once")
    func remember() {
        editor.remember("new")
        #expect(edit("\(Self.up)\r") == .statement("new"))
    }

    @Test("^R finds what contains the query, and takes it for editing")
    func search() {
        #expect(text("\u{12}st\r") == "last 不|")
        #expect(text("\u{12}st\u{12}\r") == "list(\n  one\n)|")
        #expect(text("\u{12}st\u{12}\u{12}\r") == "first|")
        #expect(text("\u{12}不\u{1}x") == "x|last 不")
        #expect(text("typed\u{12}st\u{7}") == "typed|")
        #expect(text("typed\u{12}nowhere\r") == "typed|")
        let input = ScriptedInput("\u{12}on")
        _ = editor.edit(Prompt("> "), from: input)
        #expect(input.frames.last?.prompt.text == "search on: ")
        #expect(input.frames.last?.text.text == "list(\n  one\n)")
        #expect(input.frames.last?.cursor == 8)
    }

    // MARK: Completion and hints

    @Test("one candidate is inserted whole, in source form")
    func completion() {
        #expect(text("x (rem\t") == "x (remove|")
        #expect(text("\"Sum\t") == "\"Summer |")
    }

    @Test("Tab: the common prefix and a menu, then one candidate after the other, and round")
    func menu() {
        #expect(text("d\t") == "dis|")
        #expect(text("d\t\t") == "disable|")
        #expect(text("d\t\t\t") == "discard|")
        #expect(text("d\t\t\t\t") == "disable|")
        #expect(text("d\t\u{1B}[Z") == "discard|")
        let input = ScriptedInput("d\t\t")
        _ = editor.edit(Prompt("> "), from: input)
        #expect(input.frames.last?.menu.map(\.label) == ["disable", "discard"])
        #expect(input.frames.last?.menu.map(\.isSelected) == [true, false])
        // Of more candidates than are shown nobody knows what they have in common.
        #expect(text("c\t") == "c|")
        #expect(text("c\t\t") == "cap|")
    }

    @Test("Enter closes a chosen menu; typing, moving and Escape close it too")
    func closingMenu() {
        let input = ScriptedInput("d\t\t\r")
        #expect(editor.edit(Prompt("> "), from: input) == .closed)
        #expect(input.frames.last?.menu == [])
        #expect(edit("d\t\t\r\r") == .statement("disable"))
        for key in ["x", Self.left, "\u{1B}"] {
            let input = ScriptedInput("d\t" + key)
            _ = editor.edit(Prompt("> "), from: input)
            #expect(input.frames.last?.menu == [])
        }
    }

    @Test("right, End and ^F take the hint, Alt-F a word of it; a note is only shown")
    func hints() {
        let input = ScriptedInput("en")
        _ = editor.edit(Prompt("> "), from: input)
        #expect(input.frames.last?.hint == "able all of them")
        #expect(text("en" + Self.right) == "enable all of them|")
        #expect(text("en" + Self.end) == "enable all of them|")
        #expect(text("en\u{1B}f") == "enable|")
        #expect(text("en\u{1B}f\u{1B}f") == "enable all|")
        #expect(text("get(" + Self.right) == "get(|")
        #expect(edit("en\r") == .statement("en"))
    }

    @Test("the newest earlier statement that begins like this one is hinted first, and taken like a hint")
    func suggestions() throws {
        let history = ["enable(x)", "let a = 1", "let b = 2\nb", "get(1)", "let 不 = 3"]
        let editor = try #require(LineEditor(host: BracketHost(), history: history, file: "/dev/null"))
        func hint(_ keys: String) -> String? {
            let input = ScriptedInput(keys)
            _ = editor.edit(Prompt("> "), from: input)
            return input.frames.last?.hint
        }
        #expect(hint("let ") == "不 = 3")
        #expect(hint("let a") == " = 1")
        #expect(hint("let b") == " = 2 …")
        #expect(hint("enable") == "(x)")
        #expect(hint("get(") == "1)")
        #expect(hint("get(1)") == "")
        #expect(hint("let \(Self.left)") == "")
        #expect(hint(" ") == "")
        #expect(hint("let a\u{3}") == " = 1")
        func taken(_ keys: String) -> Outcome { editor.edit(Prompt("> "), from: ScriptedInput(keys + "\r")) }
        #expect(taken("let b" + Self.right) == .statement("let b = 2\nb"))
        #expect(taken("let b\u{6}") == .statement("let b = 2\nb"))
        #expect(taken("let b\u{5}") == .statement("let b = 2\nb"))
        #expect(taken("let b" + Self.end) == .statement("let b = 2\nb"))
        #expect(taken("let b\u{1B}f") == .statement("let b = 2"))
        #expect(taken("let b") == .statement("let b"))
        editor.remember("let new")
        #expect(hint("let ") == "new")
        let question = ScriptedInput("let ")
        _ = editor.edit(Prompt("? "), mode: .answer, from: question)
        #expect(question.frames.last?.hint == "")
    }

    @Test("what stays on the screen has no hint, and no bracket that the cursor was at")
    func left() throws {
        let editor = try #require(LineEditor(host: Looks.host(), history: ["(1) + 2"], file: "/dev/null"))
        let input = ScriptedInput("(1)\r")
        #expect(editor.edit(Prompt("> "), from: input) == .statement("(1)"))
        #expect(Looks.line("(1)", input.frames.last?.text.runs ?? []) == "^n^")
        #expect(input.frames.last?.hint == " + 2")
        #expect(Looks.line("(1)", editor.lastFrame.text.runs) == ".n.")
        #expect(editor.lastFrame.hint == "")
    }

    // MARK: Bursts and drawing

    @Test("keys that are there already are taken without drawing")
    func burst() {
        let input = ScriptedInput("a(\r1)\r", burst: true)
        #expect(editor.edit(Prompt("> "), from: input) == .statement("a(\n  1)"))
        #expect(input.frames.isEmpty)
    }

    @Test(
        "after each of many random keys and resizes the screen is the naive layout of the frame",
        arguments: [(80, 8), (80, 1), (20, 8), (20, 3), (20, 2), (20, 1), (7, 3), (3, 8), (3, 2)])
    func screen(columns: Int, rows: Int) throws {
        var random = SeededRandom(seed: UInt64(columns * 10 + rows))
        let keys = [
            Self.up, Self.down, Self.left, Self.right, Self.home, Self.end, Self.delete, Self.altEnter, "\u{7F}",
            "\u{1F}",
            "\u{1B}/", "\u{17}", "\u{B}", "\u{19}", "\u{1B}[200~p\n不\u{1B}[201~", "\u{10}", "\u{E}", "\u{12}",
            "\u{1B}[1;7P",
            "\u{1B}t", "\u{14}", "\u{1B}u",
        ]
        // libedit's own commands go by character and would tear longer clusters into others.
        let letters = [
            "a", "b", " ", "不", "한", "ｱ", "🎈", "\(Self.altEnter)", "len(", "padStart(\"a{", ")", "}\"", "[1, ",
            "list() | wh", "x",
            ":plan", "nothing",
        ]
        let history = ["a b", "list() | where .name == \"不不\"", "len(\n 不\n)", "bx"]
        let editor = try #require(LineEditor(host: Looks.host(), history: history, file: "/dev/null"))
        var script = "len(\u{15}list\u{15}"
        for _ in 0..<150 {
            let isText = Int.random(in: 0..<3, using: &random) > 0
            script += (isText ? letters : keys).randomElement(using: &random) ?? ""
        }
        var size = TerminalSize(columns: columns, rows: rows)
        var screen = ScreenModel(columns: columns, rows: rows)
        var renderer = Renderer(size: size, reflows: false)
        var top = 0
        var failures = 0
        var hints = 0
        var colors = 0
        let input = ScriptedInput(script) { frame in
            var frame = frame
            frame.menu = []
            if Int.random(in: 0..<12, using: &random) == 0 {
                size = TerminalSize(
                    columns: Int.random(in: 3...40, using: &random), rows: Int.random(in: 1...6, using: &random))
                screen.resize(columns: size.columns, rows: size.rows)
                screen.write(renderer.resize(to: size))
                top = 0
            }
            screen.write(renderer.draw(frame))
            let naive = NaiveLayout(frame, columns: size.columns)
            let window = naive.window(height: size.rows, top: top)
            let layout = Layout(frame, in: size, top: top)
            top = window.top
            let first = screen.row - ((naive.cursor?.row ?? 0) - top)
            let expected = window.rows.map { row in
                var row = row
                while row.hasSuffix(" ") { row.removeLast() }
                return row
            }
            let isShown =
                first >= 0 && screen.lines.dropFirst(first).starts(with: expected)
                && screen.lines.dropFirst(first + expected.count).allSatisfy(\.isEmpty)
            if !isShown || screen.column != naive.cursor?.column { failures += 1 }
            for (row, cells) in zip(layout.rows, screen.cells.dropFirst(max(0, first))) where isShown {
                let styles = row.cells.flatMap { Array(repeating: Self.parameters($0.style), count: $0.width) }
                if cells.prefix(styles.count).map(\.style) != styles { failures += 1 }
            }
            if !frame.hint.isEmpty { hints += 1 }
            if !frame.text.runs.isEmpty { colors += 1 }
        }
        _ = editor.edit(Prompt("> "), from: input)
        #expect(failures == 0)
        #expect(screen.unknown == [])
        #expect(input.frames.count > 100 && hints > 0 && colors > 50)
    }

    /// What a style's sequence says between `ESC[` and `m`.
    private static func parameters(_ style: Style) -> String {
        var codes = style == .plain ? [] : ["0"]
        if style.bold { codes.append("1") }
        if style.dim { codes.append("2") }
        if style.underline { codes.append("4") }
        if style.inverse { codes.append("7") }
        if let color = style.color { codes.append(String(color.rawValue)) }
        return codes.joined(separator: ";")
    }

    // MARK: The user's file

    @Test("the user's own keys work, also on sequences we know nothing of")
    func userKeys() throws {
        let file = try TemporaryFile("bind \"\\e[1;7P\" ed-move-to-beg\nbind -s ^X^A \"macro\"\nbind ^P ed-prev-word\n")
        let editor = try #require(LineEditor(host: BracketHost(), file: file.path))
        #expect(editor.edit(Prompt("> "), from: ScriptedInput("ab\u{1B}[1;7Px\r")) == .statement("xab"))
        #expect(editor.edit(Prompt("> "), from: ScriptedInput("a \u{18}\u{1}b\r")) == .statement("a macrob"))
        #expect(editor.edit(Prompt("> "), from: ScriptedInput("ab\u{10}c\r")) == .statement("cab"))
        #expect(editor.messages.isEmpty)
    }

    @Test("vi mode: Escape and commands, arrows, Enter; what leaves the buffer is mended")
    func vi() throws {
        let file = try TemporaryFile("bind -v\n")
        let editor = try #require(LineEditor(host: BracketHost(), history: ["old"], file: file.path))
        func edit(_ keys: String) -> Outcome { editor.edit(Prompt("> "), from: ScriptedInput(keys)) }
        #expect(edit("abc\u{1B}0xix\r") == .statement("xbc"))
        #expect(edit("abc\(Self.left)x\r") == .statement("abxc"))
        #expect(edit("\u{1B}k\r") == .statement("old"))
        #expect(edit("\u{1B}$ixy\r") == .statement("xy"))
        #expect(edit("ab\u{1B}n/?vix\r") == .statement("axb"))
        #expect(edit("a(\r)\r") == .statement("a(\n  )"))
        #expect(edit("\u{1B}\u{4}") == .end)
    }

    @Test("`edit off` means plain lines")
    func editOff() throws {
        let file = try TemporaryFile("edit off\n")
        #expect(LineEditor(host: BracketHost(), file: file.path) == nil)
    }

    @Test("what libedit says about the file is kept")
    func fileMessages() throws {
        let file = try TemporaryFile("bind ^X no-such-function\n")
        let editor = try #require(LineEditor(host: BracketHost(), file: file.path))
        #expect(editor.messages.contains("no-such-function"))
        let unknown = try TemporaryFile("no-such-command\n")
        #expect(LineEditor(host: BracketHost(), file: unknown.path) != nil)
    }
}
