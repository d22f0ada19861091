// A pager as a process on the shell's own terminal.
//
// Invariants: it is in the process group of the shell, so that Ctrl-Z stops both and `fg` brings both back; the shell's
// thread for the terminal reads and draws nothing meanwhile. The terminal's modes are put back however the pager ended. A
// pager that is left before the end of the text is no failure.

internal import CEditline

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

package enum PagerProcess {
    /// Runs a command of the system's shell that reads a text, and waits for its end on a thread of its own.
    ///
    /// - Parameter environment: all that the command gets, `NAME=value`.
    package static func show(_ text: String, command: String, environment: [String]) async -> Pager.End {
        await TerminalLoan.during { await onThread { run(text, command, environment) } }
    }

    private static func onThread(_ work: @escaping @Sendable () -> Pager.End) async -> Pager.End {
        await withCheckedContinuation { continuation in
            let body = Body { continuation.resume(returning: work()) }
            let argument = Unmanaged.passRetained(body)
            let main: @convention(c) (UnsafeMutableRawPointer?) -> Void = { argument in
                guard let argument else { return }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
            }
            let error = ced_thread(main, argument.toOpaque())
            guard error != 0 else { return }
            argument.release()
            continuation.resume(returning: .notStarted(words(error)))
        }
    }

    private static func run(_ text: String, _ command: String, _ environment: [String]) -> Pager.End {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return .notStarted(words(errno)) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var modes = termios()
        let hasModes = tcgetattr(STDIN_FILENO, &modes) == 0
        var process: pid_t = 0
        let error = spawn(command, environment, reading: ends[0], &process)
        close(ends[0])
        guard error == 0 else {
            close(ends[1])
            return .notStarted(words(error))
        }
        // A closed pipe is a person who has seen enough.
        _ = FileDescriptorSink(ends[1]).write(Array(text.utf8))
        close(ends[1])
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        if hasModes { restore(&modes) }
        let signal = status & 0x7F
        if signal != 0 {
            // It may have left colours on or the cursor hidden.
            _ = FileDescriptorSink(STDOUT_FILENO).write(Array("\u{1B}[0m\u{1B}[?25h\n".utf8))
        }
        // What the system's shell answers for a command that it cannot run.
        switch signal == 0 ? (status >> 8) & 0xFF : 0 {
        case 126: return .notStarted("cannot be run")
        case 127: return .notStarted("was not found")
        default: return .left
        }
    }

    /// From a process group in the background, setting the modes would stop the shell where nobody sees it.
    private static func restore(_ modes: inout termios) {
        var block = sigset_t()
        var old = sigset_t()
        sigemptyset(&block)
        sigaddset(&block, SIGTTOU)
        pthread_sigmask(SIG_BLOCK, &block, &old)
        while tcsetattr(STDIN_FILENO, TCSADRAIN, &modes) != 0 && errno == EINTR {}
        pthread_sigmask(SIG_SETMASK, &old, nil)
    }

    /// Starts the command with the signals as a new program expects them: this process ignores some.
    private static func spawn(
        _ command: String, _ environment: [String], reading input: Int32, _ process: inout pid_t
    ) -> Int32 {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        let arguments = Self.copies(["sh", "-c", command])
        let variables = Self.copies(environment)
        defer { for pointer in arguments + variables { free(pointer) } }
        return posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, variables)
    }

    private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { strdup($0) } + [nil]
    }

    private static func words(_ error: Int32) -> String { "could not be started: " + String(cString: strerror(error)) }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }
}
