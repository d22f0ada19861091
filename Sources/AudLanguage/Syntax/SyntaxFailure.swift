/// Why a statement could not be read. It is thrown up to the nearest list of statements, which goes on behind it.
///
/// It is boxed: every call on the way keeps room for it on the stack, and the parser recurses.
struct SyntaxFailure: Error {
    private indirect enum Box {
        case failure(Diagnostic?, isAtEnd: Bool)
    }

    private let box: Box

    init(_ diagnostic: Diagnostic?, isAtEnd: Bool = false) { box = .failure(diagnostic, isAtEnd: isAtEnd) }

    /// What to report; nil when the lexer already has, or another message says it.
    var diagnostic: Diagnostic? {
        switch box {
        case .failure(let diagnostic, _): diagnostic
        }
    }

    /// Whether the text ends where more was expected: another line could make it right.
    var isAtEnd: Bool {
        switch box {
        case .failure(_, let isAtEnd): isAtEnd
        }
    }
}
