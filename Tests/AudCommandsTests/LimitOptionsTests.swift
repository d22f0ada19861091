import ArgumentParser
import AudLanguage
import AudRuntime
import AudSandbox
import Testing

@testable import AudCommands

/// The limits of a run as options: what they set, and how a run ends that reaches one.
@Suite struct LimitOptionsTests {
    @Test func everyLimitHasItsOption() throws {
        let limits = try LimitOptions.parse([
            "--max-steps", "2_000", "--max-depth", "30", "--max-list", "4", "--max-string", "5KB", "--max-memory",
            "1GB", "--max-requests", "0", "--max-time", "1h30min",
        ])
        var options = SessionOptions()
        limits.budget.apply(to: &options)
        #expect(options.limits.steps == 2_000)
        #expect(options.limits.callDepth == 30)
        #expect(options.limits.listLength == 4)
        #expect(options.limits.stringBytes == 5 << 10)
        #expect(options.limits.allocation == 1 << 30)
        #expect(options.limits.requests == 0)
        #expect(options.wallTime == .seconds(5400))
    }

    @Test func whatIsNotSaidStaysAsItIs() throws {
        var options = SessionOptions()
        try LimitOptions.parse([]).budget.apply(to: &options)
        #expect(options.limits == Limits())
        #expect(options.wallTime == nil)
    }

    @Test(arguments: [
        ["--max-steps=-1"], ["--max-steps", "many"], ["--max-list", "9999999999999999"], ["--max-string", "1XB"],
        ["--max-memory", "GB"], ["--max-memory", "99999999999GB"], ["--max-time", "10"], ["--max-time", "0s"],
        ["--max-requests", "1.5"], ["--max-depth", "1_000_001"],
    ])
    func whatIsNoLimitIsRefusedWithTheForm(arguments: [String]) throws {
        let error = try #require(throws: (any Error).self) { try LimitOptions.parse(arguments) }
        #expect(LimitOptions.message(for: error).contains("write a"), "\(LimitOptions.message(for: error))")
    }

    @Test func aCapAboveTheLimitOnChangesRaisesIt() throws {
        let run = try RunOptions.parse(["--max-changes", "250000"])
        let permissions = RunPermissions(run: run, limits: try LimitOptions.parse([]), profile: Profile(name: "p"))
        #expect(permissions.options.limits.changes == 250_000)
        let low = RunPermissions(
            run: try RunOptions.parse(["--max-changes", "5"]), limits: try LimitOptions.parse([]),
            profile: Profile(name: "p"))
        #expect(low.options.limits.changes == Limits().changes)
    }

    @Test func anOptionIsStrongerThanTheProfile() throws {
        var profile = Profile(name: "p")
        profile.budget[.steps] = 5
        profile.budget[.depth] = 6
        let permissions = RunPermissions(
            run: try RunOptions.parse([]), limits: try LimitOptions.parse(["--max-steps", "7"]), profile: profile)
        #expect(permissions.options.limits.steps == 7)
        #expect(permissions.options.limits.callDepth == 6)
    }

    /// Each limit by its code, the option that its help names, and the exit code.
    @Test(arguments: [
        ("var n = 0\nwhile true { n += 1 }", "--max-steps", "1000", "L3001", 75),
        ("fn f(n) = if n == 0 then 0 else 1 + f(n - 1)\nf(50)", "--max-depth", "20", "L3002", 1),
        ("let xs = 1..100 | map it * 2\nlen(xs)", "--max-list", "50", "L3004", 1),
        ("var s = \"ab\"\nwhile len(s) < 100000 { s = s + s }", "--max-string", "1KB", "L3005", 1),
        ("for i in 1..100000 { let xs = [i, i, i] }", "--max-memory", "100KB", "L3006", 75),
        ("list(\"prod\") | count", "--max-requests", "1", "L3007", 75),
        ("while true { }", "--max-time", "1ms", "L3009", 75),
        ("var x = [1]\nfor i in 1..60 { x = [x, x] }\nshow(x, as: \"ndjson\")", "--max-time", "100ms", "L3009", 75),
        ("list(\"prod\") | where .enabled | take 3 | disable", "--max-changes", "2", "L3008", 5),
    ])
    func aRunThatReachesALimitNamesTheOption(
        script: String, option: String, value: String, code: String, exit: Int32
    ) async throws {
        try await TemporaryFolder.with { folder async throws in
            var arguments = ["-e", script, option, value, "--sandbox"]
            if option == "--max-changes" { arguments += ["--apply", "--yes"] }
            let result = try await AudProcess(home: folder).run(arguments, input: [])
            #expect(result.code == exit, "\(result.errors)")
            #expect(result.errors.contains("error[\(code)]"), "\(result.errors)")
            let help = result.errors.split(separator: "\n").drop { !$0.hasPrefix("help:") }.joined(separator: " ")
            #expect(help.contains(option), "\(result.errors)")
            // A cap on changes is one of the apply, behind the script.
            #expect(result.errors.contains("--> -e:") == (option != "--max-changes"), "\(result.errors)")
        }
    }

    @Test func aWaitForTheServerIsCutByTheTime() async throws {
        var options = SandboxOptions()
        options.limits = .off
        options.latency = .seconds(600)
        try await Sandbox.with(options) { _, url in
            try await TemporaryFolder.with { folder async throws in
                var process = AudProcess(home: folder)
                process.variables["SEGMENT_TOKEN"] = "any"
                let result = try await process.run(
                    "-e", "list(\"9aQ1Lj62S4bomZKLF4DPqW\") | count", "--base-url", url, "--max-time", "50ms")
                #expect(result.code == 75, "\(result.errors)")
                #expect(result.errors.contains("L3009"), "\(result.errors)")
            }
        }
    }

    @Test func theProfileHasABudget() async throws {
        try await TemporaryFolder.with { folder async throws in
            try folder.write(
                """
                profiles:
                  acme:
                    budget:
                      steps: 1000
                      time: 10min
                      memory: 1GB
                """, to: "config/aud/config.yaml")
            let process = AudProcess(home: folder)
            let script = "for i in 1..5000 { if i == 4999 { print(i) } }"
            let stopped = try await process.run("-e", script)
            #expect(stopped.code == 75, "\(stopped.errors)")
            let raised = try await process.run("-e", script, "--max-steps", "10_000")
            #expect(raised.output == "4999\n", "\(raised.errors)")
            try folder.write(
                "profiles:\n  acme:\n    budget:\n      stpes: 1\n", to: "config/aud/config.yaml")
            let unknown = try await process.run("-e", "print(1)")
            #expect(unknown.errors.contains("did you mean steps?"), "\(unknown.errors)")
            try folder.write("profiles:\n  acme:\n    budget:\n      time: 10\n", to: "config/aud/config.yaml")
            let wrong = try await process.run("-e", "print(1)")
            #expect(wrong.errors.contains("budget.time"), "\(wrong.errors)")
            #expect(wrong.errors.contains("must be a duration"), "\(wrong.errors)")
        }
    }
}
