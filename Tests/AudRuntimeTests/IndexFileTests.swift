// The index in the state file: what one session has read, the next one knows; of another workspace it knows nothing; and
// nothing ever depends on it.

import AudLanguage
import AudTesting
import GRDB
import SegmentAudiences
import Testing

@testable import AudRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

struct IndexFileTests {
    private let folder: StateFolder
    private let clock = VirtualClock()

    init() throws {
        folder = try StateFolder()
        // As the ledger does before a request.
        let state = folder.open()
        _ = try state.history(profile: "p")
        state.close()
    }

    private func session(
        _ fake: FakeWorkspace, host: String = "https://h", profile: String = "p", isSandbox: Bool = false,
        token: String = "t1", state: StateDatabase, mode: Mode = .dryRun
    ) -> Session {
        var workspace = Workspace.fake(fake, time: clock)
        let connect = workspace.connect
        workspace.connect = { () async throws(RuntimeError) -> Connection in
            var connection = try await connect()
            connection.account = token
            connection.mask = { $0.replacing("sgp_secret", with: "****") }
            return connection
        }
        return Session(
            workspace: workspace, options: SessionOptions(mode: mode), output: RecordingOutput(answer: true),
            time: clock,
            state: state,
            origin: RunOrigin(host: host, profile: profile, script: "x", isSandbox: isSandbox)
        )
    }

    /// Runs a text in a session of its own and closes the file, which waits for what is written.
    @discardableResult
    private func run(
        _ text: String, on fake: FakeWorkspace, host: String = "https://h", profile: String = "p",
        isSandbox: Bool = false, token: String = "t1", mode: Mode = .dryRun
    ) async throws -> RunReport {
        let state = folder.open()
        defer { state.close() }
        let session = session(
            fake, host: host, profile: profile, isSandbox: isSandbox, token: token, state: state, mode: mode)
        let result = await clock.run { await session.run(SourceFile(name: "x", text: text), as: .file) }
        guard case .finished(let report) = result else { throw Unexpected() }
        return report
    }

    /// What a new session knows before it has read anything.
    private func recalled(
        host: String = "https://h", profile: String = "p", isSandbox: Bool = false
    ) -> [AudienceIndex.Entry] {
        let state = folder.open()
        defer { state.close() }
        let session = session(
            FakeWorkspace(count: 0), host: host, profile: profile, isSandbox: isSandbox, state: state)
        session.recallAudiences()
        return session.audiences.matches(prefix: "", field: .id, limit: 100)
    }

    private func pass(_ time: Duration) async {
        await clock.run { try? await clock.sleep(until: clock.elapsed + time) }
    }

    private var now: Int64 { clock.wallNow().microseconds }

    // MARK: From session to session

    @Test func `what one session has read, the next one knows, with its time`() async throws {
        let began = now
        try await run("get(\"a2\")", on: FakeWorkspace(count: 3))
        #expect(recalled() == [.init(id: "a2", spaceID: "s1", key: "key_a2", name: "Audience a2", seen: began)])
        await pass(.seconds(3600))
        try await run("list() | count", on: FakeWorkspace(count: 3))
        #expect(recalled().map(\.id) == ["a1", "a2", "a3"])
        #expect(recalled().allSatisfy { $0.seen == began + 3_600_000_000 })
    }

    @Test func `what a statement has listed is in order before the next prompt`() async throws {
        let state = folder.open()
        defer { state.close() }
        let session = session(FakeWorkspace(count: 400), state: state)
        session.recallAudiences()
        _ = await clock.run { await session.run(SourceFile(name: "x", text: "list(\"s1\") | count"), as: .prompt) }
        #expect(session.audiences.count == 400 && session.audiences.isInOrder)
    }

    @Test func `an audience that is gone leaves the file, whoever removed it`() async throws {
        let fake = FakeWorkspace(count: 5)
        try await run("list() | count", on: fake)
        await pass(.seconds(1))
        #expect(try await run("remove(\"a1\")", on: fake, mode: .live).error == nil)
        #expect(recalled().map(\.id) == ["a2", "a3", "a4", "a5"])
        fake.mutate("a2") { _ in nil }
        try await run("try get(\"a2\") else null", on: fake)
        #expect(recalled().map(\.id) == ["a3", "a4", "a5"])
        fake.mutate("a3") { _ in nil }
        await pass(.seconds(1))
        try await run("list() | take 1", on: fake)
        #expect(recalled().map(\.id).contains("a3") == false)
        fake.mutate("a4") { _ in nil }
        await pass(.seconds(1))
        try await run("list() | count", on: fake)
        #expect(recalled().map(\.id) == ["a5"])
    }

