import Dispatch

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The terminal that the process belongs to, for questions: standard input may be the script, and standard error a file.
///
/// Reading happens on a thread of its own, looks for cancellation several times a second, and always gives the terminal
/// back as it was.
package struct ControllingTerminal: Sendable {
    package init() {}

    /// How an answer ended.
    package enum Answer: Sendable, Equatable {
        case line(String)
        /// ^D.
        case refused
        /// ^C or a cancelled task.
        case interrupted
        /// There is no terminal.
        case nobody
    }

    /// Asks for one line. With `echo: false` nothing shows what is typed.
    package func ask(_ question: String, echo: Bool = true) async -> Answer {
        let stop = StopFlag()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(returning: Self.read(question, echo: echo, stop: stop))
                }
            }
        } onCancel: {
            stop.raise()
        }
    }

    /// How often a waiting question looks whether it still matters, in milliseconds.
    private static let patience: Int32 = 100

    private static func read(_ question: String, echo: Bool, stop: StopFlag) -> Answer {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return .nobody }
        defer { close(terminal) }
        var saved = termios()
        guard tcgetattr(terminal, &saved) == 0 else { return .nobody }
        var plain = saved
        // Bytes come one by one, ^C among them: a signal would find the terminal changed.
        plain.c_lflag &= ~tcflag_t(ICANON | ISIG | ECHO)
        guard tcsetattr(terminal, TCSAFLUSH, &plain) == 0 else { return .nobody }
        defer { tcsetattr(terminal, TCSAFLUSH, &saved) }
        say(question, to: terminal)
        defer { say("\n", to: terminal) }
        var line: [UInt8] = []
        while true {
            if stop.isRaised { return .interrupted }
            var waiting = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, patience) > 0 else { continue }
            var byte: UInt8 = 0
            guard Platform.read(terminal, &byte, 1) == 1 else { return .refused }
            switch byte {
            case 0x0A, 0x0D: return .line(String(decoding: line, as: UTF8.self))
            case 0x03, 0x1C: return .interrupted
            case 0x04 where line.isEmpty: return .refused
            case 0x08, 0x7F: erase(&line, on: echo ? terminal : nil)
            case 0x15: while !line.isEmpty { erase(&line, on: echo ? terminal : nil) }
            case 0x20..., 0x09:
                guard line.count < 4096 else { continue }
                line.append(byte)
                if echo { _ = Platform.write(terminal, &byte, 1) }
            default: continue
            }
        }
    }

    /// Takes the last character, which may have several bytes.
    private static func erase(_ line: inout [UInt8], on terminal: Int32?) {
        while let last = line.popLast(), last & 0xC0 == 0x80 {}
        if let terminal { say("\u{8} \u{8}", to: terminal) }
    }

    private static func say(_ text: String, to terminal: Int32) {
        let bytes = Array(text.utf8)
        _ = Platform.write(terminal, bytes, bytes.count)
    }
}
