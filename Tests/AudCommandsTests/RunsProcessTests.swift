import AudSandbox
import Testing

/// The journal as a person meets it: runs, what became of them, and how to go on.
@Suite struct RunsProcessTests {
    private static let prod = "9aQ1Lj62S4bomZKLF4DPqW"

    private func with(
        _ options: SandboxOptions = SandboxOptions(),
        _ body: (_ sandbox: Sandbox, _ url: String, _ process: AudProcess) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { folder async throws in
            var process = AudProcess(home: folder)
            process.variables["SEGMENT_TOKEN"] = "any"
            try await Sandbox.with(options) { sandbox, url in
                try folder.write(
                    """
                    profile: other
                    profiles:
                      local:
                        base-url: \(url)
                        space: prod
                        spaces:
                          prod: \(Self.prod)
                      other:
                        base-url: http://127.0.0.1:9
                    """, to: "config/aud/config.yaml")
                try await body(sandbox, url, process)
            }
        }
    }

    private static let disableThree = "list() | where .enabled | take 3 | disable"

    @Test func anApplyLeavesARunThatCanBeRead() async throws {
        try await with { _, _, aud in
            let applied = try await aud.run("--profile", "local", "-e", Self.disableThree, "--apply", "--yes")
            #expect(applied.code == 0, "\(applied.errors)")
            #expect(!applied.errors.contains("To go on"))
            let runs = try await aud.run("runs", "--format", "ndjson")
            #expect(runs.output.contains("\"run\":1") && runs.output.contains("\"state\":\"done\""))
            #expect(runs.output.contains("\"done\":3"))
            let calls = try await aud.run("runs", "show", "1", "--format", "csv")
            #expect(calls.output.split(separator: ",disable,done,aud_").count == 4)
            let resumed = try await aud.run("resume", "1")
            #expect(resumed.code == 0)
            #expect(resumed.errors.contains("run 1 has nothing left to do: every call has its outcome"))
            #expect(resumed.errors.contains("3 changes: 3 done"))
            #expect(try await aud.run("runs", "show", "7").code == 1)
        }
    }

    /// The limit holds the third change up for a minute, and the wait ends at once.
    @Test func controlCLeavesARunThatResumesByItsNumberAlone() async throws {
        try await with { sandbox, _, aud in
            let script = """
                "$AUD" --profile local -e '\(Self.disableThree)' --apply --yes --limits update=2/60s 2>errors & pid=$!
                until [ "$("$AUD" runs --format csv 2>/dev/null | grep -c ',2,0,0,0,0,0,1')" = 1 ]
                do :; done
                kill -TERM $pid; wait $pid; echo $?; cat errors >&2
                """
            let interrupted = try await aud.shell("cd \"$HOME\"; \(script)")
            #expect(interrupted.output.hasSuffix("130\n"), "\(interrupted.output)")
            #expect(interrupted.errors.contains("2 done, 1 not attempted"))
            #expect(interrupted.errors.contains("To go on: aud resume 1"))
            #expect(sandbox.requests.filter { $0.method == "PATCH" }.count == 2)
            // The usual profile is another one; the run knows its own.
            let resumed = try await aud.run("resume", "1", "--limits", "off")
            #expect(resumed.code == 0, "\(resumed.errors)")
            #expect(resumed.errors.contains("3 changes: 3 done"))
            #expect(sandbox.requests.filter { $0.method == "PATCH" }.count == 3)
        }
    }

    @Test func aRunOfTheSandboxInsideTheProcessIsListed() async throws {
        try await with { _, _, aud in
            _ = try await aud.run("--sandbox", "-e", "list() | take 1 | disable", "--apply", "--yes")
            let runs = try await aud.run("runs", "--format", "ndjson")
            #expect(runs.output.contains("\"calls\":1"))
            let resumed = try await aud.run("resume", "1", "--sandbox")
            #expect(resumed.code == 0)
            #expect(resumed.errors.contains("run 1 has nothing left to do"))
        }
    }

    @Test func strictDriftAndAnotherStateFile() async throws {
        try await with { sandbox, _, aud in
            let applied = try await aud.run(
                "--profile", "local", "-e", Self.disableThree, "--apply", "--yes", "--strict-drift", "--state",
                aud.home.path + "/mine.sqlite")
            #expect(applied.code == 0, "\(applied.errors)")
            #expect(try await aud.run("runs", "--format", "csv").output.isEmpty)
            let mine = try await aud.run("runs", "--state", aud.home.path + "/mine.sqlite", "--format", "ndjson")
            #expect(mine.output.contains("\"done\":3"))
            #expect(sandbox.requests.filter { $0.method == "PATCH" }.count == 3)
        }
    }

    @Test func withoutAPlaceForTheJournalNothingIsSent() async throws {
        try await with { sandbox, _, aud in
            try aud.home.write("", to: "nofolder")
            let refused = try await aud.run(
                "--profile", "local", "-e", Self.disableThree, "--apply", "--yes", "--state",
                aud.home.path + "/nofolder/state.sqlite")
            // Not even the reads are sent, because they cannot be counted.
            #expect(refused.code == 8)
            #expect(refused.errors.contains("--state FILE"), "\(refused.errors)")
            #expect(sandbox.requests.isEmpty)
        }
    }
}
