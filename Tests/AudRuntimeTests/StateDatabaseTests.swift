// The state file: private, shared by processes, and clear about what is wrong with it.

import AudLanguage
import Dispatch
import GRDB
import Synchronization
import Testing

@testable import AudRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

struct StateDatabaseTests {
    /// Runs a test with a fresh folder.
    private func withFolder(_ body: (_ path: String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/aud-state-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func `naming a database touches no disk`() throws {
        try withFolder { folder in
            let database = StateDatabase(path: folder + "/deep/state.sqlite")
            #expect(!FileManager.default.fileExists(atPath: folder + "/deep"))
            _ = try database.history(profile: "default")
            #expect(try mode(folder + "/deep") == 0o700)
            for name in ["state.sqlite", "state.sqlite-wal", "state.sqlite-shm"] {
                #expect(try mode("\(folder)/deep/\(name)") == 0o600, "\(name)")
            }
        }
    }

    @Test func `a statement is there before it has ended, and completed after`() throws {
        try withFolder { folder in
            let database = StateDatabase(path: folder + "/state.sqlite")
            let first = try database.beginStatement(profile: "default", mode: .dryRun, text: "list()", at: 5)
            try database.endStatement(first, duration: .milliseconds(3), outcome: "done")
            _ = try database.beginStatement(profile: "default", mode: .live, text: "while true {\n}", at: 6)
            _ = try database.beginStatement(profile: "eu", mode: .live, text: "1", at: 7)
            database.close()

            let entries = try StateDatabase(path: folder + "/state.sqlite").history(profile: "default")
            #expect(entries.map(\.text) == ["list()", "while true {\n}"])
            #expect(entries.map(\.duration) == [.milliseconds(3), nil])
            #expect(entries.map(\.outcome) == ["done", nil])
            #expect(entries.map(\.mode) == ["dry run", "live"])
        }
    }

    @Test func `whoever closes the file ends no call of another thread`() throws {
        try withFolder { folder in
            let database = StateDatabase(path: folder + "/state.sqlite")
            let rounds = 40
            let failures = Mutex<[String]>([])
            let working = Mutex(3)
            DispatchQueue.concurrentPerform(iterations: 4) { worker in
                guard worker > 0 else {
                    while working.withLock({ $0 > 0 }) { database.close() }
                    return
                }
                defer { working.withLock { $0 -= 1 } }
                for round in 0..<rounds {
                    do {
                        let profile = "p\(worker)"
                        let statement = try database.beginStatement(
                            profile: profile, mode: .dryRun, text: "\(round)", at: Int64(round))
                        try database.endStatement(statement, duration: .zero, outcome: "done")
                        _ = try database.history(profile: profile)
                    } catch {
                        failures.withLock { $0.append("\(error)") }
                    }
                }
            }
            #expect(failures.withLock { $0 } == [])
            for worker in 1..<4 {
                let entries = try database.history(profile: "p\(worker)")
                #expect(entries.map(\.text) == (0..<rounds).map { "\($0)" })
                #expect(entries.allSatisfy { $0.outcome == "done" })
            }
        }
    }

    @Test func `of a long history the last entries come, oldest first`() throws {
        try withFolder { folder in
            let database = StateDatabase(path: folder + "/state.sqlite")
            for number in 1...20 {
                _ = try database.beginStatement(profile: "p", mode: .dryRun, text: "\(number)", at: Int64(number))
            }
            #expect(try database.history(profile: "p", limit: 3).map(\.text) == ["18", "19", "20"])
        }
    }

    @Test func `of a history that grows too long the oldest statements of its profile are dropped`() throws {
        try withFolder { folder in
            let database = StateDatabase(path: folder + "/state.sqlite")
            for number in 1...21 {
                let profile = number == 1 ? "other" : "p"
                _ = try database.beginStatement(profile: profile, mode: .dryRun, text: "\(number)", at: 0)
            }
            // Twenty are not a tenth more than nineteen.
            try database.pruneHistory(profile: "p", keeping: 19)
            #expect(try database.history(profile: "p").count == 20)
            try database.pruneHistory(profile: "p", keeping: 18)
            #expect(try database.history(profile: "p").map(\.text) == (4...21).map(String.init))
            #expect(try database.history(profile: "other").map(\.text) == ["1"])
        }
    }

    @Test(arguments: 0..<10)
    func `processes that open a new file together write side by side and lose nothing`(round: Int) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/aud-state-\(UInt64.random(in: .min ... .max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/state.sqlite"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let database = StateDatabase(path: path)
                    for number in 0..<25 {
                        let id = try database.beginStatement(
                            profile: "p", mode: .dryRun, text: "\(writer):\(number)", at: 0
                        )
                        try database.endStatement(id, duration: .zero, outcome: "done")
                    }
                }
            }
            try await group.waitForAll()
        }
        let entries = try StateDatabase(path: path).history(profile: "p")
        #expect(Set(entries.map(\.text)).count == 100)
        #expect(entries.allSatisfy { $0.outcome == "done" })
    }

