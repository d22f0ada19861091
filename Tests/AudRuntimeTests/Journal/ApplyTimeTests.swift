// How long an apply takes: what its bill says. The reads before the changes cost no time, and are fresh.

import AudLanguage
import AudTesting
import HTTPTypes
import SegmentAudiences
import Synchronization
import Testing

@testable import AudRuntime

struct ApplyTimeTests {
    private struct Sent: Sendable {
        var method: String
        var id: String
        var at: Duration
    }

    /// Answers after a tenth of a second, and keeps the times.
    private final class SlowTransport: HTTPTransport {
        let clock: VirtualClock
        let inner: FakeTransport
        let log = Mutex<[Sent]>([])

        init(_ clock: VirtualClock, _ workspace: FakeWorkspace) {
            self.clock = clock
            inner = FakeTransport(workspace: workspace)
        }

        func send(
            _ request: HTTPRequestMessage, timeout: Duration
        ) async throws(TransportError) -> HTTPResponseMessage {
            let id = String(request.url.split(separator: "/").last ?? "")
            log.withLock { $0.append(Sent(method: request.method.rawValue, id: id, at: clock.elapsed)) }
            try? await clock.sleep(for: .milliseconds(100))
            return try await inner.send(request, timeout: timeout)
        }

        func shutdown() async {}
    }

    @Test(arguments: [("disable", 137, 13.4), ("remove", 137, 6.4)])
    func `137 changes take the time of the bill, and each audience is read shortly before`(
        verb: String, count: Int, minutes: Double
    ) async throws {
        let clock = VirtualClock()
        let fake = FakeWorkspace(["s1": (1...count).map { Audience.sample("a\($0)") }])
        let transport = SlowTransport(clock, fake)
        let token = try #require(APIToken("any"))
        let service = AudienceService(
            configuration: ServiceConfiguration(token: token), transport: transport, time: clock
        )
        let session = Session(
            workspace: Workspace(aliases: ["prod": "s1"], defaultSpace: "prod") { Connection(service) },
            options: SessionOptions(caps: Caps(maxChanges: 200)), output: RecordingOutput(), time: clock,
            state: try StateFolder().open()
        )
        let (bill, report) = try await clock.run {
            _ = await session.run(SourceFile(name: "s", text: "list() | \(verb)"), as: .file)
            let bill = try await session.bill()
            return (bill, await session.apply())
        }
        #expect(report.counts[.done] == count)
        let billed = bill.duration / .seconds(1)
        let took = report.duration / .seconds(1)
        #expect(abs(took - billed) <= billed * 0.02, "took \(took) s, billed \(billed) s")
        #expect(took < minutes * 60)
        let log = transport.log.withLock { $0 }
        for change in log where change.method != "GET" {
            let read = try #require(log.last { $0.method == "GET" && $0.id == change.id && $0.at <= change.at })
            #expect(change.at - read.at <= .seconds(3), "\(change.id)")
        }
    }
}
