// How long the real host takes from a key to the bytes for the terminal, with colours and hints: `term-demo typing LINES…`.
// `scripts/bench typing` runs it in a release build.

import AudShell

/// Hands keys to an editor and measures, for each, the time until its picture is there. Writes to no terminal.
private final class MeasuredInput: EditorInput {
    private var events: [KeyEvent]
    private var next = 0
    private var began = ContinuousClock.now
    private var renderer = Renderer(size: TerminalSize(columns: 120, rows: 40))
    private(set) var times: [Duration] = []
    private(set) var bytes = 0

    init(_ keys: String) {
        var reader = KeyReader()
        events = reader.take(keys.utf8)
        events += reader.expire()
    }

    func isReady() -> Bool { false }

    func draw(_ editor: LineEditor, bell: Bool) {
        bytes += renderer.draw(editor.frame).utf8.count
        times.append(began.duration(to: .now))
    }

    func next(for editor: LineEditor) -> KeyEvent? {
        guard next < events.count else { return nil }
        next += 1
        began = .now
        return events[next - 1]
    }

    func clearScreen() {}
    func suspend() {}
}

enum Typing {
    /// Types in statements of so many lines, at the end and in the middle, and says how long the keys took.
    static func measure(lines counts: [Int]) {
        let history = (0..<10_000).map { "list() | where .name == \"earlier \($0)\" | take \($0)" }
        let host = ShellHost(theme: Theme(isColored: true)) { CompletionContext(names: ["stale", "owners"]) }
        for count in counts {
            let lines = (1...count).map {
                "  {number: \($0), name: \"no. {stale} of {len(owners)}\", size: .5 + \($0)},"
            }
            let paste = "\u{1B}[200~let all = [\n" + lines.joined(separator: "\n") + "\n\u{1B}[201~"
            let typed = String(repeating: "stale | where .size > 10 and name", count: 10)
            let middle = String(repeating: "\u{1B}[A", count: count / 2)
            guard let editor = LineEditor(host: host, history: history, file: "/dev/null") else { return }
            let input = MeasuredInput(paste + typed + middle + typed)
            _ = editor.edit(Prompt("> "), from: input)
            // The first two are the empty line and the paste.
            let times = input.times.dropFirst(2).sorted()
            func percentile(_ part: Double) -> Double {
                let (seconds, attoseconds) = times[min(times.count - 1, Int(Double(times.count) * part))].components
                return Double(seconds) * 1000 + Double(attoseconds / 1_000_000_000_000) / 1000
            }
            let shown = [0.5, 0.95, 0.99].map { "p\(Int($0 * 100)) \(percentile($0)) ms" }.joined(separator: ", ")
            print("\(count) lines, \(times.count) keys: \(shown), \(input.bytes / times.count) bytes a key")
        }
    }
}
