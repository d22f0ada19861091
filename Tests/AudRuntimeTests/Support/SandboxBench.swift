// Sessions on a simulated workspace over real HTTP, with a state file that outlives them.

import AudLanguage
import AudSandbox
import SegmentAudiences
import Testing

@testable import AudRuntime

struct SandboxBench {
    let sandbox: Sandbox
    let url: String
    let folder: StateFolder
    let space: String
    let time = InstantTime()

    /// Runs a test on a sandbox whose space has some audiences, all enabled and never locked for long.
    static func with(
        count: Int, _ configure: (inout SandboxOptions) -> Void = { _ in },
        _ body: (SandboxBench) async throws -> Void
    ) async throws {
        let folder = try StateFolder()
        var options = SandboxOptions()
        options.limits = .off
        options.lock = .zero
        options.requestLogCapacity = 100_000
        configure(&options)
        try await Sandbox.with(options) { sandbox, url in
            let bench = SandboxBench(sandbox: sandbox, url: url, folder: folder, space: "test-space")
            for number in 1...count {
                sandbox.insert(
                    SandboxAudience(id: "aud_\(number)", spaceID: bench.space, name: "Audience \(number)")
                )
            }
            try await body(bench)
        }
    }

    var origin: RunOrigin { RunOrigin(host: url, profile: "test", script: "test.aud") }

    /// A session of another process, as far as the state file goes.
    func session(
        limits: LimitSet = .unlimited, _ options: SessionOptions = SessionOptions(caps: Caps(maxChanges: 100_000))
    ) throws -> Session {
        let token = try #require(APIToken("any"))
        var configuration = ServiceConfiguration(baseURL: try BaseURL(url), token: token)
        configuration.limits = limits
        let service = AudienceService(configuration: configuration, time: time)
        return Session(
            workspace: Workspace(aliases: ["prod": space], defaultSpace: "prod") { Connection(service) },
            options: options, output: RecordingOutput(), time: time, state: folder.open(), origin: origin
        )
    }

    /// Runs a script; one that does not run to its end fails the test.
    func plan(_ script: String, on session: Session) async throws {
        guard case .finished(let report) = await session.run(SourceFile(name: "test.aud", text: script), as: .file)
        else { throw Unexpected() }
        if let error = report.error { throw error }
    }

    /// The changing requests for an audience, and the reads of it that were answered, in order: `DELETE`, `GET 200` …
    func log(of id: String) -> [String] {
        sandbox.requests.filter { $0.path.hasSuffix("/audiences/\(id)") }.map { request in
            request.method == "GET" ? "GET \(request.status ?? 0)" : request.method
        }
    }

    /// Whether no change was sent a second time without a read that showed the old state in between.
    func sendsNothingBlindly(_ id: String) -> Bool {
        var mayChange = false
        for entry in log(of: id) {
            if entry == "GET 200" { mayChange = true }
            if !entry.hasPrefix("GET") {
                if !mayChange { return false }
                mayChange = false
            }
        }
        return true
    }
}
