// The reading client cannot change anything: by its type, and in a long random run against a hostile server.

import AudTesting
import HTTPTypes
import SegmentAudiences
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ReadingClientTests {
    private let clock = VirtualClock()

    @Test("It is no writer and holds none that a cast could reach")
    func types() throws {
        let reading = try service(clock, ScriptedTransport(clock, [.audience()])).reading
        #expect(!((reading as Any) is any AudienceWriting))
        var parts: [Any] = [reading]
        var seen = 0
        while let part = parts.popLast(), seen < 200 {
            seen += 1
            #expect(!(part is any AudienceWriting), "\(type(of: part))")
            parts += Mirror(reflecting: part).children.map(\.value)
        }
        #expect(seen > 3)
    }

    @Test("Whatever the server answers, all it ever sends is GET")
    func onlyReads() async throws {
        var random = SplitMix(7)
        let odd: [Step] = [
            .audience(), .page(["a"], next: "1"), .removed, .error(409), .error(500), .drop, .refuse, .answer(405),
            .error(307, headers: [.location: "/spaces/s/audiences/a"]), .answer(200, body: "<html>"), .error(404),
            .tooMany(milliseconds: 5),
        ]
        let steps = (0..<400).compactMap { _ in odd.randomElement(using: &random) }
        let server = ScriptedTransport(clock, steps)
        let client = try service(clock, server) { $0.limits = .unlimited }.reading
        await clock.run {
            for number in 0..<60 {
                _ = try? await client.get("a\(number)", in: "s")
                _ = try? await client.page(of: "s", after: number % 2 == 0 ? nil : "x")
                _ = try? await client.settleUpdate(enabled: true, id: "a", in: "s")
                _ = try? await client.settleRemoval(of: "a", in: "s")
            }
        }
        #expect(server.records.count > 240)
        #expect(server.records.allSatisfy { $0.request.method == .get && $0.request.body.isEmpty })
    }
}
