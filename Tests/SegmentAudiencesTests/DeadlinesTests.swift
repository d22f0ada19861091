import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import SegmentAudiences

/// One timer for all answers under way ends each at its own moment, and none that was over in time.
@Suite struct DeadlinesTests {
    private final class Ended: Sendable {
        private let names = Mutex<[String]>([])
        func note(_ name: String) { names.withLock { $0.append(name) } }
        var all: [String] { names.withLock { $0.sorted() } }
    }

    @Test func eachEndsAtItsMoment() async {
        let (loop, deadlines, ended) = (NIOAsyncTestingEventLoop(), Deadlines(), Ended())
        func add(_ name: String, _ seconds: Int64) -> Int {
            deadlines.add(.uptimeNanoseconds(0) + .seconds(seconds), on: loop) { ended.note(name) }
        }
        _ = add("60", 60)
        let removed = add("61", 61)
        _ = add("70", 70)
        // Earlier than the timer that is set.
        _ = add("10", 10)
        await loop.advanceTime(by: .seconds(9))
        #expect(ended.all == [])
        await loop.advanceTime(by: .seconds(1))
        #expect(ended.all == ["10"])
        deadlines.remove(removed)
        await loop.advanceTime(by: .seconds(50))
        #expect(ended.all == ["10", "60"])
        await loop.advanceTime(by: .seconds(9))
        #expect(ended.all == ["10", "60"])
        await loop.advanceTime(by: .seconds(1))
        #expect(ended.all == ["10", "60", "70"])
        // With nothing left there is no timer, and the next one sets its own.
        await loop.advanceTime(by: .seconds(100))
        _ = add("200", 200)
        await loop.advanceTime(by: .seconds(30))
        #expect(ended.all == ["10", "200", "60", "70"])
        await loop.shutdownGracefully()
    }
}
