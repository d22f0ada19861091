// A list of keys in the place of a terminal: the editor draws before each of them.

import AudShell

final class ScriptedInput: EditorInput {
    private var events: [KeyEvent]
    private let drawsEachTime: Bool
    private(set) var frames: [Frame] = []
    private(set) var bells = 0
    private(set) var calls: [String] = []
    private let onDraw: (Frame) -> Void

    /// Keys as a terminal would send them. With `burst` all are there at once, and nothing is drawn between them.
    init(_ keys: String, burst: Bool = false, onDraw: @escaping (Frame) -> Void = { _ in }) {
        var reader = KeyReader()
        events = reader.take(keys.utf8)
        events += reader.expire()
        drawsEachTime = !burst
        self.onDraw = onDraw
    }

    func isReady() -> Bool { !drawsEachTime && !events.isEmpty }

    func draw(_ editor: LineEditor, bell: Bool) {
        frames.append(editor.frame)
        onDraw(editor.frame)
        if bell { bells += 1 }
    }

    func next(for editor: LineEditor) -> KeyEvent? { events.isEmpty ? nil : events.removeFirst() }
    func clearScreen() { calls.append("clear") }
    func suspend() { calls.append("suspend") }
}

/// Statements are complete when their brackets are; a few names complete, of those with `c` not all; `enable` is hinted.
struct BracketHost: EditorHost {
    func status(of text: String) -> StatementStatus {
        var depth = 0
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if depth < 0 { return .hopeless }
        }
        return depth == 0 ? .complete : .incomplete(indent: 2 * depth, open: "(")
    }

    func complete(_ text: String, at cursor: Int) -> Completion {
        let before = String(decoding: text.utf8.prefix(cursor), as: UTF8.self)
        let start = before.lastIndex { $0 == " " || $0 == "(" }.map { before.index(after: $0) } ?? before.startIndex
        let names = ["disable", "discard", "remove", "\"Summer \\\"hot\\\" list\"", "\"Summer 不\"", "cap", "caps"]
        return Completion(
            replaceFrom: before[..<start].utf8.count,
            candidates: names.filter { $0.hasPrefix(before[start...]) }.map { Candidate($0) },
            isCut: before[start...].hasPrefix("c"))
    }

    func hint(for text: String) -> Hint? {
        if text == "get(" { return Hint("audience)", isText: false) }
        let whole = "enable all of them"
        return whole.hasPrefix(text) && whole != text ? Hint(String(whole.dropFirst(text.count))) : nil
    }
}
