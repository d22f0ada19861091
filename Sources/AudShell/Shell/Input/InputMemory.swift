// What is known of the text in the editor. The editor asks for its status, its colours and its hint one after the other,
// and again at the next key that only moves the cursor: the text is read once.

internal import AudLanguage
internal import Synchronization

final class InputMemory: Sendable {
    private struct State {
        var source: StatementSource
        var result: (mode: SourceMode, result: ParseResult)?
        var words: InputText?
    }

    private let state = Mutex<State?>(nil)

    /// The text as the parser sees it.
    func parsed(_ text: String) -> (mode: SourceMode, result: ParseResult) {
        with(text) { state in
            if let result = state.result { return result }
            let result = state.source.parsed()
            state.result = result
            return result
        }
    }

    /// The text as colours and hints see it.
    func words(_ text: String) -> InputText {
        with(text) { state in
            if let words = state.words { return words }
            let words = InputText(state.source.lexer)
            state.words = words
            return words
        }
    }

    private func with<Answer: Sendable>(_ text: String, _ body: (inout State) -> Answer) -> Answer {
        state.withLock { state in
            if state?.source.text != text { state = nil }
            var known = state ?? State(source: StatementSource(text))
            // Held once only, so that nothing is copied.
            state = nil
            defer { state = known }
            return body(&known)
        }
    }
}
