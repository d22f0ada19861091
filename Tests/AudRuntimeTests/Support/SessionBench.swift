// A session on a fake workspace and a virtual clock.

import AudLanguage
import AudTesting
import SegmentAudiences

@testable import AudRuntime

struct SessionBench {
    let session: Session
    let fake: FakeWorkspace
    let output: RecordingOutput
    let clock: VirtualClock

    init(
        _ fake: FakeWorkspace, _ options: SessionOptions = SessionOptions(), answer: Bool? = nil,
        aliases: [String: String] = ["prod": "s1", "staging": "s2"]
    ) {
        let clock = VirtualClock()
        let output = RecordingOutput(answer: answer)
        self.fake = fake
        self.output = output
        self.clock = clock
        session = Session(
            workspace: .fake(fake, aliases: aliases, time: clock), options: options, output: output, time: clock
        )
    }

    /// Runs a text in virtual time; a text that does not run at all fails the test.
    @discardableResult
    func run(
        _ text: String, as mode: SourceMode = .file, _ parameters: [String: String] = [:]
    ) async throws -> RunReport {
        let result = await clock.run {
            await session.run(SourceFile(name: "stale.aud", text: text), as: mode, parameters: parameters)
        }
        switch result {
        case .finished(let report): return report
        case .rejected(let diagnostics): throw Rejected(messages: diagnostics.map(\.message))
        case .incomplete: throw Unexpected()
        }
    }

    /// One statement at the prompt.
    @discardableResult
    func line(_ text: String) async throws -> RunReport {
        try await run(text, as: .prompt)
    }
}

struct Rejected: Error {
    var messages: [String]
}
