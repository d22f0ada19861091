import AudSandbox
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The ledger that processes share, with processes: no call is rejected, and a dead process's calls still count.
@Suite(.timeLimit(.minutes(5)))
struct SharedLedgerProcessTests {
    private static let prod = "9aQ1Lj62S4bomZKLF4DPqW"

    private func with(
        _ options: SandboxOptions,
        _ body: (_ sandbox: Sandbox, _ aud: AudProcess, _ place: [String]) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { folder async throws in
            try await Sandbox.with(options) { sandbox, url in
                let aud = AudProcess(home: folder, variables: ["SEGMENT_TOKEN": "any", "URL": url, "SPACE": Self.prod])
                try await body(sandbox, aud, ["--base-url", url, "--space", Self.prod])
            }
        }
    }

    private static func options(_ names: [String], each count: Int) -> (SandboxOptions, [SandboxAudience]) {
        var options = SandboxOptions()
        options.audienceCount = 0
        options.lock = .zero
        options.concurrentEdits = nil
        let audiences = names.flatMap { name in
            (0..<count).map { number in
                SandboxAudience(id: "aud_\(name)_\(number)", spaceID: Self.prod, name: name, enabled: true)
            }
        }
        return (options, audiences)
    }

    @Test func twoProcessesShareALimitWithoutARejectedCall() async throws {
        var (options, audiences) = Self.options(["one", "two"], each: 60)
        options.window = .seconds(2)
        try await with(options) { sandbox, aud, place in
            for audience in audiences { sandbox.insert(audience) }
            let limits = "update=10/2s,get=100/2s,list=25/2s,remove=20/2s"
            let results = try await withThrowingTaskGroup(of: AudProcess.Result.self) { group in
                for name in ["one", "two"] {
                    let script = "list() | where .name == \"\(name)\" | disable"
                    group.addTask {
                        try await aud.run(
                            place + ["-e", script, "--apply", "--yes", "--limits", limits], input: [])
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for result in results {
                #expect(result.code == 0, "\(result.errors)")
                #expect(result.errors.contains("60 done"), "\(result.errors)")
            }
            #expect(!sandbox.requests.contains { $0.status == 429 })
            let updates = sandbox.requests.filter { $0.method == "PATCH" }.map(\.at)
            #expect(updates.count == 120)
            // One process with 120 calls needs 12 windows, and so do two; a machine under load begins some more. Two that
            // shared nothing but halves, or that lost every other slot to each other, would need 24.
            #expect((12..<24).contains(windows(updates, of: .seconds(2))))
        }
    }

    /// How many windows the server opened for these calls.
    private func windows(_ calls: [Duration], of length: Duration) -> Int {
        var count = 0
        var end = Duration.zero
        for call in calls.sorted() where call >= end {
            count += 1
            end = call + length
        }
        return count
    }

    @Test func theCallOfAKilledProcessCountsUntilItExpires() async throws {
        var (options, audiences) = Self.options(["a"], each: 1)
        options.faults = [SandboxFault(.hang, on: [.update])]
        try await with(options) { sandbox, aud, _ in
            for audience in audiences { sandbox.insert(audience) }
            // The row is in the file before the request is sent, so the loop ends.
            let result = try await aud.shell(
                """
                limits() { "$AUD" limits --base-url "$URL" --space "$SPACE" "$@"; }
                "$AUD" --base-url "$URL" --space "$SPACE" -e 'list() | disable' --apply --yes >/dev/null 2>&1 & pid=$!
                until limits --format csv | grep -q '^update,10/60s,documented,1,1,'; do :; done
                kill -9 $pid
                wait $pid
                echo "pid=$pid"
                limits
                limits --format json
                """)
            #expect(result.code == 0, "\(result.errors)")
            let pid = try #require(result.output.split(separator: "\n").first?.split(separator: "=").last)
            #expect(result.output.contains("1 (1 in flight)"))
            #expect(result.output.contains("-e [\(pid)]: 1 (1 in flight)"))
            #expect(result.output.contains("\"process\":\(pid)") || result.output.contains("\"process\": \(pid)"))
        }
    }

    @Test func aRaiseIsProposedWithTheLineForTheConfiguration() async throws {
        var (options, audiences) = Self.options(["a"], each: 1)
        options.limits = .current
        try await with(options) { sandbox, aud, place in
            for audience in audiences { sandbox.insert(audience) }
            let run = try await aud.run(place + ["-e", "list() | disable", "--apply", "--yes"], input: [])
            #expect(run.code == 0, "\(run.errors)")
            let limits = try await aud.run(["limits"] + place, input: [])
            #expect(limits.code == 0)
            #expect(limits.output.contains("10/60s"))
            #expect(limits.errors.contains("\n    update: 50/60s\n"), "\(limits.errors)")
            #expect(limits.errors.contains("profiles.default.limits in config.yaml"))
            #expect(limits.errors.contains("--limits update=50/60s"))
        }
    }

    @Test func aLowerLimitIsRememberedForTheNextProcess() async throws {
        var (options, audiences) = Self.options(["a"], each: 1)
        options.limits = SandboxLimits(list: 25, get: 100, update: 4, remove: 20)
        try await with(options) { sandbox, aud, place in
            for audience in audiences { sandbox.insert(audience) }
            let run = try await aud.run(place + ["-e", "list() | disable", "--apply", "--yes"], input: [])
            #expect(run.code == 0, "\(run.errors)")
            let limits = try await aud.run(["limits"] + place, input: [])
            #expect(limits.output.contains("4/60s"))
            #expect(limits.output.contains("observed"))
            #expect(limits.errors.contains("showed a lower limit (seen 20"), "\(limits.errors)")
            #expect(sandbox.requests.allSatisfy { $0.method != "GET" || $0.operation != nil })
        }
    }

    @Test func aRunLeavesWhatIsKeptForTheShell() async throws {
        let (options, audiences) = Self.options(["a"], each: 3)
        try await with(options) { sandbox, aud, place in
            for audience in audiences { sandbox.insert(audience) }
            let run = try await aud.run(place + ["-e", "list() | disable", "--keep-for-shell", "2"], input: [])
            #expect(run.errors.contains("limit 8/60s"), "\(run.errors)")
            try aud.home.write(
                "profiles:\n  a:\n    base-url: \(place[1])\n    keep-for-shell: 3\n", to: "config/aud/config.yaml")
            let configured = try await aud.run(["-e", "list() | disable", "--space", Self.prod], input: [])
            #expect(configured.errors.contains("limit 7/60s"), "\(configured.errors)")
        }
    }

    @Test func theStateFileIsNeededForTheFirstRequestAndNotBefore() async throws {
        let (options, _) = Self.options(["a"], each: 1)
        try await with(options) { sandbox, aud, place in
            let nowhere = ["--state", "/dev/null/state"]
            let pure = try await aud.run(["-e", "1 + 1"] + nowhere, input: [])
            #expect(pure.output == "2\n")
            let refused = try await aud.run(place + nowhere + ["-e", "list() | count"], input: [])
            #expect(refused.code == 8)
            #expect(refused.errors.contains("a call was not sent"), "\(refused.errors)")
            #expect(refused.errors.contains("--state FILE"))
            #expect(sandbox.requests.isEmpty)
            let path = aud.home.path + "/here/my.sqlite"
            let run = try await aud.run(place + ["--state", path, "-e", "list() | count"], input: [])
            #expect(run.output == "0\n", "\(run.errors)")
            #expect(aud.home.mode(of: "here/my.sqlite") == 0o600)
            #expect(aud.home.mode(of: "state") == nil)
        }
    }

    @Test func theSandboxOfTheProcessNeedsNoFile() async throws {
        try await TemporaryFolder.with { folder async throws in
            let aud = AudProcess(home: folder)
            let result = try await aud.run("--sandbox", "-e", "list() | count")
            #expect(result.code == 0, "\(result.errors)")
            let limits = try await aud.run("limits", "--sandbox", "--format", "ndjson")
            #expect(limits.output.split(separator: "\n").count == 4, "\(limits.errors)")
            #expect(folder.mode(of: "state") == nil)
        }
    }
}
