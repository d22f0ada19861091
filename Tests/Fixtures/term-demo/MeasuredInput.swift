import AudShell

/// Hands keys to an editor and measures, for each, the time until its picture is there. Writes to no terminal.
final class MeasuredInput: EditorInput {
    private var events: [KeyEvent]
    private var next = 0
    private var began = ContinuousClock.now
    private var renderer = Renderer(size: TerminalSize(columns: 120, rows: 40))
    private var times: [Duration] = []
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

    /// What is said of the keys behind the first ones.
    func summary(behind first: Int) -> String {
        let times = times.dropFirst(first).sorted()
        let shown = [0.5, 0.95, 0.99].map { part in
            "p\(Int(part * 100)) \(Self.milliseconds(times[min(times.count - 1, Int(Double(times.count) * part))]))"
        }
        return "\(times.count) keys: \(shown.joined(separator: ", ")) ms, \(bytes / times.count) bytes a key"
    }

    /// What the last key took.
    var last: String { times.last.map { "\(Self.milliseconds($0)) ms" } ?? "" }

    static func milliseconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return Double(seconds) * 1000 + Double(attoseconds / 1_000_000_000_000) / 1000
    }
}
