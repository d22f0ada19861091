/// The statements of a session as a script that runs: what `:save` writes.
///
/// A prompt allows what a file does not. A line may go on with the last value, `_` and `_1` stand for values, and a name
/// may be given again. Here such values get names, and a name that was given again later gets another one, in every place
/// that means it. What cannot be written so (a name of a record pattern, a module that is named twice) stays as it was
/// typed: whoever takes the script checks it.
///
/// What is not to run again is no statement here, and a name or a value that came from it has none: a script that needs
/// one does not pass the check.
package struct SessionScript: Sendable {
    /// Why a text that ran is no statement of the script.
    package enum Omission: Sendable {
        /// The calls that it staged were dropped; as a statement it would send them. The text stays, as a comment.
        case dropped
        /// There may be a secret in it, so nothing of it is written.
        case secret
    }

    private struct Statements: Sendable {
        var text: String
        var mode: SourceMode
        /// The session's space, when the text may have asked the workspace for something.
        var space: String?
        var isStaged: Bool
        var omission: Omission?
    }

    private enum Entry: Sendable {
        case statements(Statements)
        case comment(String)
        /// A text that left values or names behind and is not in the script.
        case gap
    }

    private var entries: [Entry] = []
    private let library: Library

    package init(library: Library = .standard) {
        self.library = library
    }

    /// Adds a text that ran to its end.
    /// - Parameters:
    ///   - space: the session's space, when the text may have asked the workspace for something.
    ///   - staged: whether it has staged calls.
    ///   - omission: why it is no statement of the script.
    package mutating func add(
        _ text: String, mode: SourceMode, in space: String? = nil, staged: Bool = false,
        omitted omission: Omission? = nil
    ) {
        entries.append(
            .statements(Statements(text: text, mode: mode, space: space, isStaged: staged, omission: omission)))
    }

    /// The staged calls were sent.
    package mutating func settleStaged() {
        changeStaged { $0.isStaged = false }
    }

    /// The staged calls were dropped.
    package mutating func dropStaged() {
        changeStaged { statements in
            statements.isStaged = false
            statements.omission = statements.omission ?? .dropped
        }
    }

    private mutating func changeStaged(_ change: (inout Statements) -> Void) {
        for place in entries.indices {
            guard case .statements(var statements) = entries[place], statements.isStaged else { continue }
            change(&statements)
            entries[place] = .statements(statements)
        }
    }

    /// Adds a line for people.
    package mutating func note(_ line: String) {
        entries.append(.comment(TerminalText.escaped(line)))
    }

    /// A text ran that is not to be written: what stood for its values stands for nothing here.
    package mutating func leaveGap() {
        entries.append(.gap)
    }

    private var texts: [Statements] {
        entries.compactMap { if case .statements(let statements) = $0 { statements } else { nil } }
    }

    /// How many texts are statements of the script.
    package var count: Int { texts.count { $0.omission == nil } }

    /// How many texts are not, because of what they are.
    package var omitted: Int { texts.count { $0.omission != nil } }

    /// The session's spaces in which its texts may have asked the workspace for something, in order. A script has one: with
    /// several, some of its statements would mean another space than they did.
    package var spaces: [String] {
        var spaces: [String] = []
        for text in texts where text.omission == nil {
            if let space = text.space, !spaces.contains(space) { spaces.append(space) }
        }
        return spaces
    }

    /// The script, without a head.
    package var text: String {
        var writer = SessionScriptWriter(library: library, taken: words)
        for entry in entries {
            switch entry {
            case .statements(let part): writer.add(part.text, mode: part.mode, omitted: part.omission)
            case .comment(let line): writer.add(comment: line)
            case .gap: writer.forgetValues()
            }
        }
        return writer.text
    }

    /// All words of the texts, so that a new name is none of them.
    private var words: Set<String> {
        texts.reduce(into: []) { words, part in words.formUnion(SourceFile(name: "", text: part.text).words) }
    }
}
