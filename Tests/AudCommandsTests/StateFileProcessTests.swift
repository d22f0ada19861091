import AudSandbox
import Testing

/// Which state file is read, what is no state file, and with which code each command says so.
@Suite struct StateFileProcessTests {
    private static let place = ["--base-url", "http://127.0.0.1:9", "--space", "aSpace"]

    private func with(_ body: (AudProcess) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder async throws in
            try await body(AudProcess(home: folder, variables: ["SEGMENT_TOKEN": "any"]))
        }
    }

    @Test(arguments: [["runs"], ["runs", "show", "1"], ["banked"], ["limits"], ["resume", "1"], ["undo", "1"]])
    func readingMakesNoFile(command: [String]) async throws {
        try await with { aud async throws in
            let path = aud.home.path + "/typo.sqlite"
            let named = try await aud.run(command + ["--state", path], input: [])
            #expect(named.code == 1)
            #expect(named.errors.contains("there is no state file at \(path)"), "\(named.errors)")
            #expect(aud.home.mode(of: "typo.sqlite") == nil)
        }
    }

    @Test func theUsualFileIsNotMadeEither() async throws {
        try await with { aud async throws in
            #expect(try await aud.run("runs", "--format", "csv").code == 0)
            #expect(try await aud.run("banked").code == 0)
            for command in [["runs", "show", "1"], ["resume", "1"], ["undo", "1"], ["banked", "1"]] {
                let result = try await aud.run(command, input: [])
                #expect(result.code == 1)
                #expect(result.errors.contains("there is no run 1"), "\(result.errors)")
            }
            #expect(aud.home.mode(of: "state") == nil)
        }
    }

    @Test func aURLIsNoFile() async throws {
        try await with { aud async throws in
            for command in [["runs"], ["resume", "1"], ["-e", "list()"] + Self.place] {
                let result = try await aud.run(command + ["--state", "postgres://db/aud"], input: [])
                #expect(result.code == 1)
                #expect(result.errors.hasPrefix("error: --state takes a file: a state in a database server"))
            }
            #expect(try await aud.shell("ls \"$HOME\"").output.isEmpty)
        }
    }

    @Test(arguments: [["runs"], ["resume", "1"], ["undo", "1"], ["banked"], ["limits"], ["-e", "list() | count"]])
    func aFileThatCannotBeUsedHasOneCode(command: [String]) async throws {
        try await with { aud async throws in
            let path = try aud.home.write("this is no database, and long enough not to be a header\n", to: "s.sqlite")
            let place = ["runs", "banked"].contains(command[0]) ? [] : Self.place
            let result = try await aud.run(command + place + ["--state", path], input: [])
            #expect(result.code == 8, "\(result.errors)")
            #expect(result.errors.contains("damaged"), "\(result.errors)")
        }
    }

    @Test func whatWouldCrawlIsRefused() async throws {
        try await with { aud async throws in
            let option = try await aud.run(["-e", "list()", "--keep-for-shell", "10"] + Self.place, input: [])
            #expect(option.code == 1)
            #expect(option.errors.contains("--keep-for-shell keeps 10, and the limit of update calls is 10/60s"))
            #expect(option.errors.contains("keep 9 or fewer"))
            try aud.home.write(
                "profiles:\n  a:\n    base-url: http://127.0.0.1:9\n    keep-for-shell: 3\n    limits:\n      get: 2/60s\n",
                to: "config/aud/config.yaml")
            let profile = try await aud.run("limits")
            #expect(profile.code == 1)
            #expect(profile.errors.contains("keep-for-shell of the profile \"a\" keeps 3"), "\(profile.errors)")
            #expect(profile.errors.contains("keep 1 or fewer"))
        }
    }

    @Test func limitsNamesItsPlaceAndWhereTheTokenComesFrom() async throws {
        try await with { aud async throws in
            let limits = try await aud.run(["limits"] + Self.place, input: [])
            #expect(limits.code == 0)
            #expect(limits.errors.contains("profile default at http://127.0.0.1:9, token from SEGMENT_TOKEN"))
        }
    }

    @Test(arguments: [
        (["--window", "0s"], "--window must be longer than 0s"),
        (["--fault", "hang:every=0"], "every in --fault \"hang:every=0\" must be a whole number, 1 or more"),
        (["--limits", "update=1/6s,get=1/7s"], "have the same window"),
        (["--limits", "update=1/6s", "--window", "7s"], "names another than --window"),
        (["--limits", "sede"], "write seed, current, off, or single limits such as update=10/60s"),
        (["--port", "-1"], "--port must be from 0 to 65535"),
    ])
    func aSandboxThatCannotBeIsRefused(options: [String], message: String) async throws {
        try await with { aud async throws in
            let result = try await aud.run(["sandbox", "serve", "--port", "0"] + options, input: [])
            #expect(result.code == 1)
            #expect(result.errors.contains(message), "\(result.errors)")
        }
    }

    @Test func theSandboxTakesSingleLimitsWithTheirWindow() async throws {
        try await with { aud async throws in
            let result = try await aud.shell(
                """
                cd "$HOME"; "$AUD" sandbox serve --port 0 --limits list=2/600s >log 2>errors & pid=$!
                until url=$(head -1 log) && [ -n "$url" ]; do :; done
                read() { "$AUD" --base-url "$url" --space 9aQ1Lj62S4bomZKLF4DPqW -e 'list() | count' "$@"; }
                # Two pages, and nothing is left.
                read --limits off --max-time 60s; read --limits off --max-time 5s; echo "$?"
                kill $pid; wait $pid
                """)
            #expect(result.output.contains("75\n"), "\(result.output) \(result.errors)")
        }
    }

    @Test func aNegativeNumberIsAValue() async throws {
        try await with { aud async throws in
            let result = try await aud.run("run", "--max-changes", "-1", "x.aud")
            #expect(result.code == 1)
            #expect(result.errors.hasPrefix("error: --max-changes must be 0 or more, not -1\n"), "\(result.errors)")
        }
    }

    @Test func aCapIsToldOnce() async throws {
        try await with { aud async throws in
            let result = try await aud.run(
                "--sandbox", "-e", "list() | take 12 | disable", "--apply", "--yes", "--max-changes", "5")
            #expect(result.code == 5)
            #expect(result.errors.split(separator: "would change").count == 2, "\(result.errors)")
        }
    }

    @Test func aPlanThatIsOnlyMadeIsNotConfirmed() async throws {
        try await with { aud async throws in
            #expect(try await aud.run("plan", "--help").output.contains("--max-changes"))
            #expect(try await !aud.run("plan", "--help").output.contains("--yes"))
        }
    }
}
