// Bounds a piece of work by a moment of the injected clock. The work is cancelled at that moment, and still answers: a
// world that is cancelled says what it has done and what it has not.

internal import SegmentAudiences

struct Deadline: Sendable {
    let moment: BootInstant
    let time: any TimeSource

    var isPast: Bool { time.now() >= moment }

    /// The answer of the work, which is cancelled when the moment comes first.
    func bound<Answer: Sendable>(_ work: @escaping @Sendable () async -> Answer) async -> Answer? {
        await withTaskGroup(of: Answer?.self) { group in
            group.addTask { await work() }
            group.addTask {
                try? await time.sleep(until: moment)
                return nil
            }
            var answer: Answer?
            while let next = await group.next() {
                answer = answer ?? next
                group.cancelAll()
            }
            return answer
        }
    }
}
