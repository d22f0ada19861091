// `sleep` of a script, on the injected clock.

internal import AudLanguage
internal import SegmentAudiences

extension TimeSource {
    /// Waits, and answers true: time has passed.
    func answerAfter(_ microseconds: Int64) async -> Answer {
        do {
            try await sleep(until: now().advanced(by: .microseconds(max(0, microseconds))))
            return .value(.bool(true))
        } catch {
            return .failure(.interrupted)
        }
    }
}
