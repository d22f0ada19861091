import AudLanguage
import AudRuntime
import AudSandbox
import SegmentAudiences
import Testing

/// What the modes promise, for programs nobody thought of, over real HTTP: a dry run sends nothing that could change
/// anything, and what it planned leads to the same workspace as sending the changes when they are reached.
@Suite struct RandomProgramTests {
    /// Says yes and shows nothing.
    private struct Silence: Output {
        func print(_ line: String) {}
        func show(_ value: Value, as format: String?, statement: Bool) {}
        func notice(_ notice: Notice) {}
        func confirm(_ question: String) async -> Bool? { true }
    }

    private static func session(_ url: String, _ mode: Mode) throws -> (Session, AudienceService) {
        let token = try #require(APIToken("sandbox-token-0123456789"))
        var configuration = ServiceConfiguration(baseURL: try BaseURL(url), token: token)
        configuration.limits = .unlimited
        let service = AudienceService(configuration: configuration)
        let spaces = Sandbox.spaces(seed: 1)
        let aliases = Dictionary(spaces.map { ($0.slug, $0.id) }, uniquingKeysWith: { first, _ in first })
        let workspace = Workspace(aliases: aliases, defaultSpace: "prod") { Connection(service) }
        var options = SessionOptions()
        options.mode = mode
        options.caps = Caps(maxChanges: 100_000, maxBroken: 100_000)
        options.assumeYes = true
        options.fixedNow = 1_795_000_000_000_000
        return (Session(workspace: workspace, options: options, output: Silence()), service)
    }

    private static func options() -> SandboxOptions {
        var options = SandboxOptions()
        options.limits = .off
        options.lock = .zero
        options.clock = ManualSandboxClock(.seconds(1_795_000_000))
        options.requestLogCapacity = 100_000
        return options
    }

    /// Which audiences there are, and which are enabled.
    private static func state(_ sandbox: Sandbox) -> [String: Bool] {
        var state: [String: Bool] = [:]
        for space in sandbox.spaces {
            for audience in sandbox.snapshot(space.id) { state[audience.id] = audience.enabled }
        }
        return state
    }

    @Test(arguments: 1...40)
    func dryRunSendsNothingAndApplyEqualsLive(_ seed: Int) async throws {
        var program = RandomProgram(seed: UInt64(seed))
        let text = program.text()
        let file = SourceFile(name: "random.aud", text: text)

        let applied = try await Sandbox.with(Self.options()) { (sandbox, url) async throws -> [String: Bool]? in
            let (session, service) = try Self.session(url, .dryRun)
            let before = Self.state(sandbox)
            let result = await session.run(file, as: .file)
            #expect(sandbox.requests.allSatisfy { $0.method == "GET" && $0.body.isEmpty })
            #expect(Self.state(sandbox) == before)
            guard case .finished(let report) = result else {
                Issue.record("rejected: \(text)")
                return nil
            }
            let planned = await session.plan.count
            let sent = await session.apply()
            #expect(sandbox.requests.filter { $0.method != "GET" }.count == planned)
            await service.shutdown()
            // A program may change what it has removed before: it fails, and then nothing is staged.
            guard report.error == nil else { return nil }
            #expect(sent.error == nil, "\(text)")
            return Self.state(sandbox)
        }
        guard let applied else { return }
        let live = try await Sandbox.with(Self.options()) { (sandbox, url) async throws in
            let (session, service) = try Self.session(url, .live)
            _ = await session.run(file, as: .file)
            await service.shutdown()
            return Self.state(sandbox)
        }
        let differing = applied.filter { live[$0.key] != $0.value }.keys.sorted()
        #expect(differing.isEmpty && applied.count == live.count, "\(text)")
    }

    /// The programs above would prove nothing if they planned nothing.
    @Test func programsPlanChanges() async throws {
        var planned = 0
        for seed in 1...20 {
            var program = RandomProgram(seed: UInt64(seed))
            let file = SourceFile(name: "random.aud", text: program.text())
            planned += try await Sandbox.with(Self.options()) { (_, url) async throws in
                let (session, service) = try Self.session(url, .dryRun)
                _ = await session.run(file, as: .file)
                await service.shutdown()
                return await session.plan.count
            }
        }
        #expect(planned > 60)
    }
}
