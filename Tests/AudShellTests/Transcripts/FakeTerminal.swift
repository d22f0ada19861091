// A terminal without a screen: a list of what a person types, and a transcript of what they would see.

import AudShell
import Synchronization

/// What both output streams and the terminal show, in order.
final class Transcript: ByteSink {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    func write(_ bytes: [UInt8]) -> WriteFailure? {
        self.bytes.withLock { $0 += bytes }
        return nil
    }

    func add(_ text: String) { _ = write(Array(text.utf8)) }
}

/// Types lines as the editor would take them: Enter goes on with a statement that is not complete. A line gets an
/// interrupt for each ` ^C` at its end as soon as its statement has begun; `^C` and `^D` alone are keys at the prompt.
final class FakeTerminal: ShellTerminal {
    let hasPerson: Bool
    let isInteractive: Bool
    let rows = 24
    let signals: AsyncStream<TerminalSignal>
    private let continuation: AsyncStream<TerminalSignal>.Continuation
    private let host: ShellHost
    private let transcript: Transcript
    /// What goes on while a statement is awaited.
    private let atPrompt: @Sendable () async -> Void
    private let state: Mutex<State>

    private struct State {
        var lines: [String]
        var interrupts = 0
        var remembered: [String] = []
        var printed = ""
    }

    init(
        _ lines: [String], host: ShellHost, transcript: Transcript, isInteractive: Bool = true, hasPerson: Bool = true,
        atPrompt: @escaping @Sendable () async -> Void = {}
    ) {
        (signals, continuation) = AsyncStream.makeStream()
        self.host = host
        self.transcript = transcript
        self.atPrompt = atPrompt
        self.hasPerson = hasPerson
        self.isInteractive = isInteractive
        state = Mutex(State(lines: lines))
    }

    var remembered: [String] { state.withLock { $0.remembered } }

    func read(_ prompt: Prompt) async -> Outcome {
        transcript.add(prompt.primary.text)
        await atPrompt()
        // As the person leaves it: what stands in the line is taken when the next one typed is empty.
        var text = prompt.draft
        transcript.add(text)
        while let line = take() {
            transcript.add(line + "\n")
            if line == "^C" { return .interrupted }
            if line == "^D" { return .end }
            text += text.isEmpty || line.isEmpty ? line : "\n" + line
            while text.hasSuffix(" ^C") {
                text.removeLast(3)
                state.withLock { $0.interrupts += 1 }
            }
            guard case .incomplete(_, let open) = host.status(of: text) else { return .statement(text) }
            transcript.add(prompt.continuation(open).text)
        }
        transcript.add("\n")
        return text.isEmpty ? .closed : .statement(text)
    }

    func ask(_ question: Prompt) async -> Outcome {
        transcript.add(question.primary.text)
        guard let line = take() else { return .closed }
        transcript.add(line + "\n")
        switch line {
        case "^C": return .interrupted
        case "^D": return .end
        default: return .statement(line)
        }
    }

    /// The shell remembers a statement as it begins.
    func remember(_ statement: String) {
        let interrupts = state.withLock { state in
            state.remembered.append(statement)
            defer { state.interrupts = 0 }
            return state.interrupts
        }
        for _ in 0..<interrupts { continuation.yield(.interrupt) }
    }

    func print(_ text: String) {
        state.withLock { $0.printed += text }
        transcript.add(text)
    }

    /// What was not written past the terminal.
    var printed: String { state.withLock { $0.printed } }

    func quit() async { continuation.finish() }

    private func take() -> String? {
        state.withLock { $0.lines.isEmpty ? nil : $0.lines.removeFirst() }
    }
}
