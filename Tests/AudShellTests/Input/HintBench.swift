// A session over a workspace in memory, with the host that its prompt would have. Counts what is sent.

import AudLanguage
import AudShell
import SegmentAudiences
import Synchronization

@testable import AudRuntime

struct HintBench {
    let workspace: CountingWorkspace
    let session: Session
    let scope = LatestScope()
    let host: ShellHost

    /// - Parameter count: of audiences; every third is disabled.
    init(_ count: Int = 12, mode: Mode = .dryRun) {
        let workspace = CountingWorkspace(FakeWorkspace(Self.audiences(count)))
        let ledger = InProcessLedger(limits: .seed, time: StandingTime())
        let transcript = Transcript()
        let output = TerminalOutput(out: transcript, error: transcript, looks: .init(width: { 80 }, errorWidth: { 80 }))
        var options = SessionOptions()
        options.mode = mode
        let session = Session(
            workspace: Workspace(aliases: ["prod": "s1"], defaultSpace: "prod") {
                workspace.opened()
                return Connection(reading: workspace, writing: workspace, ledger: ledger)
            }, options: options, output: output, time: StandingTime())
        self.workspace = workspace
        self.session = session
        host = ShellHost(scope: scope, theme: Theme(isColored: true)) {
            let audiences = session.audiences
            return CompletionContext(
                names: session.names, library: session.library, spaces: ["prod": "s1"],
                audiences: { prefix, field in
                    audiences.matches(prefix: prefix, field: field, limit: 200).map {
                        .init(id: $0.id, key: $0.key, name: $0.name)
                    }
                })
        }
    }

    private static func audiences(_ count: Int) -> [Audience] {
        (0..<count).compactMap { number in
            Audience(fields: [
                "id": .string("a\(number)"), "spaceId": .string("s1"), "name": .string("Audience \(number)"),
                "key": .string("key_\(number)"), "enabled": .bool(number % 3 != 2), "status": .string("Live"),
                "updatedAt": .string("2025-01-02T03:04:05Z"),
            ])
        }
    }

    /// Runs a text as the prompt does, and then shows the next prompt.
    @discardableResult
    func run(_ text: String) async -> RunReport? {
        let result = await session.run(SourceFile(name: "prompt:1", text: text), as: .prompt)
        await prompt()
        if case .finished(let report) = result { return report }
        return nil
    }

    func prompt() async { scope.update(await session.scope()) }

    func hint(_ text: String) -> String? { host.hint(for: text).map { String($0.text.drop { $0 == " " }) } }
}

/// Counts the calls that would be requests.
final class CountingWorkspace: AudienceReading, AudienceWriting {
    private let inner: FakeWorkspace
    private let count = Mutex(0)

    init(_ inner: FakeWorkspace) { self.inner = inner }

    /// Requests, and attempts to open the workspace.
    var requests: Int { count.withLock { $0 } }

    func opened() { count.withLock { $0 += 1 } }

    func page(of space: String, after cursor: String?) async throws(APIError) -> AudiencePage {
        opened()
        return try await inner.page(of: space, after: cursor)
    }

    func get(_ id: String, in space: String) async throws(APIError) -> Audience {
        opened()
        return try await inner.get(id, in: space)
    }

    func setEnabled(_ enabled: Bool, id: String, in space: String) async throws(APIError) -> Audience {
        opened()
        return try await inner.setEnabled(enabled, id: id, in: space)
    }

    func remove(_ id: String, in space: String) async throws(APIError) -> Removal {
        opened()
        return try await inner.remove(id, in: space)
    }
}
