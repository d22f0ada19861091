/// The statements of a session as a script that runs: what `:save` writes.
///
/// A prompt allows what a file does not. A line may go on with the last value, `_` and `_1` stand for values, and a name
/// may be given again. Here such values get names, and a name that was given again later gets another one, in every place
/// that means it. What cannot be written so (a name of a record pattern, a module that is named twice) stays as it was
/// typed: whoever takes the script checks it.
package struct SessionScript: Sendable {
    private enum Entry: Sendable {
        case statements(text: String, mode: SourceMode)
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
    package mutating func add(_ text: String, mode: SourceMode) {
        entries.append(.statements(text: text, mode: mode))
    }

    /// Adds a line for people.
    package mutating func note(_ line: String) {
        entries.append(.comment(TerminalText.escaped(line)))
    }

    /// A text ran that is not to be written: what stood for its values stands for nothing here.
    package mutating func leaveGap() {
        entries.append(.gap)
    }

    /// How many texts there are.
    package var count: Int {
        entries.count { if case .statements = $0 { true } else { false } }
    }

    /// The script, without a head.
    package var text: String {
        var writer = SessionScriptWriter(library: library, taken: words)
        for entry in entries {
            switch entry {
            case .statements(let text, let mode): writer.add(text, mode: mode)
            case .comment(let line): writer.add(comment: line)
            case .gap: writer.forgetValues()
            }
        }
        return writer.text
    }

    /// All words of the texts, so that a new name is none of them.
    private var words: Set<String> {
        var words: Set<String> = []
        for case .statements(let text, _) in entries {
            for word in text.utf8.split(whereSeparator: { !Self.isPart(ofName: $0) }) {
                words.insert(String(word) ?? "")
            }
        }
        return words
    }

    private static func isPart(ofName byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