    @Test func `a listing that is not whole takes nothing away`() async throws {
        try await run("list() | count", on: FakeWorkspace(count: 6))
        await pass(.seconds(1))
        try await run("list() | take 2 | count", on: FakeWorkspace(count: 5, pageSize: 2))
        #expect(recalled().count == 6)
        // The API says that there are more than it gave.
        try await run("list() | count", on: FakeWorkspace(count: 5, total: { $0 + 1 }))
        #expect(recalled().count == 6)
        let failing = FakeWorkspace(
            count: 5, pageSize: 2, fault: { _, number in number > 1 ? .refuse(.sample(.server, status: 500)) : nil })
        try await run("try (list() | count) else 0", on: failing)
        #expect(recalled().count == 6)
        try await run("list() | count", on: FakeWorkspace(count: 5, pageSize: 2))
        #expect(recalled().count == 5)
    }

    @Test func `a listing that says what the file says costs one row`() async throws {
        let fake = FakeWorkspace(count: 4)
        try await run("list() | count", on: fake)
        await pass(.seconds(60))
        try await run("list() | count", on: fake)
        let queue = try DatabaseQueue(path: folder.file)
        let seen = try await queue.read { try Set(Int64.fetchAll($0, sql: "SELECT seen FROM index_audience")) }
        let listed = try await queue.read { try Int64.fetchAll($0, sql: "SELECT listed FROM index_space") }
        try queue.close()
        #expect(seen == [now - 60_000_000])
        #expect(listed == [now])
        #expect(recalled().allSatisfy { $0.seen == now })
        // A single read between two listings is not taken for part of the first.
        fake.mutate("a1") { $0.with("name", .string("Other")) }
        try await run("get(\"a1\")", on: fake)
        fake.mutate("a1") { $0.with("name", .string("Audience a1")) }
        await pass(.seconds(60))
        try await run("list() | count", on: fake)
        #expect(recalled().map(\.name) == (1...4).map { "Audience a\($0)" })
    }

    @Test func `two processes that list at once leave what was seen last, and no digest of anything else`() throws {
        let state = folder.open()
        defer { state.close() }
        let origin = IndexTable.Origin(host: "h", profile: "p", token: "t")
        func save(_ name: String, at time: Int64, isListing: Bool, ids: [String] = ["a1"]) throws {
            var news = IndexNews()
            let entries = ids.map { AudienceIndex.Entry(id: $0, spaceID: "s1", key: nil, name: name, seen: time) }
            let listing = isListing ? IndexNews.Listing(began: time, digest: IndexNews.digest(of: entries)) : nil
            news.spaces["s1"] = .init(entries: entries, listing: listing)
            try state.write { [news] in try IndexTable(database: $0).save(news, of: origin) { $0 } }
        }
        func name() throws -> String? {
            try state.read { try String.fetchOne($0, sql: "SELECT name FROM index_audience") }
        }
        try save("later", at: 12, isListing: true)
        // Removed before the later listing.
        try save("earlier", at: 10, isListing: true, ids: ["a1", "a2"])
        #expect(try name() == "later")
        #expect(try state.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM index_audience") } == 1)
        try save("earlier", at: 13, isListing: true)
        #expect(try name() == "earlier")
        try save("single", at: 30, isListing: false)
        try save("listed", at: 20, isListing: true)
        #expect(try name() == "single")
        try save("listed", at: 40, isListing: true)
        #expect(try name() == "listed")
    }

    // MARK: Whose

    @Test func `hosts and profiles are apart, and a sandbox in the process leaves nothing`() async throws {
        let fake = FakeWorkspace(count: 1)
        try await run("list() | count", on: fake)
        #expect(recalled(host: "https://other").isEmpty)
        #expect(recalled(profile: "other").isEmpty)
        #expect(recalled(host: "https://h", isSandbox: true).isEmpty)
        try await run("list() | count", on: FakeWorkspace(count: 3), host: "sandbox", profile: "s", isSandbox: true)
        #expect(recalled(host: "sandbox", profile: "s").isEmpty)
        #expect(recalled().count == 1)
    }

    @Test func `another token may be another workspace: the file starts anew, and what it told is forgotten`()
        async throws
    {
        try await run("list() | count", on: FakeWorkspace(count: 3))
        let state = folder.open()
        let session = session(
            FakeWorkspace(["s1": [.sample("b1")]]), token: "t2", state: state)
        session.recallAudiences()
        #expect(session.audiences.count == 3)
        await pass(.seconds(1))
        _ = await clock.run { await session.run(SourceFile(name: "x", text: "get(\"b1\")"), as: .file) }
        #expect(session.audiences.matches(prefix: "").map(\.id) == ["b1"])
        state.close()
        #expect(recalled().map(\.id) == ["b1"])
    }

    // MARK: A comfort

