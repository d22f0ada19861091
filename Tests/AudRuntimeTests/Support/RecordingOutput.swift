// Keeps what a session says.

import AudLanguage
import AudRuntime
import Synchronization

final class RecordingOutput: Output {
    private struct State {
        var lines: [String] = []
        var shown: [Value] = []
        var notices: [String] = []
        var questions: [String] = []
        var progress: [Progress] = []
        var isProgressOver = false
    }

    private let state = Mutex(State())
    private let answer: Bool?

    /// - Parameter answer: what a person says to every question; nil: there is nobody.
    init(answer: Bool? = nil) {
        self.answer = answer
    }

    var lines: [String] { state.withLock { $0.lines } }
    var shown: [Value] { state.withLock { $0.shown } }
    var notices: [String] { state.withLock { $0.notices } }
    var questions: [String] { state.withLock { $0.questions } }
    var progress: [Progress] { state.withLock { $0.progress } }
    /// Whether the last thing that was said of progress is that it is over.
    var isProgressOver: Bool { state.withLock { $0.isProgressOver } }

    func print(_ line: String) {
        state.withLock { $0.lines.append(line) }
    }

    func show(_ value: Value, as format: String?, statement: Bool) {
        state.withLock { $0.shown.append(value) }
    }

    func notice(_ notice: Notice) {
        let text =
            switch notice {
            case .warning(let diagnostic): diagnostic.message
            case .incompleteListing(let text): text
            case .progress(let progress): note(progress)
            }
        guard let text else { return }
        state.withLock { $0.notices.append(text) }
    }

    private func note(_ progress: Progress?) -> String? {
        state.withLock { state in
            state.isProgressOver = progress == nil
            if let progress { state.progress.append(progress) }
        }
        return nil
    }

    func confirm(_ question: String) async -> Bool? {
        state.withLock { $0.questions.append(question) }
        return answer
    }
}
