// A process that is killed at any step of an apply leaves a run that another one completes: every audience ends changed,
// and nothing is sent a second time unless a read showed that it had not happened.

import AudLanguage
import AudSandbox
import GRDB
import SegmentAudiences
import Synchronization
import Testing

@testable import AudRuntime

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

@Suite(.serialized)
struct CrashTests {
    private static let count = 30
    private static let removeAll = "list() | remove"

    /// Where a process dies: at a step of its own, or when the server has done a change and answers it.
    enum Step: String, CaseIterable, Sendable {
        case beforeIntent, afterIntent, afterSend, afterAnswer, afterOutcome
    }

    @Test(arguments: Step.allCases)
    func `one by one, killed at every call, a run is completed and nothing is sent blindly`(step: Step) async throws {
        for call in 1...Self.count { try await killAndResume(step, call, limited: true) }
    }

    @Test(arguments: Step.allCases)
    func `in groups, a run is completed and nothing is sent blindly`(step: Step) async throws {
        for call in [1, 2, 16, 29, 30] { try await killAndResume(step, call, limited: false) }
    }

    private func killAndResume(_ step: Step, _ call: Int, limited: Bool) async throws {
        let folder = Mutex<StateFolder?>(nil)
        let removals = Mutex(0)
        try await SandboxBench.with(
            count: Self.count,
            { options in
                options.onRequest = { request in
                    guard step == .afterSend, request.method == "DELETE" else { return }
                    let number = removals.withLock { number in
                        number += 1
                        return number
                    }
                    // The change is made, and nobody was answered yet.
                    if number == call, let owner = try? folder.withLock({ $0 })?.open().run(1)?.owner.pid {
                        kill(owner, SIGKILL)
                    }
                }
            }
        ) { bench in
            folder.withLock { $0 = bench.folder }
            // In a group no step comes after the outcome of one call: the last one ends by itself.
            let killed = try await DyingProcess.run(
                bench, Self.removeAll, limited: limited, step: step.rawValue, call: call
            )
            #expect(killed || (!limited && step == .afterOutcome), "\(step) \(call)")

            let before = try #require(try bench.folder.open().run(1))
            #expect(before.counts.values.reduce(0, +) == Self.count)
            if killed {
                #expect(before.state == .interrupted)
                let report = try await bench.session().resume(1)
                #expect(report.error == nil)
                #expect(report.counts[.done] == Self.count, "\(step) \(call)")
                #expect(report.exitCode == .done)
                #expect(!report.canResume)
            }
            #expect(bench.sandbox.snapshot(bench.space).isEmpty)

            let database = bench.folder.open()
            #expect(try #require(try database.run(1)).state == .done)
            let calls = try database.calls(of: 1)
            #expect(calls.map(\.outcome) == Array(repeating: .done, count: Self.count))
            let banked = try database.banked(by: 1)
            #expect(banked.map(\.call) == Array(1...Self.count))
            for (entry, bank) in zip(calls, banked) {
                #expect(bank.audience.contains("\"id\":\"\(entry.call.id)\""))
                #expect(bench.sendsNothingBlindly(entry.call.id), "\(step) \(call): \(bench.log(of: entry.call.id))")
                // Each intent led to one request at most, and each request had an intent.
                let sent = bench.log(of: entry.call.id).count { $0 == "DELETE" }
                #expect((max(1, entry.attempts - 1)...entry.attempts).contains(sent), "\(step) \(call)")
            }
        }
    }

    private func moveLogIntoFile(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try queue.close()
    }

    @Test func `a torn write-ahead log is cut back to whole entries`() async throws {
        try await SandboxBench.with(count: 5) { bench in
            let isKilled = try await DyingProcess.run(bench, Self.removeAll, limited: true, step: "afterSend", call: 0)
            #expect(!isKilled)
            try moveLogIntoFile(bench.folder.file)
            for number in 6...9 {
                bench.sandbox.insert(
                    SandboxAudience(id: "aud_\(number)", spaceID: bench.space, name: "Audience \(number)")
                )
            }
            // The run is begun in a whole file; what it writes later is in the log.
            #expect(
                try await DyingProcess.run(bench, Self.removeAll, limited: true, step: "afterAnswer", call: 4))
            let main = try FileBytes.read(bench.folder.file)
            let log = try FileBytes.read(bench.folder.file + "-wal")
            #expect(log.count > 8 * 4096)
            var earlier = 0
            for end in stride(from: 0, through: log.count, by: 512) {
                let torn = try StateFolder()
                try FileBytes.write(main, to: torn.file)
                try FileBytes.write(Array(log.prefix(end)), to: torn.file + "-wal")
                let database = torn.open()
                // The first run was closed before, and is never lost.
                #expect(try database.run(1)?.state == .done, "\(end)")
                guard let run = try database.run(2) else {
                    #expect(earlier == 0)
                    continue
                }
                #expect(run.state == .interrupted)
                let calls = try database.calls(of: 2)
                #expect(calls.count == 4, "\(end)")
                // Outcomes come in order, one intent at a time, and a longer log never knows less.
                let done = calls.prefix { $0.status == .done }.count
                #expect(calls.dropFirst(done).allSatisfy { $0.status == nil })
                #expect(calls.dropFirst(done + 1).allSatisfy { $0.intent == nil })
                #expect(done >= earlier)
                earlier = done
                database.close()
            }
            #expect(earlier == 3)
        }
    }
}
