// A program on a terminal of its own, driven by a test: bytes in, a screen out.
//
// Nothing here sleeps: every wait is a poll on what the program writes or on its end, and the deadline, far beyond what
// any of it takes, only turns a hang into a failure.
// Invariant: the terminal outlives the program, so that its modes can be read after the end.

internal import CEditline

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

package final class PseudoTerminal {
    package enum Failure: Error, CustomStringConvertible {
        case system(String, Int32)
        case deadline(String, screen: String)

        package var description: String {
            switch self {
            case .system(let call, let number): "\(call): \(String(cString: strerror(number)))"
            case .deadline(let what, let screen): "waited in vain for \(what); the screen shows:\n\(screen)"
            }
        }
    }

    package enum Ending: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// The terminal modes that tell a restored terminal from a raw one.
    package struct Modes: Sendable, Equatable {
        package var isCanonical: Bool
        package var echoes: Bool
        package var signals: Bool
        package var mapsReturn: Bool

        package static let cooked = Modes(isCanonical: true, echoes: true, signals: true, mapsReturn: true)
        /// While a statement runs: nothing is echoed.
        package static let quiet = Modes(isCanonical: true, echoes: false, signals: true, mapsReturn: true)
        package static let raw = Modes(isCanonical: false, echoes: false, signals: false, mapsReturn: false)
    }

    package private(set) var screen: ScreenModel
    /// All that the program wrote to the terminal.
    package private(set) var output: [UInt8] = []
    package let process: Int32
    private let master: Int32
    /// Keeps the terminal alive without the program.
    private let slave: Int32
    /// Hangs up when the program and all that inherited its descriptors have ended.
    private let life: Int32
    private let seconds: Int
    private var ending: Ending?

    /// Starts `program` as the leader of a session on a new terminal. `files` puts files in the place of descriptors.
    package init(
        _ program: String, _ arguments: [String] = [], environment: [String: String],
        columns: Int = 80, rows: Int = 24, files: [Int32: String] = [:], deadline seconds: Int = 60
    ) throws {
        self.seconds = seconds
        screen = ScreenModel(columns: columns, rows: rows)
        var (master, slave): (Int32, Int32) = (-1, -1)
        var name = [CChar](repeating: 0, count: 256)
        _ = try Self.check("openpty") {
            ced_pty(&master, &slave, Int32(columns), Int32(rows), &name, name.count)
        }
        self.master = master
        self.slave = slave
        let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var ends: [Int32] = [-1, -1]
        _ = try Self.check("pipe") { pipe(&ends) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        life = ends[0]
        defer { close(ends[1]) }
        process = try Self.spawn(program, arguments, environment, terminal: path, files: files, life: ends[1])
    }

    deinit {
        if ending == nil {
            kill(process, SIGKILL)
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0, errno == EINTR {}
        }
        close(master)
        close(slave)
        close(life)
    }

    package var modes: Modes {
        var modes = termios()
        tcgetattr(slave, &modes)
        func has(_ flags: tcflag_t, _ flag: Int32) -> Bool { flags & tcflag_t(flag) != 0 }
        return Modes(
            isCanonical: has(modes.c_lflag, Int32(ICANON)), echoes: has(modes.c_lflag, Int32(ECHO)),
            signals: has(modes.c_lflag, Int32(ISIG)), mapsReturn: has(modes.c_iflag, Int32(ICRNL)))
    }

    package func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    /// Reads what the program writes meanwhile: neither side waits for the other for ever.
    package func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        let end = deadline()
        while !rest.isEmpty {
            try poll(master, POLLIN | POLLOUT, until: end, for: "the terminal to take input") { events in
                if events & POLLIN != 0 { receive() }
                guard events & POLLOUT != 0 else { return }
                let count = rest.prefix(512).withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
                if count > 0 { rest = rest.dropFirst(count) }
            }
        }
    }

    package func signal(_ number: Int32) {
        kill(process, number)
    }

    package func resize(columns: Int, rows: Int) {
        screen.resize(columns: columns, rows: rows)
        Self.setSize(master, columns, rows)
    }

    /// Reads until the screen is as wanted, outside of a synchronized update.
    package func wait(for what: String, until isReached: (ScreenModel) -> Bool) throws {
        let end = deadline()
        while screen.isSynchronizing || !isReached(screen) {
            try poll(master, POLLIN, until: end, for: what) { _ in receive() }
        }
    }

    /// Reads until a row contains `text`.
    package func wait(forText text: String) throws {
        try wait(for: "‘\(text)’") { $0.contains(text) }
    }

    /// Reads until the modes are as wanted. No event tells of a change: they are looked at again and again.
    package func wait(for wanted: Modes) throws {
        let end = deadline()
        while modes != wanted {
            var polled = [pollfd(fd: master, events: Int16(POLLIN), revents: 0)]
            try Self.poll(&polled, milliseconds: min(1, left(until: end, for: "\(wanted)")))
            if polled[0].revents != 0 { receive() }
        }
    }

    /// Waits until a line that was typed can be read.
    package func waitForTypedLine() throws {
        try poll(slave, POLLIN, until: deadline(), for: "a typed line") { _ in }
    }

    package func waitForEnd() throws -> Ending {
        if let ending { return ending }
        let end = deadline()
        var isOver = false
        while !isOver {
            var polled = [pollfd(fd: master, events: Int16(POLLIN), revents: 0)]
            polled.append(pollfd(fd: life, events: Int16(POLLIN), revents: 0))
            try Self.poll(&polled, milliseconds: left(until: end, for: "the end of the program"))
            if polled[0].revents != 0 { receive() } else { isOver = polled[1].revents != 0 }
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            if errno != EINTR { throw Failure.system("waitpid", errno) }
        }
        let signal = status & 0x7F
        let result = signal == 0 ? Ending.exited(status >> 8 & 0xFF) : .signalled(signal)
        ending = result
        return result
    }

    // MARK: Waiting

    private func receive() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(master, &buffer, buffer.count)
        guard count > 0 else { return }
        output += buffer[..<count]
        screen.write(buffer[..<count])
    }

    private func poll(
        _ descriptor: Int32, _ events: Int32, until end: Int, for what: String, _ body: (Int32) -> Void
    ) throws {
        var polled = [pollfd(fd: descriptor, events: Int16(events), revents: 0)]
        try Self.poll(&polled, milliseconds: left(until: end, for: what))
        if polled[0].revents != 0 { body(Int32(polled[0].revents)) }
    }

    private static func poll(_ polled: inout [pollfd], milliseconds: Int32) throws {
        #if canImport(Darwin)
        let count = Darwin.poll(&polled, nfds_t(polled.count), milliseconds)
        #elseif canImport(Musl)
        let count = Musl.poll(&polled, nfds_t(polled.count), milliseconds)
        #else
        let count = Glibc.poll(&polled, nfds_t(polled.count), milliseconds)
        #endif
        if count < 0, errno != EINTR { throw Failure.system("poll", errno) }
    }

    private func deadline() -> Int {
        Self.now() + seconds * 1_000
    }

    private func left(until end: Int, for what: String) throws -> Int32 {
        let left = end - Self.now()
        guard left > 0 else { throw Failure.deadline(what, screen: screen.text) }
        return Int32(left)
    }

    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }

    // MARK: Starting

    private static func check(_ call: String, _ body: () -> Int32) throws -> Int32 {
        let result = body()
        if result < 0 { throw Failure.system(call, errno) }
        return result
    }

    private static func setSize(_ descriptor: Int32, _ columns: Int, _ rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
    }

    private static func spawn(
        _ program: String, _ arguments: [String], _ environment: [String: String], terminal: String,
        files: [Int32: String], life: Int32
    ) throws -> Int32 {
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
        // The leader of a session gets the first terminal it opens as its own.
        posix_spawnattr_setflags(
            &attributes, ced_spawn_session() | Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        for (descriptor, path) in files.sorted(by: { $0.key < $1.key }) {
            let flags = descriptor == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC
            posix_spawn_file_actions_addopen(&actions, descriptor, path, flags, 0o600)
        }
        posix_spawn_file_actions_adddup2(&actions, life, 9)

        let argumentPointers = ([program] + arguments).map { strdup($0) } + [nil]
        let environmentPointers = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
        var process: pid_t = 0
        let error = posix_spawn(&process, program, &actions, &attributes, argumentPointers, environmentPointers)
        if error != 0 { throw Failure.system("posix_spawn \(program)", error) }
        return process
    }
}
