// The worlds on a fake workspace, without a language: tests feed them requests as the machine would.

import AudLanguage
import AudTesting
import SegmentAudiences

@testable import AudRuntime

struct Bench {
    let fake: FakeWorkspace
    let output: RecordingOutput
    let record: RunRecord
    let dry: DryRunWorld
    let live: LiveWorld
    let sender: ChangeSender
    let reader: Reader
    let connector: Connector
    let clock: VirtualClock

    init(
        _ fake: FakeWorkspace, options: SessionOptions = SessionOptions(), answer: Bool? = nil,
        aliases: [String: String] = ["prod": "s1", "staging": "s2"], clock: VirtualClock = VirtualClock(),
        canChange: Bool = true
    ) {
        let output = RecordingOutput(answer: answer)
        let workspace = Workspace.fake(fake, aliases: aliases, time: clock)
        let connector = Connector(workspace)
        let record = RunRecord(limits: options.limits)
        let reader = Reader(source: connector.reading, index: AudienceIndex(), output: output, time: clock)
        let host = HostServices(output: output, options: options)
        var sources = SourceMap()
        sources.add(SourceFile(name: "stale.aud", text: "# a comment\nlist() | disable\n"))
        let context = RunContext(
            record: record, names: SpaceNames(workspace), sources: sources, canChange: canChange
        )
        let sender = ChangeSender(connector: connector, reader: reader)
        self.fake = fake
        self.output = output
        self.record = record
        self.sender = sender
        self.reader = reader
        self.connector = connector
        self.clock = clock
        dry = DryRunWorld(reader: reader, host: host, time: clock, context: context)
        live = LiveWorld(
            reader: reader, sender: sender, host: host, time: clock, caps: options.caps,
            allowIncomplete: options.allowIncomplete, context: context
        )
    }

    /// Sends the dry world's plan.
    func apply(isStrict: Bool = false, journal: RunJournal? = nil) async throws -> RunReport {
        let record = RunRecord(limits: Limits())
        let tools = ApplyRun.Tools(
            connection: try await connector.connection(), sender: sender, reader: reader, journal: journal, time: clock,
            isStrict: isStrict, record: record
        )
        let calls = await dry.checkpoint.plan.calls
        return await clock.run {
            var run = ApplyRun(calls, tools)
            for outcome in await run.run() { record.append(outcome) }
            return RunReport(record, error: run.stop, duration: .zero)
        }
    }
}

extension Workspace {
    static func fake(
        _ fake: FakeWorkspace, aliases: [String: String] = ["prod": "s1", "staging": "s2"],
        time: (any TimeSource)? = nil
    ) -> Workspace {
        let ledger = InProcessLedger(limits: .seed, time: time ?? SystemTime())
        return Workspace(aliases: aliases, defaultSpace: aliases["prod"]) {
            Connection(reading: fake, writing: fake, ledger: ledger)
        }
    }
}

extension World {
    /// All audiences of a space, page by page.
    func list(_ space: String? = nil) async throws -> [RecordValue] {
        var all: [RecordValue] = []
        var cursor: ListingCursor?
        while true {
            switch await answer(.page(space: space, cursor: cursor)) {
            case .page(let page, let next):
                all += page.compactMap { if case .record(let record) = $0 { record } else { nil } }
                guard let next else { return all }
                cursor = next
            case .failure(let error): throw error
            case .value, .outcomes: throw Unexpected()
            }
        }
    }

    func get(_ id: String, _ space: String? = nil) async throws -> RecordValue {
        switch await answer(.get(id: id, space: space)) {
        case .value(.record(let record)): return record
        case .failure(let error): throw error
        case .value, .page, .outcomes: throw Unexpected()
        }
    }

    func change(
        _ verb: Verb, _ targets: [ChangeRequest.Target], _ policy: ErrorPolicy = .stop
    ) async throws -> [Outcome] {
        switch await answer(.change(.sample(verb, targets, policy))) {
        case .outcomes(let outcomes): return outcomes
        case .failure(let error): throw error
        case .value, .page: throw Unexpected()
        }
    }

    @discardableResult
    func change(_ verb: Verb, _ audiences: RecordValue...) async throws -> [Outcome] {
        try await change(verb, audiences.map { .of($0) })
    }
}

/// An answer of another kind than the request has.
struct Unexpected: Error {}

extension ChangeRequest {
    /// The action in line 2 of `stale.aud`.
    static func sample(_ verb: Verb, _ targets: [Target], _ policy: ErrorPolicy = .stop) -> ChangeRequest {
        ChangeRequest(verb: verb, targets: targets, policy: policy, span: Span(file: 0, start: 12, end: 28))
    }
}

extension ChangeRequest.Target {
    static func of(_ audience: RecordValue) -> Self {
        Self(id: audience.text("id") ?? "", space: nil, audience: audience)
    }

    static func id(_ id: String, space: String? = nil) -> Self {
        Self(id: id, space: space, audience: nil)
    }
}
