/// What went wrong in a text: at most one message for each statement, whoever found it.
///
/// The lexer has read the whole text before the parser starts. A failure behind one of its messages in the same
/// statement follows from it, and its messages in what a failure made the parser skip are noise.
struct SyntaxLog {
    private var lexical: [Diagnostic]
    private var found: [Diagnostic] = []
    /// How many statements could not be read, reported or not.
    private(set) var failureCount = 0
    private(set) var completeness = Completeness.complete

    /// `lexical` is sorted by place.
    init(lexical: [Diagnostic], file: SourceFile) {
        var lastLine = 0
        self.lexical = lexical.filter { diagnostic in
            let line = file.line(at: diagnostic.span?.start ?? 0)
            defer { lastLine = line }
            return line != lastLine
        }
        if !lexical.isEmpty { completeness = .invalid }
    }

    var count: Int { found.count }

    /// Notes that a statement could not be read. `skipped` is what the parser left out to go on.
    mutating func add(_ failure: SyntaxFailure, skipped: Range<UInt32>, open: [String]) {
        failureCount += 1
        let place = failure.diagnostic?.span?.start ?? skipped.lowerBound
        if completeness == .complete { completeness = failure.isAtEnd ? .incomplete(open: open) : .invalid }
        let first = firstLexical(from: skipped.lowerBound)
        // What is missing at the end comes behind every message of the lexer.
        let reach = max(place, failure.isAtEnd ? skipped.upperBound : skipped.lowerBound)
        if first < lexical.count, start(lexical[first]) <= reach { return }
        guard let diagnostic = failure.diagnostic else { return }
        found.append(diagnostic)
        lexical.removeSubrange(first..<firstLexical(from: skipped.upperBound))
    }

    /// Notes that a statement breaks a rule although it can be read. When the text ends there the rule may still come
    /// to be kept by another line.
    mutating func add(_ diagnostic: Diagnostic, isAtEnd: Bool) {
        found.append(diagnostic)
        if !isAtEnd, completeness == .complete { completeness = .invalid }
    }

    /// Takes back what was noted behind an offset since an earlier state, as that part of the text is read anew, and of the
    /// brace whose block made it so.
    mutating func forget(from offset: UInt32, and brace: Span, asOf before: SyntaxLog) {
        found = found.filter { start($0) < offset && $0.span != brace }
        lexical.removeSubrange(firstLexical(from: offset)...)
        lexical += before.lexical[before.firstLexical(from: offset)...]
        failureCount = before.failureCount
    }

    func sorted(limit: Int) -> [Diagnostic] {
        Array((lexical + found).sorted { start($0) < start($1) }.prefix(limit))
    }

    private func start(_ diagnostic: Diagnostic) -> UInt32 { diagnostic.span?.start ?? 0 }

    /// The place of the first message of the lexer at or behind an offset. O(log n).
    private func firstLexical(from offset: UInt32) -> Int {
        var low = 0
        var high = lexical.count
        while low < high {
            let middle = (low + high) / 2
            if start(lexical[middle]) < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
