// What the terminal's thread does: waits for keys, messages and signals at once, draws, and answers reads.
//
// Invariant: the terminal is raw exactly while a line is edited, and only this thread writes to it then. Between two lines
// it is quiet: nothing is echoed into what a statement shows.

internal import CEditline

final class TerminalLoop: EditorInput {
    /// What a signal or a message finds the thread at.
    private enum Phase {
        case idle
        case editing
        case readingLines
    }

    private let host: any EditorHost
    private let options: TerminalOptions
    private let mailbox: Mailbox
    private let signalPipe: Descriptor?
    private let signals: AsyncStream<TerminalSignal>.Continuation
    /// nil: plain lines.
    private let editor: LineEditor?
    private var reads: [(prompt: Prompt, mode: LineEditor.Mode, continuation: CheckedContinuation<Outcome, Never>)] = []
    private var quits: [CheckedContinuation<Void, Never>] = []

    private var keys = KeyReader()
    private var events: [KeyEvent] = []
    private var taken = 0
    private var renderer: Renderer
    private var lines = PlainLines()
    private var phase = Phase.idle
    private var mustDraw = false
    private var isInterrupted = false
    /// The statement that was just accepted has been interrupted already.
    private var isInterruptedAhead = false
    private var isInputAtEnd = false
    /// A statement runs, and what is typed meanwhile is not echoed.
    private var isQuiet = false
    /// A hang-up, a request to terminate, or `quit`: every read is answered with `.closed`.
    private var isClosed = false

    init(
        host: any EditorHost, history: [String], options: TerminalOptions, mailbox: Mailbox,
        signalPipe: Descriptor?, signals: AsyncStream<TerminalSignal>.Continuation
    ) {
        self.host = host
        self.options = options
        self.mailbox = mailbox
        self.signalPipe = signalPipe
        self.signals = signals
        editor = options.isEditing ? LineEditor(host: host, history: history) : nil
        renderer = Renderer(
            size: TerminalThread.size(of: options.output), colored: options.isColored, reflows: options.reflows)
        if let messages = editor?.messages, !messages.isEmpty { options.output.write(messages) }
    }

    /// Returns when asked to quit; the caller says so to those who asked.
    func run() -> [CheckedContinuation<Void, Never>] {
        while quits.isEmpty {
            if reads.isEmpty {
                wait(input: false, milliseconds: nil)
            } else {
                let read = reads.removeFirst()
                let outcome = answer(read.prompt, read.mode)
                if case .statement = outcome, read.mode == .statement { host.statementBegins() }
                if isInterruptedAhead { signals.yield(.interrupt) }
                isInterruptedAhead = false
                mailbox.answer(read.continuation, outcome)
            }
        }
        for read in reads { mailbox.answer(read.continuation, .closed) }
        return quits
    }

    private func answer(_ prompt: Prompt, _ mode: LineEditor.Mode) -> Outcome {
        isInterrupted = false
        if isClosed { return .closed }
        guard let editor else { return readLines(prompt, mode) }
        return edit(with: editor, prompt, mode)
    }

    private func edit(with editor: LineEditor, _ prompt: Prompt, _ mode: LineEditor.Mode) -> Outcome {
        guard ced_terminal_raw() == 0 else { return .closed }
        isQuiet = false
        phase = .editing
        _ = renderer.resize(to: TerminalThread.size(of: options.output))
        let outcome = editor.edit(prompt, mode: mode, from: self)
        if case .statement = outcome { takeInterruptAhead() }
        phase = .idle
        options.output.write(outcome == .closed ? renderer.erase() : renderer.leave(editor.lastFrame))
        switch outcome {
        case .statement, .interrupted:
            ced_terminal_quiet()
            isQuiet = true
        case .end, .closed: ced_terminal_cooked()
        }
        return outcome
    }

    /// A `^C` that came right behind Enter is meant for the statement. As on a cooked terminal, it takes along what was
    /// typed before it.
    private func takeInterruptAhead() {
        wait(input: true, milliseconds: 0)
        guard let place = events[taken...].lastIndex(of: .character("\u{3}")) else { return }
        taken = place + 1
        isInterruptedAhead = true
    }

    // MARK: Plain lines

