// The whole path on a pseudo-terminal: the demo shell of Tests/Fixtures/term-demo, keys in, screen and modes out.

import AudTesting
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite(.serialized)
struct TerminalTests {
    /// Starts the demo and waits for its prompt, or for `ready`.
    static func start(
        _ variables: [String: String] = [:], columns: Int = 60, rows: Int = 12, files: [Int32: String] = [:],
        ready: String = "demo>"
    ) throws -> PseudoTerminal {
        let environment = [
            "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "EDITRC": "/dev/null", "HOME": "/nonexistent",
            "SWIFT_BACKTRACE": "enable=no",
        ].merging(variables.filter { !$0.value.isEmpty }) { $1 }.filter { variables[$0.key] != "" }
        let terminal = try PseudoTerminal(
            try BuiltProgram.path("term-demo"), environment: environment, columns: columns, rows: rows, files: files)
        if !ready.isEmpty { try terminal.wait(forText: ready) }
        return terminal
    }

    // MARK: Statements

    @Test("a statement of several lines is edited, runs once, and comes back whole")
    func statement() throws {
        let terminal = try Self.start()
        try terminal.send("f(\r1\r)\r")
        try terminal.wait(forText: #"ran "f(\n  1\n)""#)
        #expect(terminal.screen.lines[0...2] == ["demo> f(", "   .>   1", "   .> )"])
        try terminal.send("\u{1B}[A")
        try terminal.wait(for: "the statement again") { $0.line($0.row) == "   .> )" && $0.row == 6 }
        #expect(terminal.screen.unknown == [])
        try terminal.send("\u{3}\u{4}")
        #expect(try terminal.waitForEnd() == .exited(0))
    }

    @Test("what is open is in the continuation prompt")
    func continuation() throws {
        let terminal = try Self.start()
        try terminal.send("f([\r")
        try terminal.wait(for: "the continuation prompt") { $0.line(1) == "   [>" }
        try terminal.send("]")
        try terminal.wait(for: "the other") { $0.line(1) == "   (>   ]" }
    }

    @Test("three lines typed ahead in one write are three statements")
    func typeAhead() throws {
        let terminal = try Self.start()
        try terminal.send("a\rb(\r2)\rc\r")
        try terminal.wait(forText: #"ran "c""#)
        #expect(terminal.screen.contains(#"ran "a""#))
        #expect(terminal.screen.contains(#"ran "b(\n  2)""#))
    }

    @Test("keys typed while a statement runs are there for the next prompt")
    func typeAheadWhileRunning() throws {
        let terminal = try Self.start()
        try terminal.send("wait\r")
        try terminal.wait(forText: "waiting")
        try terminal.send("next\r")
        try terminal.waitForTypedLine()
        terminal.signal(SIGINT)
        try terminal.wait(forText: #"ran "next""#)
        // It is shown at the prompt that read it and nowhere else.
        #expect((0..<4).map { terminal.screen.line($0) } == ["demo> wait", "waiting", "interrupted", "demo> next"])
    }

    @Test("a paste with a line end at its end does not run")
    func paste() throws {
        let terminal = try Self.start()
        try terminal.wait(for: "paste brackets") { $0.bracketsPaste }
        try terminal.send("\u{1B}[200~one\r\ntwo\n\u{1B}[201~")
        try terminal.wait(for: "three rows") { $0.line(1) == "   .> two" && $0.row == 2 }
        #expect(!terminal.screen.contains("ran"))
        try terminal.send("\r")
        try terminal.wait(forText: #"ran "one\ntwo\n""#)
    }

    @Test("a sequence torn into bytes is one key")
    func tornSequence() throws {
        let terminal = try Self.start()
        for byte in "ab\u{1B}[D".utf8 { try terminal.send([byte]) }
        try terminal.send("x")
        try terminal.wait(forText: "axb")
        #expect(terminal.screen.column == 8)
    }

    @Test("bytes that are no UTF-8")
    func badBytes() throws {
        let terminal = try Self.start()
        try terminal.send([0x61, 0xFF, 0xC3, 0x62, 0x0D])
        try terminal.wait(forText: "ran \"a\u{FFFD}\u{FFFD}b\"")
    }

    @Test("a line of 100,000 characters")
    func longLine() throws {
        let terminal = try Self.start()
        try terminal.send("\u{1B}[200~\(String(repeating: "x", count: 100_000))\u{1B}[201~")
        try terminal.wait(for: "the last row") { $0.row == 11 && $0.column == 46 }
        try terminal.send("\u{1}y\u{3}")
        try terminal.wait(forText: "cancelled")
    }

    @Test("a statement taller than the screen is in the scrollback after Enter")
    func tall() throws {
        let terminal = try Self.start(rows: 5)
        try terminal.send("\u{1B}[200~f(\n1\n2\n3\n4\n5\n6\n)\u{1B}[201~")
        try terminal.wait(for: "the end") { $0.line(4) == "   .> )" }
        #expect(terminal.screen.line(0) == "   .> 3")
        try terminal.send("\r")
        try terminal.wait(forText: "ran")
        let all = terminal.screen.scrollback + terminal.screen.lines
        let whole = ["demo> f("] + (1...6).map { "   .> \($0)" } + ["   .> )"]
        #expect(all.indices.contains { Array(all[$0...].prefix(whole.count)) == whole })
    }

    @Test("a message appears above the prompt and leaves what is being typed")
    func message() throws {
        let terminal = try Self.start()
        try terminal.send("say hello\rtyped")
        try terminal.wait(for: "message and text") { $0.contains("message hello") && $0.line($0.row) == "demo> typed" }
    }

    @Test("a question is answered with one line")
    func question() throws {
        let terminal = try Self.start()
        try terminal.send("ask\r")
        try terminal.wait(forText: "sure?")
        try terminal.send("y(\r")
        try terminal.wait(forText: #"answer statement("y(")"#)
    }

    @Test("a hint is dim, and is gone after Enter")
    func hint() throws {
        let terminal = try Self.start()
        try terminal.send("en")
        try terminal.wait(forText: "demo> enable(\"all\")")
        #expect(terminal.screen.cells[0][8].style.hasSuffix("2"))
        try terminal.send("\r")
        try terminal.wait(forText: "ran \"en\"")
        #expect(terminal.screen.line(0) == "demo> en")
    }

    @Test("the menu is below the text and goes away")
    func menu() throws {
        let terminal = try Self.start()
        try terminal.send("dis\t\t")
        try terminal.wait(for: "the menu") { $0.line(1) == "> disable  name" && $0.line(2) == "  discard  name" }
        #expect(terminal.screen.line(0) == "demo> disable")
        try terminal.send("\r")
        try terminal.wait(for: "no menu") { $0.text == "demo> disable" }
    }

    @Test("a resize draws anew")
    func resize() throws {
        let terminal = try Self.start(["XTERM_VERSION": "XTerm(1)"], columns: 30)
        try terminal.send(String(repeating: "ab", count: 20))
        try terminal.wait(for: "two rows") { $0.row == 1 && $0.column == 16 }
        terminal.resize(columns: 20, rows: 12)
        try terminal.wait(for: "three rows") { $0.row == 2 && $0.column == 6 }
        #expect(terminal.screen.line(0) == "demo> " + String(repeating: "ab", count: 7))
        terminal.resize(columns: 60, rows: 12)
        try terminal.wait(for: "one row") { $0.row == 0 && $0.column == 46 && $0.line(1).isEmpty }
    }

    // MARK: Interrupts

    @Test("^C at the prompt drops the text; while a statement runs it reaches the statement")
    func interrupts() throws {
        let terminal = try Self.start()
        try terminal.send("abc\u{3}")
        try terminal.wait(forText: "cancelled")
        try terminal.send("wait\r")
        try terminal.wait(forText: "waiting")
        #expect(terminal.modes == .quiet)
        try terminal.send("\u{3}")
        try terminal.wait(forText: "interrupted")
        try terminal.wait(for: "a prompt") { $0.line($0.row) == "demo>" }
    }

    @Test("an interrupt from outside does what ^C does")
    func outerInterrupt() throws {
        let terminal = try Self.start()
        try terminal.send("abc")
        try terminal.wait(forText: "abc")
        terminal.signal(SIGINT)
        try terminal.wait(forText: "cancelled")
    }

    // MARK: The end

    @Test("raw while editing, and cooked, cursor on, paste off at every end")
    func endings() throws {
        let ways: [(String, PseudoTerminal.Ending, (PseudoTerminal) throws -> Void)] = [
            ("^D", .exited(0), { try $0.send("\u{4}") }),
            ("exit", .exited(7), { try $0.send("exit\r") }),
            ("TERM", .exited(0), { $0.signal(SIGTERM) }),
            ("HUP", .exited(0), { $0.signal(SIGHUP) }),
            ("QUIT", .signalled(SIGQUIT), { $0.signal(SIGQUIT) }),
            ("SEGV from outside", .signalled(SIGSEGV), { $0.signal(SIGSEGV) }),
            ("SEGV", .signalled(SIGSEGV), { try $0.send("crash\r") }),
            ("abort", .signalled(SIGABRT), { try $0.send("abort\r") }),
            ("fatalError", .signalled(SIGILL), { try $0.send("trap\r") }),
        ]
        for (name, ending, leave) in ways {
            let terminal = try Self.start()
            try terminal.send("half")
            try terminal.wait(forText: "half")
            #expect(terminal.modes == .raw)
            #expect(terminal.screen.bracketsPaste)
            try terminal.send("\u{15}\u{15}")
            try terminal.wait(for: "an empty line") { $0.line(0) == "demo>" }
            try leave(terminal)
            let end = try terminal.waitForEnd()
            #expect(end == ending || name == "fatalError" && end == .signalled(SIGTRAP), "\(name)")
            #expect(terminal.modes == .cooked, "\(name)")
            #expect(terminal.screen.isCursorVisible && !terminal.screen.bracketsPaste, "\(name)")
            #expect(!terminal.screen.isSynchronizing, "\(name)")
        }
    }

    /// The program as a job of a shell, which says when it has stopped and brings it back behind Enter.
    private static func startJob(behindTheStop command: String = ":") throws -> PseudoTerminal {
        try PseudoTerminal(
            "/bin/sh",
            [
                "-c", "set -m; \"$1\"; stty -a; echo stopped; \(command); read answer; fg; echo over", "sh",
                BuiltProgram.path("term-demo"),
            ],
            environment: ["TERM": "xterm", "LC_ALL": "C.UTF-8", "EDITRC": "/dev/null", "PATH": "/usr/bin:/bin"],
            columns: 60, rows: 30)
    }

    @Test("^Z stops aud as a job with the terminal as it was; fg brings the line back")
    func jobControl() throws {
        let terminal = try Self.startJob()
        try terminal.wait(forText: "demo>")
        try terminal.send("typed")
        try terminal.wait(forText: "demo> typed")
        try terminal.send("\u{1A}")
        try terminal.wait(forText: "stopped")
        #expect(terminal.modes == .cooked)
        #expect(!terminal.screen.bracketsPaste)
        #expect(!terminal.screen.contains("demo>"))
        try terminal.send("\n")
        try terminal.wait(for: "the line again") { $0.line($0.row) == "demo> typed" }
        #expect(terminal.modes == .raw)
        try terminal.send("\r")
        // A ^D before the next prompt is the cooked terminal's, and lost.
        try terminal.wait(for: "the next prompt") { $0.contains("ran \"typed\"") && $0.line($0.row) == "demo>" }
        try terminal.send("\u{4}")
        try terminal.wait(forText: "over")
    }

    @Test("^Z while a statement runs gives the terminal back as it was; after fg it is quiet again")
    func jobControlWhileRunning() throws {
        let terminal = try Self.startJob()
        try terminal.wait(forText: "demo>")
        try terminal.send("wait\r")
        try terminal.wait(forText: "waiting")
        #expect(terminal.modes == .quiet)
        try terminal.send("\u{1A}")
        try terminal.wait(forText: "stopped")
        #expect(terminal.modes == .cooked)
        try terminal.send("\n")
        try terminal.wait(for: .quiet)
        try terminal.send("\u{3}")
        try terminal.wait(forText: "interrupted")
        try terminal.wait(for: "a prompt") { $0.line($0.row) == "demo>" }
        try terminal.send("\u{4}")
        try terminal.wait(forText: "over")
        #expect(terminal.modes == .cooked)
    }

    @Test(
        "in the background the terminal is left alone, by a line and by a statement that ends there; fg brings both back"
    )
    func background() throws {
        let line = try Self.startJob(behindTheStop: "bg")
        try line.wait(forText: "demo>")
        try line.send("typed")
        try line.wait(forText: "demo> typed")
        try line.send("\u{1A}")
        try line.wait(forText: "stopped")
        #expect(line.modes == .cooked)
        try line.send("\n")
        try line.wait(for: "the line again") { $0.line($0.row) == "demo> typed" }
        try line.send("\r")
        try line.wait(forText: "ran \"typed\"")

        // The statement ends once the job is in the background.
        let statement = try Self.startJob(behindTheStop: "bg; kill -INT %1")
        try statement.wait(forText: "demo>")
        try statement.send("wait\r")
        try statement.wait(forText: "waiting")
        try statement.send("\u{1A}")
        try statement.wait(forText: "interrupted")
        try statement.send("\n")
        try statement.wait(for: "a prompt") { $0.line($0.row) == "demo>" }
        try statement.send("still here\r")
        try statement.wait(forText: "ran \"still here\"")
    }

    @Test("stopped and continued from outside: the line is drawn anew and goes on")
    func continued() throws {
        let terminal = try Self.start()
        try terminal.send("typed")
        try terminal.wait(forText: "demo> typed")
        terminal.signal(SIGSTOP)
        terminal.signal(SIGCONT)
        try terminal.send("!\r")
        try terminal.wait(forText: "ran \"typed!\"")
    }

    // MARK: The environment

    @Test("an unknown TERM and the Linux console edit like any other", arguments: ["linux", "nonsense", "screen"])
    func terms(_ name: String) throws {
        let terminal = try Self.start(["TERM": name])
        try terminal.send("ab\u{1B}[Dx\r")
        try terminal.wait(forText: "ran \"axb\"")
        #expect(terminal.screen.line(0) == "demo> axb")
    }

    @Test("LC_ALL=C: characters and widths are UTF-8 all the same")
    func localeC() throws {
        let terminal = try Self.start(["LC_ALL": "C"])
        try terminal.send("不é")
        try terminal.wait(for: "the text") { $0.line(0) == "demo> 不é" && $0.column == 9 }
    }

    @Test(
        "no TERM, TERM=dumb or `edit off`: plain lines, with prompts, and no escape sequence",
        arguments: ["", "dumb", "edit off"])
    func plain(_ how: String) throws {
        let file = try TemporaryFile("edit off\n")
        let variables = how == "edit off" ? ["EDITRC": file.path] : ["TERM": how]
        let terminal = try Self.start(variables)
        #expect(terminal.modes == .cooked)
        try terminal.send("f(\n")
        try terminal.wait(for: "the continuation prompt") { $0.line(1) == "   (>" }
        try terminal.send("1)\n")
        try terminal.wait(forText: #"ran "f(\n1)""#)
        try terminal.wait(for: "a prompt") { $0.line($0.row) == "demo>" }
        try terminal.send("abc\u{3}")
        try terminal.wait(forText: "cancelled")
        try terminal.send("\u{4}")
        #expect(try terminal.waitForEnd() == .exited(0))
        #expect(!terminal.output.contains(0x1B))
    }

    @Test("values go to standard output and can be piped; the prompt does not go with them")
    func pipedOutput() throws {
        let file = try TemporaryFile()
        let terminal = try Self.start(files: [1: file.path])
        try terminal.send("a\r\u{4}")
        #expect(try terminal.waitForEnd() == .exited(0))
        #expect(file.text == "ran \"a\"\nbye\n")
        #expect(terminal.screen.contains("demo> a"))
    }

    @Test("input from a file: plain lines, no prompt; what is left incomplete still comes")
    func pipedInput() throws {
        let file = try TemporaryFile("a\r\nf(\n2\n)\n(left")
        let terminal = try Self.start(files: [0: file.path], ready: "")
        #expect(try terminal.waitForEnd() == .exited(0))
        #expect(terminal.screen.text == "ran \"a\"\nran \"f(\\n2\\n)\"\nran \"(left\"\nbye")
        #expect(!terminal.output.contains(0x1B))
    }

    @Test("NO_COLOR leaves colours out, not the hint's dimness")
    func noColor() throws {
        let terminal = try Self.start(["NO_COLOR": "1"])
        try terminal.send("f(")
        try terminal.wait(forText: "demo> f(")
        #expect(terminal.screen.cells[0][7].style == "0;1")
    }

    @Test("the user's file: an own sequence works, a mistake is shown")
    func userFile() throws {
        let file = try TemporaryFile("bind \"\\e[1;7P\" ed-move-to-beg\nbind ^X no-such-function\n")
        let terminal = try Self.start(["EDITRC": file.path])
        #expect(terminal.screen.contains("no-such-function"))
        try terminal.send("ab\u{1B}[1;7Px\r")
        try terminal.wait(forText: "ran \"xab\"")
    }

    @Test("vi mode: the Escape key, and arrows in one write with it")
    func viMode() throws {
        let file = try TemporaryFile("bind -v\n")
        let terminal = try Self.start(["EDITRC": file.path])
        try terminal.send("abc\u{1B}")
        try terminal.wait(for: "the cursor to step back") { $0.column == 8 }
        try terminal.send("0x\u{1B}[Cix\r")
        try terminal.wait(forText: "ran \"bxc\"")
    }
}
