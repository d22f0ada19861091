import Testing

@testable import AudLanguage

/// Every code has one page, and what a page shows is true: its programs are run against the workspace of `ScriptRunner`.
@Suite struct PageTests {
    /// The pages that show a program.
    private static func pages(_ half: KeyPath<Page, Page.Example>) -> [Code] {
        Page.all.filter { if case .program = $0[keyPath: half] { true } else { false } }.map(\.code)
    }

    private func page(_ code: Code) throws -> Page { try #require(Page.all.first { $0.code == code }) }

    @Test func everyCodeHasOnePage() {
        #expect(Page.all.map(\.code.rawValue).sorted() == Code.allCases.map(\.rawValue).sorted())
    }

    @Test func pagesAreInTheOrderOfTheirCodes() {
        let order = ["E", "R", "A", "L", "W"]
        let codes = Page.all.map(\.code.rawValue)
        let sorted = codes.sorted { left, right in
            let places = [left, right].map { code in order.firstIndex { code.hasPrefix($0) } ?? order.count }
            return places[0] == places[1] ? left < right : places[0] < places[1]
        }
        #expect(codes == sorted)
    }

    /// A text is some sentences, and a title is none: it stands in a list.
    @Test(arguments: Code.allCases)
    func textsAreWellFormed(_ code: Code) throws {
        let page = try page(code)
        #expect(!page.title.hasSuffix(".") && page.title.count <= 64)
        let sentences = page.text.split(separator: "\n").joined(separator: " ").components(endingIn: ". ")
        #expect((2...6).contains(sentences), "\(sentences) sentences")
        #expect(page.text.hasSuffix(".") || page.text.hasSuffix("`."))
        for case .program(let text) in [page.wrong, page.right] {
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 90 }, "an example is shown unbroken")
        }
    }

    @Test(arguments: pages(\.wrong))
    func theWrongProgramHasItsCodeAndNoOther(_ code: Code) throws {
        guard case .program(let text) = try page(code).wrong else { return }
        let trial = Trial(of: code, text, isWrong: true)
        if code.rawValue.hasPrefix("W") {
            #expect(trial.errors.isEmpty, "\(trial.errors)")
            #expect(Set(trial.warnings) == [code.rawValue])
        } else {
            #expect(Set(trial.errors) == [code.rawValue], "\(trial.events)")
        }
    }

    @Test(arguments: pages(\.right))
    func theRightProgramHasNoError(_ code: Code) throws {
        guard case .program(let text) = try page(code).right else { return }
        let trial = Trial(of: code, text, isWrong: false)
        #expect(trial.errors.isEmpty, "\(trial.events)")
        if code.rawValue.hasPrefix("W") { #expect(trial.warnings.isEmpty) }
    }

    /// A saved plan is refused wherever a text is read.
    @Test func aPlanIsNoScript() {
        let plan = SourceFile(
            name: "p.aud", text: "# aud plan 7 · 1 call\ndisable(\"a\", space: \"s\", expect: {})  #1:00000000 x · y\n")
        for mode in [SourceMode.file, .prompt] {
            guard case .failed(let diagnostics) = Interpreter(now: 0).load(plan, mode: mode) else {
                Issue.record("a plan was taken for a script")
                continue
            }
            #expect(diagnostics.map(\.code) == [.planIsNoScript])
        }
        let modules: Interpreter.ModuleLoader = { _, _ in .success(plan) }
        let main = SourceFile(name: "main.aud", text: "use \"p.aud\" as p\np.x()")
        guard case .failed(let diagnostics) = Interpreter(now: 0, modules: modules).load(main, mode: .file) else {
            Issue.record("a plan was taken for a module")
            return
        }
        #expect(diagnostics.contains { $0.code == .planIsNoScript })
        guard case .failure(let error) = Formatter.format(plan) else {
            Issue.record("a plan was formatted")
            return
        }
        #expect(error.diagnostics.map(\.code) == [.planIsNoScript])
        // Behind another line it is an error, and still no change.
        let moved = SourceFile(name: "p.aud", text: "\n" + String(decoding: plan.bytes, as: UTF8.self))
        guard case .failed = Interpreter(now: 0).load(moved, mode: .file) else {
            Issue.record("the lines of a plan can be run")
            return
        }
    }

    /// The command lines about params, as far as the language has a part in them.
    @Test func paramsAsTheirPagesHaveThem() {
        let script = "param space: string\nparam days: int = 90\nprint(\"{space} {days}\")"
        func codes(_ parameters: [String: Value]) -> [String] {
            var runner = ScriptRunner()
            runner.run(script, parameters: parameters)
            return Trial.errors(in: runner.events)
        }
        #expect(codes([:]) == ["E0604"])
        #expect(codes(["space": .string("prod"), "days": .string("ninety")]) == ["E0605"])
        #expect(codes(["space": .string("prod"), "dayz": .int(30)]) == ["E0606"])
        #expect(codes(["space": .string("prod"), "days": .int(30)]).isEmpty)
    }

    /// What pages describe because it would not fit on them.
    @Test func situations() {
        var deep = ScriptRunner()
        deep.run(String(repeating: "(", count: 201) + "1" + String(repeating: ")", count: 201))
        #expect(Trial.errors(in: deep.events) == ["E0203"])

        let latin1 = SourceFile(name: "old.aud", bytes: Array("let name = \"caf".utf8) + [0xE9] + Array("\"".utf8))
        guard case .failed(let diagnostics) = Interpreter(now: 0).load(latin1, mode: .file) else {
            return #expect(Bool(false), "Latin-1 is refused")
        }
        #expect(diagnostics.map(\.code) == [.invalidUTF8])
    }

    @Test func aCodeKnowsItsTitle() { #expect(Code.unknownName.title == "a name that nothing has") }

    @Test func codesAreFoundHoweverTheyAreTyped() {
        #expect(Page.named("e0302")?.code == .unknownName)
        #expect(Page.named("E0302")?.code == .unknownName)
        #expect(Page.named("unknownName") == nil)
        #expect(Page.closest(to: "e302") == "E0302")
        #expect(Page.closest(to: "where") == nil)
    }
}

extension String {
    /// How many parts the text has when it is cut behind each `end`.
    fileprivate func components(endingIn end: String) -> Int {
        ranges(of: end).count + 1
    }
}
