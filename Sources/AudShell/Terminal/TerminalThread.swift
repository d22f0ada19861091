// The handle on the thread that owns the terminal: it reads, draws and edits there, since libedit blocks and is not
// thread-safe. Everybody else posts messages.

internal import CEditline

package final class TerminalThread: Sendable {
    /// Whether somebody can answer: standard input and standard error are terminals.
    package let hasPerson: Bool
    /// Whether lines are edited: there is a person, and `TERM` can move a cursor.
    package let isInteractive: Bool
    /// Signals that came while no read was waiting. For one consumer.
    package let signals: AsyncStream<TerminalSignal>
    private let mailbox: Mailbox?
    private let output: Descriptor

    private init(_ options: TerminalOptions, signals: AsyncStream<TerminalSignal>, mailbox: Mailbox?) {
        hasPerson = options.hasPerson
        isInteractive = options.isEditing
        output = options.output
        self.signals = signals
        self.mailbox = mailbox
    }

    /// Takes the terminal and the signals INT, TERM, HUP, WINCH, CONT and TSTP until `quit`. One at a time in a process.
    /// `history` is oldest first.
    package static func start(
        host: any EditorHost, history: [String] = [], options: TerminalOptions = .standard
    ) -> TerminalThread {
        let (signals, continuation) = AsyncStream<TerminalSignal>.makeStream(bufferingPolicy: .bufferingNewest(8))
        let mailbox = Mailbox()
        let terminal = TerminalThread(options, signals: signals, mailbox: mailbox)
        guard let mailbox else { return terminal }
        let signalPipe = ced_terminal_open(options.input.number, options.output.number, options.isEditing)
        let body = Body {
            let loop = TerminalLoop(
                host: host, history: history, options: options, mailbox: mailbox,
                signalPipe: signalPipe < 0 ? nil : Descriptor(number: signalPipe), signals: continuation)
            let quits = loop.run()
            if signalPipe >= 0 { ced_terminal_close() }
            continuation.finish()
            mailbox.closeAndRefuse()
            for quit in quits { quit.resume() }
        }
        let argument = Unmanaged.passRetained(body)
        let main: @convention(c) (UnsafeMutableRawPointer?) -> Void = { argument in
            guard let argument else { return }
            Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        }
        let error = ced_thread(main, argument.toOpaque())
        if error != 0 {
            argument.release()
            mailbox.closeAndRefuse()
        }
        return terminal
    }

    /// Reads a statement, perhaps of several lines. Reads that overlap are answered one after the other.
    package func read(_ prompt: Prompt) async -> Outcome {
        await read(prompt, .statement)
    }

    /// Reads one line that is no statement: without completion, hints and history.
    package func ask(_ question: Prompt) async -> Outcome {
        await read(question, .answer)
    }

    /// Adds a statement to the history that the editor walks and searches.
    package func remember(_ statement: String) {
        mailbox?.post(.remember(statement))
    }

    /// Writes to standard error: at once while no read waits, and above the prompt while one does. The text is safe to
    /// show and ends with a line end.
    package func print(_ text: String) {
        if let mailbox { mailbox.print(text, to: output) } else { output.write(text) }
    }

    /// Ends the thread; a read that waits gets `.closed`. Afterwards the terminal is as it was found.
    package func quit() async {
        guard let mailbox else { return }
        await withCheckedContinuation { mailbox.post(.quit($0)) }
    }

    /// Now; 80 × 24 where nobody knows.
    package var size: TerminalSize { Self.size(of: output) }

    static func size(of output: Descriptor) -> TerminalSize {
        var columns: Int32 = 80
        var rows: Int32 = 24
        _ = ced_terminal_size(output.number, &columns, &rows)
        return TerminalSize(columns: Int(columns), rows: Int(rows))
    }

    private func read(_ prompt: Prompt, _ mode: LineEditor.Mode) async -> Outcome {
        guard let mailbox else { return .closed }
        return await withCheckedContinuation { mailbox.post(.read(prompt, mode, $0)) }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }
}
