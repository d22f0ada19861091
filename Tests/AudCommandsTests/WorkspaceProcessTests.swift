import AudSandbox
import Testing

/// The program against a workspace over real HTTP: what is sent, and what is not.
@Suite struct WorkspaceProcessTests {
    private static let prod = "9aQ1Lj62S4bomZKLF4DPqW"

    /// Runs a script with the sandbox as its server.
    private func with(
        _ options: SandboxOptions = SandboxOptions(), token: String? = "any",
        _ body: (_ sandbox: Sandbox, _ aud: (String...) async throws -> AudProcess.Result, _ folder: TemporaryFolder)
            async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { folder async throws in
            var process = AudProcess(home: folder)
            if let token { process.variables["SEGMENT_TOKEN"] = token }
            try await Sandbox.with(options) { sandbox, url in
                try folder.write(
                    """
                    profiles:
                      local:
                        base-url: \(url)
                        space: prod
                        spaces:
                          prod: \(Self.prod)
                    """, to: "config/aud/config.yaml")
                let aud: (String...) async throws -> AudProcess.Result = { (arguments: String...) in
                    try await process.run(arguments, input: [])
                }
                try await body(sandbox, aud, folder)
            }
        }
    }

    private func changes(_ sandbox: Sandbox) -> [String] {
        sandbox.requests.filter { $0.method != "GET" }.map { "\($0.method) \($0.body)" }
    }

    private static let disableFour = "list() | where .enabled | take 4 | disable"

    @Test func aDryRunSendsNoChangeAndSaysWhatWould() async throws {
        try await with { sandbox, aud, _ in
            let before = sandbox.snapshot(Self.prod)
            let result = try await aud("-e", Self.disableFour)
            #expect(result.code == 0)
            #expect(result.errors.contains("4 calls: 4 disable"))
            #expect(result.errors.contains("Nothing was sent."))
            #expect(result.errors.contains("-e '\(Self.disableFour)' --apply"))
            #expect(changes(sandbox).isEmpty)
            #expect(sandbox.snapshot(Self.prod).map(\.enabled) == before.map(\.enabled))
        }
    }

    @Test func applySendsWhatWasShown() async throws {
        try await with { sandbox, aud, _ in
            let result = try await aud("-e", Self.disableFour, "--apply", "--yes")
            #expect(result.code == 0, "\(result.errors)")
            #expect(result.errors.contains("4 done"))
            #expect(!result.errors.contains("Nothing was sent"))
            #expect(changes(sandbox) == Array(repeating: "PATCH {\"enabled\":false}", count: 4))
        }
    }

    @Test func liveSendsAsTheScriptGetsThere() async throws {
        try await with { sandbox, aud, _ in
            let result = try await aud("-e", Self.disableFour, "--live", "--yes")
            #expect(result.code == 0, "\(result.errors)")
            #expect(changes(sandbox).count == 4)
        }
    }

    @Test(arguments: ["--apply", "--live"])
    func withoutATerminalNothingIsSentUnlessYesIsSaid(mode: String) async throws {
        try await with { sandbox, aud, _ in
            let result = try await aud("-e", Self.disableFour, mode)
            #expect(result.code == 5)
            #expect(result.errors.contains("--yes"))
            #expect(changes(sandbox).isEmpty)
        }
    }

    @Test(arguments: ["--apply", "--live"])
    func yesAloneRemovesNothing(mode: String) async throws {
        try await with { sandbox, aud, _ in
            let script = "list() | take 2 | remove"
            let refused = try await aud("-e", script, mode, "--yes")
            #expect(refused.code == 5)
            #expect(refused.errors.contains("--max-removes"))
            #expect(changes(sandbox).isEmpty)
            let allowed = try await aud("-e", script, mode, "--yes", "--max-removes", "2")
            #expect(allowed.code == 0, "\(allowed.errors)")
            #expect(changes(sandbox) == ["DELETE ", "DELETE "])
        }
    }

    @Test func aCapStopsAnApplyBeforeItsFirstChange() async throws {
        try await with { sandbox, aud, _ in
            let result = try await aud("-e", Self.disableFour, "--apply", "--yes", "--max-changes", "3")
            #expect(result.code == 5)
            #expect(result.errors.contains("the cap is 3"))
            #expect(changes(sandbox).isEmpty)
        }
    }

    @Test func someFailuresAreCode3AndThePartitionAddsUp() async throws {
        var options = SandboxOptions()
        options.faults = [SandboxFault(.status(422), on: [.update], every: 2)]
        try await with(options) { sandbox, aud, _ in
            let result = try await aud("-e", Self.disableFour + " on error continue", "--apply", "--yes")
            #expect(result.code == 3, "\(result.errors)")
            #expect(result.errors.contains("2 done, 2 failed"))
        }
    }

    @Test func aReadOnlyProfileRefusesToSend() async throws {
        try await with { sandbox, aud, folder in
            let text = try folder.read("config/aud/config.yaml") + "\n    read-only: true\n"
            try folder.write(text, to: "config/aud/config.yaml")
            let result = try await aud("-e", Self.disableFour, "--apply", "--yes")
            #expect(result.code == 5)
            #expect(result.errors.contains("read-only"))
            let preview = try await aud("-e", Self.disableFour)
            #expect(preview.code == 0)
            #expect(preview.errors.contains("To send: take another profile, for"), "\(preview.errors)")
            #expect(!preview.errors.contains("--apply"))
            #expect(changes(sandbox).isEmpty)
        }
    }

