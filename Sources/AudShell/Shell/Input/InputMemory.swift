// What is known of the text in the editor. The editor asks for its status, its colours and its hint one after the other,
// and again at the next key that only moves the cursor: the text is read once.

internal import AudLanguage
internal import Synchronization

final class InputMemory: Sendable {
    private struct State {
        var source: StatementSource
        var result: (mode: SourceMode, result: ParseResult)?
        var tokens: [Token]?
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

    /// The tokens of the text with its comments, and the bytes that they count.
    func tokens(_ text: String) -> (tokens: [Token], bytes: [UInt8]) {
        with(text) { state in
            let bytes = state.source.lexer.bytes
            if let tokens = state.tokens { return (tokens, bytes) }
            let tokens = state.source.lexer.tokensWhileTyping()
            state.tokens = tokens
            return (tokens, bytes)
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