    @Test func `no file is made for it`() async throws {
        let place = try StateFolder()
        let state = place.open()
        let session = session(FakeWorkspace(count: 1), state: state)
        session.recallAudiences()
        _ = await clock.run { await session.run(SourceFile(name: "x", text: "get(\"a1\")"), as: .file) }
        #expect(session.audiences.count == 1)
        #expect(!FileManager.default.fileExists(atPath: place.file))
    }

    @Test func `a file that cannot be used fails no read`() async throws {
        for statement in ["PRAGMA user_version = 999", "DROP TABLE index_audience"] {
            let queue = try DatabaseQueue(path: folder.file)
            try await queue.write { try $0.execute(sql: statement) }
            try queue.close()
            let report = try await run("list() | count", on: FakeWorkspace(count: 2))
            #expect(report.error == nil)
            #expect(recalled().isEmpty)
            let reset = try DatabaseQueue(path: folder.file)
            try await reset.write { try $0.execute(sql: "PRAGMA user_version = \(Schema.version)") }
            try reset.close()
        }
    }

    @Test func `the token is masked in names, as everywhere in the file`() async throws {
        let fake = FakeWorkspace(["s1": [.sample("a1", name: "my sgp_secret list")]])
        try await run("list() | count", on: fake)
        #expect(recalled().map(\.name) == ["my **** list"])
        let bytes = try FileBytes.read(folder.file) + ((try? FileBytes.read(folder.file + "-wal")) ?? [])
        #expect(bytes.contains("my **** list".utf8))
        #expect(!bytes.contains("sgp_secret".utf8))
    }

    // MARK: Bounds

    @Test func `a space and the file have bounds, and what was used longest ago goes first`() throws {
        let state = folder.open()
        defer { state.close() }
        let origin = IndexTable.Origin(host: "h", profile: "p", token: "t")
        func entry(_ number: Int, _ space: String) -> AudienceIndex.Entry {
            .init(id: "a\(number)", spaceID: space, key: nil, name: nil, seen: Int64(number))
        }
        let most = KnownAudiences.mostInSpace
        var news = IndexNews()
        news.spaces["s1"] = .init(entries: (0..<most + 2).map { entry($0, "s1") })
        try state.write { [news] in try IndexTable(database: $0).save(news, of: origin) { $0 } }
        let ids = try state.read { try Set(String.fetchAll($0, sql: "SELECT id FROM index_audience")) }
        #expect(ids.count == most)
        #expect(!ids.contains("a0") && !ids.contains("a1") && ids.contains("a2"))

        for number in 0..<IndexTable.mostSpaces {
            var news = IndexNews()
            news.spaces["t\(number)"] = .init(entries: [entry(most * 2 + number, "t\(number)")])
            let origin = IndexTable.Origin(host: "h\(number)", profile: "p", token: "t")
            try state.write { [news] in try IndexTable(database: $0).save(news, of: origin) { $0 } }
        }
        let spaces = try state.read { try Set(String.fetchAll($0, sql: "SELECT space FROM index_space")) }
        #expect(spaces == Set((0..<IndexTable.mostSpaces).map { "t\($0)" }))
        #expect(try state.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM index_audience") } == 32)
        #expect(try state.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM index_origin") } == 32)
    }

    // MARK: The file of before

    @Test func `a file of the version before keeps its rows and gets the index`() async throws {
        let place = try StateFolder()
        let queue = try DatabaseQueue(path: place.file)
        try await queue.write { database in
            try Schema.migrate(database, to: 3)
            try database.execute(
                sql: """
                    INSERT INTO history (profile, mode, text, time, duration, outcome)
                    VALUES ('p', 'live', 'list() | count', 5, 1500, 'done');
                    INSERT INTO runs VALUES (7, 'apply', 'p1', 'https://h', 'p', 'x.aud', 0, 0, 5, 9, 'done', 1, 'b', 2,
                        3, 0, NULL);
                    INSERT INTO calls (run, number, verb, space, audience, before, after, source, policy, status)
                    VALUES (7, 1, 'disable', 's1', 'a1', 'true', 'false', 'x.aud:1', 'stop', 'done');
                    """)
        }
        #expect(try await queue.read { try Schema.version(of: $0) } == 3)
        try queue.close()
        let state = place.open()
        #expect(try state.history(profile: "p").map(\.text) == ["list() | count"])
        #expect(try state.runs().map(\.number) == [7])
        #expect(try state.calls(of: 7).map(\.status) == [.done])
        #expect(try state.read { try Schema.version(of: $0) } == Schema.version)
        let session = session(FakeWorkspace(count: 2), state: state)
        _ = await clock.run { await session.run(SourceFile(name: "x", text: "list() | count"), as: .file) }
        state.close()
        #expect(try place.open().index(host: "https://h", profile: "p")?.entries.count == 2)
    }
}
