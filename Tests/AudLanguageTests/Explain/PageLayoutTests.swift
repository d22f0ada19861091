import Testing

@testable import AudLanguage

@Suite struct PageLayoutTests {
    @Test func aPageAsItIsShown() throws {
        let page = try #require(Page.named("E0306"))
        #expect(
            page.lines(width: 60).joined(separator: "\n") == """
                E0306  an assignment to what does not change

                  Only a `var` can be assigned to. What `let`, `for`,
                  `param` and `fn` bind stays as it is, so that it can be
                  trusted further down.

                  wrong
                      let seen = 0
                      for a in list() { seen += 1 }

                  right
                      var seen = 0
                      for a in list() { seen += 1 }
                """)
    }

    @Test func whatHappensAndWhatToDo() throws {
        let lines = try #require(Page.named("A2009")).lines(width: 80)
        #expect(lines.contains("  when"))
        #expect(lines.contains("      The connection breaks between a request and its answer."))
        #expect(lines.contains("      $ aud resume 3"))
    }

    /// Prose fits every width; programs and commands stay in one piece, as code in the text does.
    @Test(arguments: [20, 40, 80, 96, 200])
    func proseFitsTheWidth(_ width: Int) {
        for page in Page.all {
            let lines = page.lines(width: width)
            let examples = lines.firstIndex { $0.hasPrefix("  w") && !$0.hasPrefix("  wi") } ?? lines.count
            for line in lines[..<examples] where !line.contains("`") {
                let isOneWord = !line.trimmed.contains(" ")
                #expect(DisplayWidth.of(line) <= min(width, 96) || isOneWord, "\(line)")
            }
        }
    }

    @Test func nothingOnAPageCanMoveTheCursor() {
        for page in Page.all {
            for line in page.lines(width: 80) { #expect(TerminalText.escaped(line) == line) }
        }
    }

    @Test func headingsGetTheirLook() throws {
        let lines = try #require(Page.named("E0306")).lines(width: 80) { "<\($0)>" }
        #expect(
            lines.filter { $0.contains("<") } == [
                "<E0306  an assignment to what does not change>", "  <wrong>", "  <right>",
            ])
    }

    @Test func theListHasEveryCode() {
        let lines = Page.list(width: 80)
        #expect(lines.count == Code.allCases.count)
        #expect(lines.first == "E0101  bytes that are not UTF-8")
        #expect(Page.list(width: 30).allSatisfy { DisplayWidth.of($0) <= 30 })
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        return String(text)
    }
}
