// Bounds a piece of work by a moment of the injected clock. The work is cancelled at that moment, and still answers: a
// world that is cancelled says what it has done and what it has not.

internal import AudLanguage
internal import SegmentAudiences

struct Deadline: Sendable {
    let moment: BootInstant
    let time: any TimeSource

    var isPast: Bool { time.now() >= moment }

    /// Raises a signal at the moment, unless it is cancelled before.
    func raise(_ signal: StopSignal) async {
        guard (try? await time.sleep(until: moment)) != nil else { return }
        signal.raise()
    }

    /// The answer of the work, which is cancelled when the moment comes first.
    func bound<Answer: Sendable>(_ work: @escaping @Sendable () async -> Answer) async -> Answer {
        let working = started(work)
        let alarm = started {
            if (try? await time.sleep(until: moment)) != nil { working.cancel() }
        }
        let answer = await withTaskCancellationHandler {
            await working.value
        } onCancel: {
            working.cancel()
        }
        alarm.cancel()
        return answer
    }
}
