import AudSandbox
import Testing

/// Two processes that go on with one run.
@Suite struct ResumeRaceTests {
    private static let prod = "9aQ1Lj62S4bomZKLF4DPqW"

    @Test func oneCarriesTheRunAndTheOtherIsToldSo() async throws {
        try await TemporaryFolder.with { folder async throws in
            let aud = AudProcess(home: folder, variables: ["SEGMENT_TOKEN": "any"])
            var options = SandboxOptions()
            options.lock = .zero
            options.limits = .off
            try await Sandbox.with(options) { sandbox, url in
                sandbox.faults = [SandboxFault(.status(401), on: [.update], skip: 1)]
                let stopped = try await aud.run(
                    [
                        "-e", "list() | where .enabled | take 6 | disable", "--apply", "--yes", "--base-url", "\(url)",
                        "--space", Self.prod,
                    ], input: [])
                #expect(stopped.code == 4, "\(stopped.errors)")
                // Whoever carries the run finds its audiences locked until the other one has given up.
                sandbox.faults = [SandboxFault(.status(409), on: [.update])]
                let results = try await withThrowingTaskGroup(of: AudProcess.Result.self) { group in
                    for _ in 1...2 { group.addTask { try await aud.run("resume", "1", "--limits", "off") } }
                    var results: [AudProcess.Result] = []
                    for try await result in group {
                        results.append(result)
                        sandbox.faults = []
                    }
                    return results
                }
                let (loser, winner) = (results[0], results[1])
                #expect(loser.code == 5, "\(loser.errors)")
                #expect(loser.errors.contains("is carrying run 1, so this one does not"), "\(loser.errors)")
                #expect(winner.code == 0, "\(winner.errors)")
                #expect(winner.errors.contains("6 changes: 6 done"), "\(winner.errors)")
                let made = sandbox.requests.filter { $0.method == "PATCH" && $0.status == 200 }.map(\.path)
                #expect(made.count == 6 && Set(made).count == 6)
            }
        }
    }
}
