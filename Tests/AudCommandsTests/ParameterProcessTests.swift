import AudLanguage
import Testing

@testable import AudCommands

/// The params of a script on the command line: what `--help` says of them, how they are given, and what is said about
/// those that are given wrongly.
@Suite struct ParameterProcessTests {
    private static let script = """
        ## Disable audiences that nobody has touched.
        ## Run it every quarter.
        param space: string            "space to clean"
        param days:  int = 90          "how long"
        ## which ones to keep
        param keep: list<string>?
        param since: date = @2026-01-31
        param wait: duration = 1h + 30min
        param where_: space? "the space"
        param sure: bool = false
        param rows: list<record> = [{a: 1}]
        param extra: record? "more"

        print(json([space, days, keep, str(since), str(wait), sure, rows, extra]))
        """

    private func with(
        _ script: String = script,
        _ body: (_ aud: (String...) async throws -> AudProcess.Result, _ path: String, TemporaryFolder) async throws ->
            Void
    ) async throws {
        try await TemporaryFolder.with { folder async throws in
            let path = try folder.write(script, to: "clean.aud")
            let process = AudProcess(home: folder)
            let aud: (String...) async throws -> AudProcess.Result = { (arguments: String...) in
                try await process.run(arguments, input: [])
            }
            try await body(aud, path, folder)
        }
    }

