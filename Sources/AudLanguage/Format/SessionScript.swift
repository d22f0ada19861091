/// The statements of a session as a script that runs: what `:save` writes.
///
/// A prompt allows what a file does not. A line may go on with the last value, `_` and `_1` stand for values, and a name
/// may be given again. Here such values get names, and a name that was given again later gets another one, in every place
/// that means it. What cannot be written so (a name of a record pattern, a module that is named twice) stays as it was
/// typed: whoever takes the script checks it, and has it left out.
///
/// What is not to run again is no statement here, and neither is what uses a name or a value that came from it: another
/// one would take its place. A comment stands there instead.
package struct SessionScript: Sendable {
    /// Why a text that ran is no statement of the script.
    package enum Omission: Sendable, Hashable {
        /// The calls that it staged were dropped; as a statement it would send them. The text stays, as a comment.
        case dropped
        /// There may be a secret in it, so nothing of it is written.
        case secret
        /// It is to be kept nowhere, so nothing of it is written.
        case unkept
        /// It ended with an error, and may have bound names before.
        case failed
        /// It uses a name or a value that is not in the script.
        case uses(String)
        /// A prompt takes it and a file does not, for this reason.
        case refused(String)
    }

    /// A script as it stands now.
    package struct Written: Sendable {
        /// The script, without a head.
        package fileprivate(set) var text = ""
        /// How many texts are statements of it.
        package fileprivate(set) var count = 0
        /// Why the others are not.
        package fileprivate(set) var omissions: [Omission] = []
        /// The session's spaces in which its texts may have asked the workspace for something, in order. A script has one:
        /// with several, some of its statements would mean another space than they did.
        package fileprivate(set) var spaces: [String] = []
        /// Where each text that is a statement ends, and its place among the entries.
        fileprivate var ends: [(end: Int, entry: Int)] = []
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

    /// Whether no text has run.
    package var isEmpty: Bool { texts.isEmpty }

    /// Leaves out the text that stands at an offset of what was written.
    /// - Returns: whether there is one.
    package mutating func leaveOut(at offset: Int, of written: Written, because reason: String) -> Bool {
        guard offset >= 0, let entry = written.ends.first(where: { offset < $0.end })?.entry,
            case .statements(var statements) = entries[entry]
        else { return false }
        statements.omission = .refused(reason)
        entries[entry] = .statements(statements)
        return true
    }

    package var written: Written {
        var writer = SessionScriptWriter(library: library, taken: words)
        var places: [Int] = []
        for (place, entry) in entries.enumerated() {
            switch entry {
            case .statements(let part): writer.add(part.text, mode: part.mode, omitted: part.omission)
            case .comment(let line): writer.add(comment: line)
            case .gap: writer.forgetValues()
            }
            if case .gap = entry { continue }
            places.append(place)
        }
        var written = Written()
        for (place, part) in zip(places, writer.parts) {
            if let text = part.text { written.text += text + "\n" }
            guard case .statements(let statements) = entries[place] else { continue }
            if let omission = part.omission {
                written.omissions.append(omission)
                continue
            }
            written.count += 1
            written.ends.append((written.text.utf8.count, place))
            if let space = statements.space, !written.spaces.contains(space) { written.spaces.append(space) }
        }
        return written
    }

    /// All words of the texts, so that a new name is none of them.
    private var words: Set<String> {
        texts.reduce(into: []) { words, part in words.formUnion(SourceFile(name: "", text: part.text).words) }
    }
}
