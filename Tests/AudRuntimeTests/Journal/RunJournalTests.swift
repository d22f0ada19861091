// The journal's own promises: one process carries a run, a dead one is recognised, nothing secret is kept.

import AudLanguage
import GRDB
import SegmentAudiences
import Testing

@testable import AudRuntime

struct RunJournalTests {
    private let folder: StateFolder

    init() throws {
        folder = try StateFolder()
    }

    private func calls(_ count: Int) -> [PlannedCall] {
        (1...count).map { number in
            PlannedCall(
                number: number, verb: .disable, space: Space(id: "s1", alias: "prod"), id: "a\(number)",
                name: "Audience \(number)", key: "k\(number)", before: .null, after: .null, source: "x.aud:1",
                policy: .continue,
                expectation: Expectation(name: "n", key: "k", enabled: true, state: "0123", updatedAt: 5)
            )
        }
    }

    private func begin(
        _ calls: [PlannedCall], plan: String? = nil, in database: StateDatabase,
        mask: @escaping @Sendable (String) -> String = { $0 }
    ) throws -> RunJournal {
        try RunJournal.begin(
            .apply, plan: plan, calls: calls, origin: RunOrigin(host: "h", profile: "p", script: "x.aud"),
            isStrict: true, in: database, mask: mask, now: { 7 }
        )
    }

    private func claim(in database: StateDatabase) throws -> Result<RunJournal, RunJournal.ClaimRefusal> {
        try RunJournal.claim(1, in: database, mask: { $0 }, now: { 8 })
    }

    /// The process that carries the run dies.
    private func killOwner(in database: StateDatabase) throws {
        try database.write { try $0.execute(sql: "UPDATE runs SET ownerStart = ownerStart + 1") }
    }

    @Test func `what was written is read back`() throws {
        let database = folder.open()
        let journal = try begin(calls(3), plan: "p1", in: database)
        try journal.write([.intent(1, banking: "{}"), .outcome(1, .done, error: nil), .intent(2, banking: nil)])
        database.close()
        let run = try #require(try folder.open().run(ofPlan: "p1"))
        #expect(run.number == 1)
        #expect(run.isStrict)
        #expect(run.state == .running)
        #expect(run.owner == .current)
        #expect(run.counts == [.done: 1, .unknown: 1, .notAttempted: 1])
        let read = try folder.open().calls(of: 1)
        #expect(read.map(\.call.expectation) == calls(3).map(\.expectation))
        #expect(read.map(\.call.name) == ["Audience 1", "Audience 2", "Audience 3"])
        #expect(read.map(\.isUnsettled) == [false, true, false])
        #expect(read.map(\.isLeft) == [false, false, true])
        #expect(try folder.open().banked(by: 1).map(\.audience) == ["{}"])
        #expect(try folder.open().run(ofPlan: "p2") == nil)
        #expect(try folder.open().run(2) == nil)
    }

    @Test func `what living processes have still to send is known to others`() throws {
        let database = folder.open()
        let journal = try begin(calls(3), in: database)
        try journal.write([.intent(1, banking: nil)])
        #expect(try database.callsLeft(at: "h", besides: nil) == [.update: 2])
        #expect(try database.callsLeft(at: "h", besides: journal.number).isEmpty)
        #expect(try database.callsLeft(at: "elsewhere", besides: nil).isEmpty)
        try killOwner(in: database)
        #expect(try database.callsLeft(at: "h", besides: nil).isEmpty)
    }

    @Test func `a call that never left was not attempted, one that was refused was`() throws {
        let database = folder.open()
        let journal = try begin(calls(3), in: database)
        try journal.write([.intent(1, banking: nil), .intent(2, banking: nil)])
        try journal.write([.withdrawn(1), .refused(2), .withdrawn(3)])
        let read = try database.calls(of: 1)
        #expect(read.map(\.attempts) == [0, 1, 0])
        #expect(read.allSatisfy { $0.intent == nil && $0.outcome == .notAttempted && $0.isLeft })
    }