    private func readLines(_ prompt: Prompt, _ mode: LineEditor.Mode) -> Outcome {
        phase = .readingLines
        defer { phase = .idle }
        let isAsking = options.input.isTerminal && options.output.isTerminal
        var text = ""
        var next = prompt.primary
        while true {
            if isAsking { options.output.write(RowBuilder.cells(of: next.text).map(\.text).joined()) }
            guard let line = readLine() else {
                if isInterrupted {
                    if isAsking { options.output.write("\n") }
                    return .interrupted
                }
                if isClosed { return .closed }
                return text.isEmpty ? .end : .statement(String(text.dropLast()))
            }
            text += line
            guard mode == .statement, case .incomplete(_, let open) = host.status(of: text) else {
                return .statement(text)
            }
            text += "\n"
            next = prompt.continuation(open)
        }
    }

    private func readLine() -> String? {
        while true {
            if let line = lines.next() { return line }
            if isInputAtEnd {
                // At a terminal Ctrl-D ends one read, and the person may go on.
                isInputAtEnd = !options.hasPerson
                return lines.rest()
            }
            if isClosed || isInterrupted { return nil }
            wait(input: true, milliseconds: nil)
        }
    }

    // MARK: EditorInput

    func isReady() -> Bool {
        if taken < events.count || isClosed { return true }
        wait(input: true, milliseconds: 0)
        return taken < events.count || isClosed
    }

    func draw(_ editor: LineEditor, bell: Bool) {
        mustDraw = false
        options.output.write(renderer.draw(editor.frame) + (bell ? "\u{7}" : ""))
    }

    func next(for editor: LineEditor) -> KeyEvent? {
        while taken == events.count {
            if isClosed { return nil }
            events = []
            taken = 0
            if mustDraw { draw(editor, bell: false) }
            wait(input: true, milliseconds: keys.patience)
        }
        taken += 1
        return events[taken - 1]
    }

    func clearScreen() {
        options.output.write(renderer.clear())
    }

    func suspend() {
        options.output.write(renderer.erase())
        ced_terminal_cooked()
        ced_terminal_stop()
        resume()
    }

    // MARK: Waiting

    /// Takes what has arrived. With `milliseconds`, an unfinished key is given up when they pass without any.
    private func wait(input: Bool, milliseconds: Int?) {
        var descriptors = [mailbox.wake]
        if let signalPipe { descriptors.append(signalPipe) }
        if input { descriptors.append(options.input) }
        let ready = Descriptor.wait(readable: descriptors, milliseconds: milliseconds)
        if ready.contains(mailbox.wake) { takeMessages() }
        if let signalPipe, ready.contains(signalPipe), case .bytes(let bytes) = signalPipe.read() {
            for byte in bytes { take(signal: Int(byte)) }
        }
        if input, ready.contains(options.input) { takeInput() }
        if ready.isEmpty, let milliseconds, milliseconds > 0 { events += keys.expire() }
    }

    private func takeInput() {
        switch options.input.read() {
        case .bytes(let bytes):
            if editor == nil { lines.take(bytes) } else { events += keys.take(bytes) }
        case .end:
            if editor == nil { isInputAtEnd = true } else { isClosed = true }
        case .failed: isClosed = true
        case .nothing: break
        }
    }

    private func takeMessages() {
        for message in mailbox.take() {
            switch message {
            case .read(let prompt, let mode, let continuation): reads.append((prompt, mode, continuation))
            case .remember(let statement): editor?.remember(statement)
            case .print(let text):
                if phase == .editing, let editor {
                    options.output.write(renderer.draw(editor.frame, below: text))
                } else {
                    options.output.write(text)
                }
            case .quit(let continuation):
                quits.append(continuation)
                isClosed = true
            }
        }
    }

    private func take(signal: Int) {
        switch signal {
        case CED_INTERRUPT:
            switch phase {
            case .idle: signals.yield(.interrupt)
            case .editing: events.append(.character("\u{3}"))
            case .readingLines: isInterrupted = true
            }
        case CED_TERMINATE:
            isClosed = true
            if phase == .idle { signals.yield(.terminate) }
        case CED_RESIZED:
            if phase == .editing { options.output.write(renderer.resize(to: TerminalThread.size(of: options.output))) }
            mustDraw = true
        case CED_CONTINUED: if phase == .editing { resume() } else if isQuiet { ced_terminal_quiet() }
        default: break
        }
    }

    /// The shell that continued us has made the terminal cooked and written to it.
    private func resume() {
        ced_terminal_cooked()
        _ = ced_terminal_raw()
        renderer.forget()
        _ = renderer.resize(to: TerminalThread.size(of: options.output))
        mustDraw = true
    }
}
