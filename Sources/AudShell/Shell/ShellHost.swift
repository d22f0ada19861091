// The shell's side of the editor: whether a statement is complete, what Tab offers, how the text looks and what could
// follow. Called on the terminal's thread, so everything here is in memory, but for files and runs where Tab asks for them.

internal import AudLanguage
internal import AudRuntime
internal import Synchronization

package struct ShellHost: EditorHost {
    private let context: @Sendable () -> CompletionContext
    private let running: RunningStatement
    private let scope: LatestScope
    private let theme: Theme
    private let memory = InputMemory()

    /// A longer text is data, and is drawn plain: a line of 1 MB has up to a million tokens, which would take longer to
    /// colour at each key than to draw.
    private static let longest = 100_000

    /// - Parameters:
    ///   - running: the statement of the shell that this is the host for.
    ///   - scope: what the session holds.
    ///   - theme: how roles look.
    ///   - context: what completion knows now.
    package init(
        running: RunningStatement = RunningStatement(), scope: LatestScope = LatestScope(), theme: Theme = .plain,
        context: @escaping @Sendable () -> CompletionContext
    ) {
        self.running = running
        self.scope = scope
        self.theme = theme
        self.context = context
    }

    package func statementBegins() {
        running.open()
    }

    package func status(of text: String) -> StatementStatus {
        if Self.isCommand(text) { return .complete }
        if HelpTopic.isOnOperator(text), !names.session.contains("help") { return .complete }
        switch memory.parsed(text).result.completeness {
        case .complete: return .complete
        case .invalid: return .hopeless
        case .incomplete(let open): return .incomplete(indent: Self.indent(open), open: open.last ?? "")
        }
    }

    package func complete(_ text: String, at cursor: Int) -> Completion {
        Completer(context()).complete(text, at: cursor)
    }

    // MARK: Looks

    package func style(_ text: String, cursor: Int?) -> [StyledRun] {
        guard text.utf8.count <= Self.longest else { return [] }
        let names = names
        if let runs = shellWords(text, cursor: cursor, names: names) { return runs }
        let input = memory.words(text)
        // A byte-order mark is no part of what the lexer counts.
        guard input.byteCount == text.utf8.count else { return [] }
        let words = InputWords(input, names: names, cursor: cursor)
        var runs = runs(of: words, comments: input.comments)
        if let cursor, let place = words.text.bracket(at: cursor), let partner = words.text.partner(of: place) {
            for bracket in [place, partner] { mark(words.text.tokens[bracket].bytes, in: &runs) }
        }
        return runs
    }

    private func runs(of words: InputWords, comments: [Token]) -> [StyledRun] {
        var runs: [StyledRun] = []
        var rest = comments[...]
        func add(_ token: Token, _ role: InputRole) {
            let style = theme.style(of: role)
            if style != .plain { runs.append(StyledRun(token.bytes, style)) }
        }
        for (token, role) in zip(words.text.tokens, words.roles) {
            while let comment = rest.first, comment.start < token.start { add(rest.removeFirst(), .comment) }
            add(token, role)
        }
        for comment in rest { add(comment, .comment) }
        return runs
    }

    private func mark(_ bytes: Range<Int>, in runs: inout [StyledRun]) {
        let place = runs.firstIndex { $0.range.lowerBound >= bytes.lowerBound } ?? runs.count
        if place < runs.count, runs[place].range == bytes {
            runs[place].style = theme.matched(runs[place].style)
        } else {
            runs.insert(StyledRun(bytes, theme.matched(.plain)), at: place)
        }
    }

    /// The first word of a colon command, of `help NAME` or of a word to leave; nil for what the language reads.
    private func shellWords(_ text: String, cursor: Int?, names: KnownNames) -> [StyledRun]? {
        let start = text.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
        let word = String(text.dropFirst(start).prefix { !$0.isWhitespace })
        let bytes = start..<start + word.utf8.count
        let role: InputRole
        if word.hasPrefix(":") {
            let name = String(word.dropFirst())
            let isTyped = cursor.map { bytes.lowerBound < $0 && $0 <= bytes.upperBound } ?? false
            let isKnown =
                ColonCommand.named(name) != nil || isTyped && ColonCommand.all.contains { $0.name.hasPrefix(name) }
            role = isKnown ? .command : .unknown
        } else {
            // Every key comes by here, and most texts are long and begin otherwise.
            guard KnownNames.shellWords.contains(word), !names.session.contains(word),
                word == "help"
                    ? HelpTopic.asked(by: text) != nil
                    : text.split(maxSplits: 1, whereSeparator: \.isWhitespace).count == 1
            else { return nil }
            role = .command
        }
        let style = theme.style(of: role)
        return style == .plain ? [] : [StyledRun(bytes, style)]
    }

    private var names: KnownNames {
        let context = context()
        return KnownNames(session: scope.value?.names ?? Set(context.names), library: context.library)
    }

    // MARK: Hints

    package func hint(for text: String) -> Hint? {
        guard text.utf8.count <= Self.longest else { return nil }
        if Self.isCommand(text) {
            return text.trimmed == ":apply" ? scope.value.flatMap { CostHint(scope: $0).ofPlan } : nil
        }
        let input = memory.words(text)
        // In a comment nothing of a statement is typed.
        guard !input.endsInComment else { return nil }
        if let call = OpenCall(input.tokens) { return call.hint(scope.value, context().library) }
        guard let scope = scope.value, input.tokens.hasChange else { return nil }
        let (_, result) = memory.parsed(text)
        guard result.completeness == .complete else { return nil }
        return CostHint(scope: scope).hint(for: result.statements)
    }

    /// Whether the text is a colon command.
    private static func isCommand(_ text: String) -> Bool { text.first { !$0.isWhitespace } == ":" }

    /// Two blanks for each open bracket, and for a statement that goes on otherwise.
    private static func indent(_ open: [String]) -> Int {
        if open.last == "\"\"\"" { return 0 }
        let brackets = open.count { ["(", "[", "{"].contains($0) }
        return 2 * max(1, min(brackets, 10))
    }
}

extension Token {
    /// Where it stands, as offsets of UTF-8.
    fileprivate var bytes: Range<Int> { Int(start)..<Int(end) }
}

extension InputTokens {
    /// Whether a word stands in the text that may change something.
    fileprivate var hasChange: Bool {
        tokens.indices.contains { kind($0) == .name && KnownNames.changes.contains(word($0)) }
    }
}