    @Test func helpIsMadeFromTheScript() async throws {
        try await with { aud, path, _ in
            let result = try await aud("run", path, "--help")
            #expect(result.code == 0)
            #expect(result.errors.isEmpty)
            #expect(
                result.output == """
                    Disable audiences that nobody has touched.
                    Run it every quarter.

                    usage: aud run \(path) --set space=TEXT [--set name=value …] [options]

                    params:
                      space: string                  space to clean
                                                     needed: --set space=TEXT
                      days: int = 90                 how long
                                                     --set days=90
                      keep: list<string>? = null     which ones to keep
                                                     --set keep=@FILE, or a JSON list; a file has one item a line, or null
                      since: date = @2026-01-31      --set since=2026-01-31, or 2026-01-31T09:00Z
                      wait: duration = 1h + 30min    --set wait=90d, or 1h30min
                      where_: space? = null          the space
                                                     --set where_=SPACE, or its id instead of its alias, or null
                      sure: bool = false             --set sure=true, or false
                      rows: list<record> = [{a: 1}]  --set rows=@FILE, or a JSON list; a file is CSV with a header
                      extra: record? = null          more
                                                     --set extra='{"key": "value"}', or null

                    changes:
                      none: it only looks and shows

                    options of all scripts: aud help run

                    """)
            let short = try await aud(path, "-h", "--set", "days=1")
            #expect(short.output == result.output)
            #expect(try await aud("--help", path).output == result.output)
        }
    }

    @Test(arguments: [
        ("1 + 1", "none: it only computes"), ("list() | count", "none: it only looks"),
        ("list() | disable", "it can disable (no cap) audiences. Nothing is sent without --apply"),
        ("fn drop(a) { remove(a) }\nlist() | each a { drop(a) }", "it can remove (no cap) audiences"),
        (
            "list() | at most 5 | remove\nlist() | take 2 | disable\nlist() | take 3 | disable",
            "it can remove (at most 5) and disable (at most 2, at most 3) audiences"
        ), ("let f = if now() > @2000-01-01 then disable else enable\nf(\"a\")", "it can "),
    ])
    func helpSaysWhatTheScriptMayChange(script: String, expected: String) async throws {
        try await with(script) { aud, path, _ in
            let result = try await aud("run", path, "--help")
            #expect(result.output.contains(expected), "\(result.output)")
        }
    }

    /// Lines fit a narrow screen, and no word is broken that need not be.
    @Test func helpFitsANarrowScreen() {
        let (help, parameters) = Interpreter.outline(
            of: SourceFile(
                name: "x.aud",
                text: """
                    ## Disable audiences that nobody has touched for quite some time.
                    param space: string "the space that is to be cleaned"
                    param keep: list<string>? = null "which ones to keep"
                    """))
        let text = ScriptHelp(path: "x.aud", help: help, parameters: parameters, chunk: nil)
        let narrow = text.lines(width: 40)
        #expect(narrow.allSatisfy { $0.count <= 40 }, "\(narrow)")
        let words = { (lines: [String]) in lines.flatMap { $0.split(separator: " ") } }
        #expect(words(narrow) == words(text.lines(width: nil)))
        #expect(narrow.contains("  keep: list<string>? = null") && narrow.contains("      which ones to keep"))
        #expect(text.lines(width: 100).contains("  space: string               the space that is to be cleaned"))
    }

    @Test func helpOfAStageOfTwoWords() async throws {
        try await with { aud, _, _ in
            let most = try await aud("help", "at", "most")
            let group = try await aud("help", "group", "by")
            let least = try await aud("help", "at", "least")
            #expect(most.output.contains("at most") && group.output.contains("group by"))
            #expect(least.errors.contains("there is no help on \"at least\""))
        }
    }

    @Test func aScriptWithErrorsHasHelpToo() async throws {
        try await with("## Cleans.\nparam days: int = 90 \"how long\"\nlet x = nope\n") { aud, path, _ in
            let result = try await aud("run", path, "--help")
            #expect(result.code == 1)
            #expect(result.output.hasPrefix("Cleans.\n"))
            #expect(result.output.contains("--set days=90"))
            #expect(result.errors.contains("E0302"))
        }
    }

    @Test func helpOfNoScriptIsTheCommands() async throws {
        try await with { aud, path, _ in
            #expect(try await aud("run", "--help").output.contains("USAGE: aud run"))
            let missing = try await aud("run", path + "x", "--help")
            #expect(missing.code == 1)
            #expect(missing.errors.contains("there is no file"))
            // What follows --set is a value.
            #expect(try await aud("run", path, "--set", "space=--help").output.hasPrefix("[\"--help\""))
        }
    }

    @Test func hostileHelpIsEscaped() async throws {
        try await with("## \u{1B}[2J\u{202E}x\nparam a: string = \"\u{1B}\" \"\u{7}bell\"\n") { aud, path, _ in
            let result = try await aud("run", path, "--help")
            #expect(!result.output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{7}" })
            #expect(result.output.contains("\\u{7}bell"))
        }
    }

    @Test func valuesAreTyped() async throws {
        try await with { aud, path, folder in
            let rows = try folder.write("\u{FEFF}id,n\r\na1,2\r\n", to: "rows.csv")
            let keep = try folder.write("one\n\n two \nthree", to: "keep.txt")
            let result = try await aud(
                "run", path, "--set", "space=prod", "--set", "days=-1_000", "--set", "keep=@\(keep)", "--set",
                "since=2026-02-28T10:00+01:00", "--set", "wait=2d", "--set", "sure=true", "--set", "rows=@\(rows)",
                "--set", "extra={\"a\": [1]}")
            #expect(
                result.output == """
                    ["prod",-1000,["one"," two ","three"],"2026-02-28T09:00:00Z","2d",true,[{"id":"a1","n":"2"}],{"a":[1]}]

                    """, "\(result.errors)")
        }
    }

    /// Nothing in a value is ever read as source text.
    @Test(arguments: [
        "\"}) + remove(\"", "{1 + 1}", "a\nb\"", "# no comment", "'", "\\u{41}", "a=b", "", "@@at", "--live",
    ])
    func aValueIsData(value: String) async throws {
        try await with("param text: string\nprint(json(text))") { aud, path, _ in
            let result = try await aud("run", path, "--set", "text=\(value)")
            let expected = value == "@@at" ? "@at" : value
            let json = expected.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            #expect(result.output == "\"\(json)\"\n", "\(result.errors)")
        }
    }

    @Test func aTextFileLosesItsLastNewline() async throws {
        try await with("param text: string\nparam n: int\nprint(json([text, n]))") { aud, path, folder in
            let text = try folder.write("a\n\nb\n\n", to: "text")
            let number = try folder.write("90\r\n", to: "number")
            let result = try await aud("run", path, "--set", "text=@\(text)", "--set", "n=@\(number)")
            #expect(result.output == "[\"a\\n\\nb\\n\",90]\n", "\(result.errors)")
        }
    }

    @Test func whatIsWrongIsToldAtOnce() async throws {
        try await with { aud, path, folder in
            let typed = try await aud("run", path, "--set", "spce=prod", "--set", "days=x", "--set", "sure=yes")
            #expect(typed.code == 1)
            for part in [
                "no param `spce`", "did you mean `space`?", "needs a value for `space` (space to clean)",
                "--set space=TEXT", "the value of `days`: \"x\" is not an int", "`days` is: how long",
                "the value of `sure`: \"yes\" is not a bool",
            ] {
                #expect(typed.errors.contains(part), "\(part): \(typed.errors)")
            }
            try folder.write("x", to: "names.txt")
            let given = try await aud(
                "run", path, "--set", "days", "--set", "a=1", "--set", "a=2", "--set",
                "keep=@\(folder.path)/nmes.txt", "--set", "since=@2026-01-31")
            #expect(given.code == 1)
            for part in [
                "cannot read --set \"days\"", "--set a is given twice",
                "did you mean: --set keep=@\(folder.path)/names.txt",
                "--set since=2026-01-31",
            ] {
                #expect(given.errors.contains(part), "\(part): \(given.errors)")
            }
        }
    }

    @Test func aWrongItemIsNamed() async throws {
        try await with("param days: list<date>\nprint(json(days))") { aud, path, folder in
            let file = try folder.write("2026-01-31\n2026-02-30\n", to: "days")
            let lines = try await aud("run", path, "--set", "days=@\(file)")
            #expect(lines.errors.contains("item 2: \"2026-02-30\" is not a date"), "\(lines.errors)")
            let json = try await aud("run", path, "--set", "days=[\"2026-01-31\", \"x\"]")
            #expect(json.errors.contains("item 2: \"x\" is not a date"), "\(json.errors)")
            let good = try await aud("run", path, "--set", "days=[\"2026-01-31\"]")
            #expect(good.output == "[\"2026-01-31T00:00:00Z\"]\n", "\(good.errors)")
            let open = try await aud("run", path, "--set", "days=[\"2026-01-31\"")
            #expect(open.errors.contains("is read as a JSON list"), "\(open.errors)")
        }
    }

    @Test func aJSONItemOfAnotherTypeIsRefused() async throws {
        try await with("param ids: list<int>\nprint(len(ids))") { aud, path, _ in
            let result = try await aud("run", path, "--set", "ids=[1, \"a\"]")
            #expect(result.code == 1)
            #expect(result.output.isEmpty, "\(result.output)")
        }
    }

    @Test(arguments: [
        ("let a = 1\nparam b: int = 2\n", "comes before all other statements"),
        ("fn f() { param b: int = 2\n b }\n", "cannot stand in a block"),
    ])
    func aMisplacedParamIsRefused(script: String, expected: String) async throws {
        try await with(script) { aud, path, _ in
            let result = try await aud("run", path)
            #expect(result.code == 1)
            #expect(result.errors.contains("E0207"))
            #expect(result.errors.contains(expected))
        }
    }
}