    @Test func `a read that failed is tried again, also after a refusal; a change that failed is not`() throws {
        let database = folder.open()
        let journal = try begin(calls(3), in: database)
        try journal.write([.intent(1, banking: nil), .refused(1), .outcome(1, .failed, error: "unreadable")])
        try journal.write([.outcome(2, .done, error: nil), .outcome(3, .done, error: nil)])
        #expect(try database.calls(of: 1).map(\.isLeft) == [true, false, false])
        try journal.finish(exitCode: .someFailed, error: nil)
        #expect(try database.run(1)?.state == .stopped)
        let again = try claim(in: database).get()
        try again.write([.intent(1, banking: nil), .outcome(1, .failed, error: "422")])
        #expect(try !database.calls(of: 1)[0].isLeft)
        try again.finish(exitCode: .someFailed, error: nil)
        #expect(try database.run(1)?.state == .done)
    }

    @Test func `an audience that is still there is not among the banked ones`() throws {
        let database = folder.open()
        let journal = try begin(calls(6), in: database)
        try journal.write((1...6).map { .intent($0, banking: "{}") })
        try journal.write([
            .outcome(1, .done, error: nil), .outcome(2, .failed, error: "422"), .withdrawn(3), .refused(4),
            .outcome(5, .unknown, error: "?"),
        ])
        #expect(try database.banked(by: 1).map(\.call) == [1, 5, 6])
        #expect(try database.banked().map(\.call) == [1, 5, 6])
    }

    @Test func `a living owner is named, a dead one is taken over and can write no more`() throws {
        let database = folder.open()
        let first = try begin(calls(2), in: database)
        #expect(throws: RunJournal.ClaimRefusal.carried(by: .current)) { try claim(in: database).get() }
        try killOwner(in: database)
        #expect(try database.run(1)?.state == .interrupted)
        let second = try claim(in: database).get()
        let error = try #require(throws: StateError.self) { try first.write([.intent(1, banking: nil)]) }
        #expect(error.message == "another process has taken run 1 over, so this one sends nothing more")
        #expect(try database.calls(of: 1)[0].attempts == 0)
        try second.write([.intent(1, banking: nil)])
        #expect(try database.calls(of: 1)[0].attempts == 1)
        // The one who was robbed does not end the run of the other either.
        try first.finish(exitCode: .done, error: nil)
        #expect(try database.run(1)?.state == .running)
    }

    @Test(arguments: 0..<10)
    func `of many that claim a run together one gets it`(round: Int) async throws {
        let database = folder.open()
        _ = try begin(calls(1), in: database)
        try killOwner(in: database)
        let won = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask { (try? self.claim(in: self.folder.open()).get()) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(won == 1)
    }

    @Test func `a run that is done is not claimed`() throws {
        let database = folder.open()
        let journal = try begin(calls(1), in: database)
        try journal.write([.intent(1, banking: nil), .outcome(1, .done, error: nil)])
        try journal.finish(exitCode: .done, error: nil)
        #expect(throws: RunJournal.ClaimRefusal.done) { try claim(in: database).get() }
        #expect(throws: RunJournal.ClaimRefusal.noSuchRun) {
            try RunJournal.claim(9, in: database, mask: { $0 }, now: { 8 }).get()
        }
    }

    @Test func `a plan is in the file once`() throws {
        let database = folder.open()
        _ = try begin(calls(1), plan: "p1", in: database)
        #expect(throws: StateError.self) { try begin(calls(1), plan: "p1", in: database) }
        #expect(try database.runs().count == 1)
        _ = try begin(calls(1), in: database)
        _ = try begin(calls(1), in: database)
        #expect(try database.runs().map(\.number) == [3, 2, 1])
    }

    @Test func `the token is in no text of the file`() throws {
        let secret = "sgp_0123456789abcdef"
        let token = try #require(APIToken(secret))
        let redactor = Redactor([token])
        let database = folder.open()
        var call = calls(1)[0]
        call.name = "Audience of \(secret)"
        call.key = secret
        call.expectation?.name = secret
        let journal = try begin([call], in: database, mask: { redactor.mask($0) })
        try journal.write([
            .intent(1, banking: "{\"name\":\"\(secret)\"}"), .outcome(1, .failed, error: "no \(secret)"),
        ])
        try journal.finish(exitCode: .someFailed, error: "with \(secret)")
        let bytes = String(
            decoding: try FileBytes.read(folder.file) + FileBytes.read(folder.file + "-wal"), as: UTF8.self
        )
        #expect(bytes.contains("Audience of ****"))
        #expect(!bytes.contains(secret))
    }
}
