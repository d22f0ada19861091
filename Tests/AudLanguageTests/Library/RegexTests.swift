import AudLanguage
import Testing

@Suite struct RegexTests {
    private func contains(_ pattern: String, _ flags: String = "", _ text: String) throws -> Bool {
        try RegexValue.compile(pattern: pattern, flags: flags).get().contains(text)
    }

    @Test func flags() throws {
        #expect(try contains("test", "i", "Spring TEST"))
        #expect(try !contains("^b", "", "a\nb"))
        #expect(try contains("^b", "m", "a\nb"))
        #expect(try !contains("a.b", "", "a\nb"))
        #expect(try contains("a.b", "s", "a\nb"))
        #expect(
            Call("match", "aaa", .regex("a+", "U"), gives: "{text: \"a\", start: 0, groups: [], named: {}}").holds())
        #expect(throws: RegexError.self) { try RegexValue.compile(pattern: "a", flags: "g").get() }
    }

    @Test func textIsUnicode() throws {
        #expect(try contains("^.$", "", "😀"))
        #expect(try contains("É", "i", "é"))
        #expect(try contains("\\pL", "", "ж"))
        #expect(try !contains("\\w", "", "ж"))
        #expect(try contains("", "", ""))
        #expect(try contains("a\0b", "", "xa\0b"))
        #expect(try contains("^$", "", ""))
    }

    /// What RE2 does not have gets help that says what to write instead.
    @Test(arguments: [
        ("a(?=b)", "look-around `(?=`", "!~"), ("a(?!b)", "look-around", "!~"), ("(?<=a)b", "look-around", "!~"),
        ("(?<!a)b", "look-around", "!~"), ("(a)\\1", "back-reference `\\1`", "m.groups[0]"),
        ("a++", "possessive `++`", "without the last"), ("a*+b", "possessive", "without the last"),
        ("(?<é>a)", "cannot be the name of a group", "ASCII"), ("(?P<n-a>a)", "\"n-a\" cannot be the name", "ASCII"),
        ("(?<>a)", "cannot be the name", "ASCII"), ("(?<a", "not a regex", "RE2"),
        ("(?>a)", "atomic group", "(?:"), ("(a", "missing )", "\\("), ("*a", "no argument for repetition", "\\*"),
        ("a{1001}", "too large", "1000"), ("((a{100}){100}){100}", "too large", "1000"),
        ("[z-a]", "character class", "RE2"),
    ])
    func refusedPatterns(_ pattern: String, _ message: String, _ help: String) {
        guard case .failure(let error) = RegexValue.compile(pattern: pattern, flags: "i") else {
            return #expect(Bool(false), "compiled")
        }
        #expect(error.message.contains(message), "\(error)")
        #expect(error.help?.contains(help) == true, "\(error)")
    }

    /// A pattern that takes a backtracking engine exponential time: the long texts here would not end in the
    /// lifetime of the universe.
    @Test func pathologicalPatternsAreLinear() throws {
        let regex = try RegexValue.compile(pattern: "^(a+)+$", flags: "").get()
        #expect(!regex.contains(String(repeating: "a", count: 28) + "!"))
        let long = String(repeating: "a", count: 200_000) + "!"
        #expect(!regex.contains(long))
        let nested = try RegexValue.compile(pattern: "(x+x+)+y", flags: "").get()
        #expect(!nested.contains(String(repeating: "x", count: 100_000)))
    }

    /// Patterns are used by many tasks at once.
    @Test func matchingIsThreadSafe() async throws {
        let regex = try RegexValue.compile(pattern: "(\\d+)-(\\d+)", flags: "").get()
        await withTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<500).allSatisfy { round in
                        regex.contains("\(task)-\(round)") && !regex.contains("\(task)\(round)")
                    }
                }
            }
            for await held in group { #expect(held) }
        }
    }
}
