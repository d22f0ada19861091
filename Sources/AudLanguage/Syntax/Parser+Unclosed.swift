/// Blocks that the text never closes. Such a block would take all statements behind it along; where their indentation says
/// that it was meant to be over, they are read as if it were.
extension Parser {
    /// A block that is not closed, and the token at which its statement was meant to be over.
    struct Unclosed {
        var brace: Token
        var next: Int
    }

    /// The unclosed block of the statement that begins at `start` and failed at the end of the text; nil where there is
    /// none, or where the indentation does not tell.
    func unclosedBlock(from start: Int) -> Unclosed? {
        let margin = indentation(of: tokens[start])
        var open: [(token: Token, indentation: Int)] = []
        var suspect: Token?
        var line = margin
        for place in start..<tokens.count - 1 {
            let token = tokens[place]
            if token.startsLine, place > start {
                line = indentation(of: token)
                if !open.isEmpty, line <= margin, mayGoOn(at: place, isFlat: isFlat(open[0].token, margin)) {
                    let brace = suspect ?? open.last { $0.token.kind == .leftBrace }?.token
                    return brace.map { Unclosed(brace: $0, next: place) }
                }
            }
            switch token.kind {
            case .leftParen, .leftBracket, .leftBrace: open.append((token, line))
            case .rightParen, .rightBracket, .rightBrace:
                guard let opened = open.popLast() else { return nil }
                // The first `}` that closes a block of another depth is the one that was meant for an outer block.
                if token.kind == .rightBrace, token.startsLine, opened.token.kind == .leftBrace,
                    line < opened.indentation
                {
                    suspect = suspect ?? opened.token
                }
            default: break
            }
        }
        return nil
    }

    /// Whether a text is not indented, so that only declarations tell where a block was meant to be over.
    private func isFlat(_ opener: Token, _ margin: Int) -> Bool {
        guard let place = tokens.firstIndex(where: { $0.start > opener.start }) else { return false }
        return tokens[place].startsLine && indentation(of: tokens[place]) <= margin
    }

    /// Whether a line may be that of a statement behind a block.
    private func mayGoOn(at place: Int, isFlat: Bool) -> Bool {
        switch tokens[place].kind {
        case .fn, .use: true
        case .rightParen, .rightBracket, .rightBrace, .return, .break, .continue: false
        // They go on with the statement.
        case .pipe, .else, .catch, .then, .and, .or, .coalesce, .optionalDot: false
        default: !isFlat
        }
    }

    /// Notes the block and goes on behind it. What was read there before, as a part of the block, is read anew.
    func goOn(behind unclosed: Unclosed, start: Int, openBefore: Int) {
        let openTexts = describeOpen(from: start)
        let end = tokens[unclosed.next].start
        let line = file.line(at: end)
        log.forget(from: end, and: span(unclosed.brace), asOf: logBefore)
        lost.removeAll { $0.lowerBound >= end }
        unfinished.removeAll { $0.span.end > end }
        open.removeLast(max(0, open.count - openBefore))
        index = unclosed.next
        let isOnlyError = log.count == logBefore.count
        let failure = fail(
            .unexpectedToken, "this `{` is not closed", at: span(unclosed.brace),
            notes: ["line \(line) is indented as if it were"])
        let skipped = tokens[start].start..<previousEnd
        log.add(SyntaxFailure(isOnlyError ? failure.diagnostic : nil, isAtEnd: true), skipped: skipped, open: openTexts)
        lose(skipped)
        if max(log.count, log.failureCount) >= Self.maximumErrors { index = tokens.count - 1 }
    }
}
