import AudShell
import Testing

@testable import AudLanguage

@Suite("Help")
struct HelpTests {
    @Test("every topic that completion offers has help", arguments: HelpTopic.names())
    func topics(name: String) {
        let lines = HelpTopic.lines(on: name, theme: .plain)
        #expect(lines.count >= 2)
        #expect(lines.first?.contains("no help") == false)
    }

    @Test("a built-in shows its signature, what it does, and an example")
    func builtin() {
        let lines = HelpTopic.lines(on: "upper", theme: .plain)
        #expect(lines.first == "upper(text: string) → string")
        #expect(lines.contains { $0.hasPrefix("    example: ") })
    }

    @Test("a built-in of the program shows its row")
    func added() {
        let move = Builtin("move", "Moves a file.", parameters: [.init("to", "string")], effect: .updates) { _ in .null
        }
        let library = Library.standard.adding([move])
        #expect(
            HelpTopic.lines(on: "move", in: library, theme: .plain) == [
                "move(to: string) → null", "    Moves a file.", "    example: move(to)",
                "    changes something that a dry run cannot record: it fails there",
            ])
        #expect(HelpTopic.names(in: library).contains("move"))
        #expect(HelpTopic.overview(of: library, width: 80, theme: .plain).contains { $0.contains(" move") })
        #expect(HelpTopic.lines(on: "move", theme: .plain).first == "there is no help on `move`")
    }

    @Test("a change says that a dry run only records it")
    func change() {
        let lines = HelpTopic.lines(on: "disable", theme: .plain)
        #expect(lines.first == "… | disable [on error continue]")
        #expect(lines.last == "    changes the workspace: a dry run records it and sends nothing")
    }

    @Test("a keyword shows how it is written, and a word that is stage and function shows both")
    func words() {
        #expect(
            HelpTopic.lines(on: "not", theme: .plain) == [
                "not CONDITION", "    the opposite", "    example: not (1 > 2)", "          →  true",
            ])
        let both = HelpTopic.lines(on: "sum", theme: .plain)
        #expect(both.contains("… | sum [EXPR]"))
        #expect(both.contains { $0.hasPrefix("sum(") })
    }

    @Test("a code shows its page, in capitals or not, as wide as the screen")
    func codes() throws {
        let page = try #require(Page.named("E0302"))
        for width in [40, 80] {
            #expect(HelpTopic.lines(on: "e0302", width: width, theme: .plain) == page.lines(width: width))
        }
        #expect(HelpTopic.lines(on: "E302", theme: .plain).last == "help: did you mean `help E0302`?")
    }

    @Test("the last values have help, as the overview names them", arguments: ["_", "_1", "_9"])
    func lastValues(topic: String) {
        #expect(HelpTopic.lines(on: topic, theme: .plain).first == "_, _1 … _9")
        #expect(HelpTopic.lines(on: "_10", theme: .plain).first == "there is no help on `_10`")
    }

    @Test("an unknown topic is a message with the nearest one")
    func unknown() {
        #expect(
            HelpTopic.lines(on: "lenn", theme: .plain) == [
                "there is no help on `lenn`", "help: did you mean `help len`?",
            ])
    }

    @Test("help takes topics of several words, and what is no statement is a topic", arguments: ["help", ":help"])
    func helpOfWords(help: String) async {
        let text = await ShellBench().run(["\(help) at most", "\(help) sort by", "\(help) 1 =", "^D"]).transcript
        #expect(text.contains("\(help) at most\n… | at most N"))
        #expect(text.contains("\(help) sort by\n… | sort by"))
        #expect(text.contains("there is no help on `1 =`\n"))
    }

    @Test("a statement that begins with `help` is the language's")
    func helpAsName() async {
        let signs = await ShellBench().run(["help ??", "help |", "help <", "help duration", "^D"]).transcript
        for sentence in ["VALUE ?? VALUE", "VALUE | STAGE", "VALUE < VALUE", "NAME: duration"] {
            #expect(signs.contains(sentence), "\(signs)")
        }
        let text = await ShellBench().run(["help + 1", "let help = 3", "help + 1", "help", "^D"]).transcript
        #expect(text.contains("nothing named `help`") && text.contains("help + 1\n4\n") && text.contains("help\n3\n"))
    }

    @Test(
        "the overview fits the terminal and names every command, stage and function", arguments: [20, 40, 60, 80, 200])
    func overview(width: Int) {
        let lines = HelpTopic.overview(width: width, theme: .plain)
        #expect(lines.filter { DisplayWidth.of($0) > width } == [])
        // Blanks may have become line ends, and no word is torn.
        let text = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
        for command in ColonCommand.all {
            #expect(text.contains(command.usage) && text.contains(command.summary))
        }
        for builtin in Library.standard.rows where !builtin.isHidden { #expect(text.contains(builtin.name)) }
    }
}