    @Test func `a file of a newer version is left alone`() throws {
        try withFolder { folder in
            let path = folder + "/state.sqlite"
            _ = try StateDatabase(path: path).history(profile: "p")
            let queue = try DatabaseQueue(path: path)
            try queue.write { try $0.execute(sql: "PRAGMA user_version = 999") }
            try queue.close()
            let error = try #require(throws: StateError.self) { try StateDatabase(path: path).history(profile: "p") }
            #expect(error.message == "the state file \(path) was written by a newer version of aud")
        }
    }

    @Test func `a damaged file is named, with what to do`() throws {
        try withFolder { folder in
            let path = folder + "/state.sqlite"
            try Data(repeating: 0x41, count: 4096).write(to: URL(fileURLWithPath: path))
            let error = try #require(throws: StateError.self) { try StateDatabase(path: path).history(profile: "p") }
            #expect(error.message.contains("damaged"))
            #expect(error.help?.contains("--state") == true)
            #expect(error.diagnostic.code == .stateUnusable)
        }
    }

    @Test func `a disk that fails is told, with what to look at`() throws {
        try withFolder { folder in
            let path = folder + "/state.sqlite"
            let error = try #require(throws: StateError.self) {
                try StateDatabase(path: path).write { _ in
                    throw DatabaseError(resultCode: .SQLITE_IOERR_WRITE, message: "disk I/O error")
                }
            }
            #expect(error.message == "the state file \(path) could not be read or written: disk I/O error")
            #expect(
                error.help == "look at the disk, its quota and the limit on the size of files (`ulimit -f`), "
                    + "or name another with --state FILE")
        }
    }

    @Test func `a path that cannot be a file is refused`() throws {
        try withFolder { folder in
            let isFolder = try #require(throws: StateError.self) {
                try StateDatabase(path: folder).history(profile: "p")
            }
            #expect(isFolder.message.contains(folder))
            try Data().write(to: URL(fileURLWithPath: folder + "/file"))
            let below = try #require(throws: StateError.self) {
                try StateDatabase(path: folder + "/file/state.sqlite").history(profile: "p")
            }
            #expect(below.message.contains("\(folder)/file"))
            #expect(below.help?.contains("--state FILE") == true)
        }
    }

    @Test func `a write is on the disk when it returns; one of the ledger need not be`() throws {
        try withFolder { folder in
            let database = StateDatabase(path: folder + "/state.sqlite")
            let level: @Sendable (Database) throws -> Int? = { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
            var levels = [try database.write(level), try database.writeUnsynced(level), try database.write(level)]
            #expect(throws: StateError.self) {
                try database.writeUnsynced { try $0.execute(sql: "INSERT INTO nowhere VALUES (1)") }
            }
            levels.append(try database.write(level))
            // 2 is FULL, 1 is NORMAL.
            #expect(levels == [2, 1, 2, 2])
        }
    }

    @Test func `a file that others could read is closed to them`() throws {
        try withFolder { folder in
            let path = folder + "/state.sqlite"
            _ = try StateDatabase(path: path).history(profile: "p")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            _ = try StateDatabase(path: path).history(profile: "p")
            #expect(try mode(path) == 0o600)
        }
    }
}
