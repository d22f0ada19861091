import AudRuntime
import SegmentAudiences
import Testing

@testable import AudShell

@Suite("Notices of limits that others use up")
struct LimitNoticeTests {
    private func notices(_ holders: [(process: Int32?, purpose: String?, calls: Int)], next: Int64 = 40) -> [String] {
        let status = BucketStatus(
            bucket: .update, limit: Limit(count: 10, window: .seconds(60)), proposed: nil,
            used: holders.reduce(0) { $0 + $1.calls }, inFlight: 0,
            nextFree: BootInstant(sinceBoot: .seconds(100 + next)), blockedUntil: nil,
            holders: holders.map { CallHolder(process: $0.process, purpose: $0.purpose, calls: $0.calls, inFlight: 0) })
        let report = LimitReport(buckets: [status], now: BootInstant(sinceBoot: .seconds(100)))
        return LimitNotice.all(in: report, process: 7).map(\.text)
    }

    @Test("others that hold four fifths are named, and when the next call can be sent")
    func crowded() {
        #expect(
            notices([(9, "stale.aud", 8)]) == [
                "stale.aud [9] holds 8 of 10 update calls; the next can be sent in about 40 s"
            ])
        #expect(
            notices([(9, "a", 4), (nil, nil, 5)], next: 0) == [
                "a [9], others hold 9 of 10 update calls; the next can be sent at once"
            ])
    }

    @Test("one's own calls and a few of others are no news")
    func quiet() {
        #expect(notices([(7, "shell", 10)]) == [])
        #expect(notices([(9, "a", 7), (7, "shell", 3)]) == [])
        #expect(notices([]) == [])
    }
}
