// A text in the editor as far as neither the cursor nor the session matters.

internal import AudLanguage

struct InputText: Sendable {
    let tokens: InputTokens
    let comments: [Token]
    let bindings: BindingWords
    /// What the offsets of the tokens count.
    let byteCount: Int

    init(_ lexer: Lexer) {
        var words: [Token] = []
        var comments: [Token] = []
        for token in lexer.tokensWhileTyping() {
            if token.kind == .comment || token.kind == .docComment {
                comments.append(token)
            } else {
                words.append(token)
            }
        }
        tokens = InputTokens(words, in: lexer.bytes)
        bindings = BindingWords(tokens)
        self.comments = comments
        byteCount = lexer.bytes.count
    }

    /// Whether the text ends in a comment.
    var endsInComment: Bool { comments.last.map { Int($0.end) == byteCount } ?? false }
}