    @Test func noTokenIsCode4() async throws {
        try await with(token: nil) { sandbox, aud, _ in
            let result = try await aud("-e", "list() | count")
            #expect(result.code == 4)
            #expect(result.errors.contains("SEGMENT_TOKEN"))
            #expect(sandbox.requests.isEmpty)
        }
    }

    @Test func aWrongTokenIsCode4AndNeverShown() async throws {
        var options = SandboxOptions()
        options.tokens = .only(["right"])
        let token = "sgp_wrong_token_0123456789"
        try await with(options, token: token) { _, aud, _ in
            let result = try await aud("-e", "list() | count")
            #expect(result.code == 4)
            #expect(result.errors.contains("401"))
            #expect(!result.errors.contains(token))
        }
    }

    @Test func aTokenFileThatOthersCanReadIsRefusedBeforeARequest() async throws {
        try await with { sandbox, aud, folder in
            let path = try folder.write("secret", to: "token", mode: 0o644)
            let result = try await aud("-e", "list() | count", "--token-file", path)
            #expect(result.code != 0)
            #expect(result.errors.contains("chmod 600"))
            #expect(sandbox.requests.isEmpty)
        }
    }

    @Test(arguments: [
        ("list(\"prd\")", "prod"),
        ("list(\"9aQ1Lj62S4bomZKLF4DPqX\")", "9aQ1Lj62S4bomZKLF4DPq"),
        ("list(\"aSpaceThatIsNowhere\")", "aSpaceThatIsNowhere"),
        ("get(\"\")", "empty"),
        ("get(\"..\")", ".."),
        ("get(\"aud_nope\")", "aud_nope"),
        ("disable(\"\")", "empty"),
    ])
    func aBadNameIsAMessage(script: String, expected: String) async throws {
        try await with { sandbox, aud, _ in
            let result = try await aud("-e", script)
            #expect((result.code ?? 0) != 0)
            #expect(result.errors.contains(expected), "\(result.errors)")
            #expect(result.errors.split(separator: "\n").count < 25)
            #expect(changes(sandbox).isEmpty)
        }
    }

    @Test func anIDOf256CharactersIsNotSent() async throws {
        try await with { sandbox, aud, _ in
            let result = try await aud("-e", "get(\"\(String(repeating: "a", count: 256))\")")
            #expect(result.code == 1)
            #expect(result.errors.contains("255"), "\(result.errors)")
            #expect(sandbox.requests.isEmpty)
        }
    }

    @Test(arguments: ["table", "json", "ndjson"])
    func hostileNamesReachNoTerminal(format: String) async throws {
        try await with { sandbox, aud, _ in
            sandbox.insert(
                SandboxAudience(
                    id: "aud_hostile", spaceID: Self.prod,
                    name: "\u{1B}]0;pwned\u{7}\u{9B}31m\u{202E}gnp.exe\u{2028}\r\n"))
            let script = "let a = get(\"aud_hostile\")\nprint(a.name)\nshow(a)\ndisable(a)\nfail \"stop {a.name}\""
            let result = try await aud("-e", script, "--format", format)
            #expect(result.code == 1)
            let unsafe: Set<Unicode.Scalar> = ["\u{1B}", "\u{7}", "\u{9B}", "\u{202E}", "\u{2028}", "\r"]
            for text in [result.output, result.errors] {
                #expect(!text.unicodeScalars.contains { unsafe.contains($0) })
                #expect(text.contains("pwned"))
            }
        }
    }

    @Test func theTraceHasALineForEachExchangeAndNoToken() async throws {
        let token = "sgp_token_in_the_trace_0123456789"
        try await with(token: token) { sandbox, aud, folder in
            let result = try await aud("-e", "list() | count", "--trace", folder.path + "/trace.ndjson")
            #expect(result.output == "212\n")
            let lines = try folder.read("trace.ndjson").split(separator: "\n")
            #expect(lines.count == sandbox.requests.count)
            #expect(lines.allSatisfy { $0.contains("\"method\":\"GET\"") && $0.contains("\"status\":200") })
            #expect(lines.allSatisfy { $0.contains("\"ms\":") && $0.contains("\"wait\":") && !$0.contains(token) })
            #expect(folder.mode(of: "trace.ndjson") == 0o600)
        }
    }

    @Test func theSandboxInTheProcessNeedsNothing() async throws {
        try await TemporaryFolder.with { folder async throws in
            let process = AudProcess(home: folder)
            let result = try await process.run("--sandbox", "-e", "spaces() | map .name\nlist(\"staging\") | count")
            #expect(result.code == 0, "\(result.errors)")
            #expect(result.output.contains("87"))
            #expect(result.output.contains("staging"))
            // Of a workspace that ends with the process there is nothing to remember.
            #expect(folder.mode(of: "state") == nil)
        }
    }

    @Test func aServedSandboxTellsItsAddressAndStopsWhenAsked() async throws {
        try await TemporaryFolder.with { folder async throws in
            let result = try await AudProcess(home: folder).shell(
                """
                mkfifo "$HOME/url"
                "$AUD" sandbox serve --port 0 --audiences 3 --limits off >"$HOME/url" 2>/dev/null & pid=$!
                exec 3<"$HOME/url"
                read url <&3
                SEGMENT_TOKEN=any "$AUD" --base-url "$url" --space \(Self.prod) -e 'list() | count'
                kill -TERM $pid
                wait $pid
                """)
            #expect(result.output == "3\n", "\(result.errors)")
            #expect(result.code == 0)
        }
    }
}
