// The one file that outlives a process: SQLite through GRDB, shared by all processes of the machine. Invariants: nothing
// touches the disk before the first use; the file is readable by its owner alone (0600, in folders 0700), because
// statements and audience names are nobody else's business; its schema only moves forward, and a file of a newer version
// is left alone.

internal import GRDB
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The state database of a person on a machine.
public final class StateDatabase: Sendable {
    /// Where the file is, or will be.
    public let path: String
    /// What a command has to say, to find this file: ` --state FILE`, with the blank in front; empty when it is the usual
    /// one.
    let option: String
    private let pool = Mutex<DatabasePool?>(nil)

    /// How long one process waits for another's write.
    private static let patience = 5.0

    /// Names a database. Nothing is opened yet.
    ///
    /// - Parameter option: what messages add to commands that need this file, with a blank in front; nothing when it is
    ///   the usual one.
    public init(path: String, option: String = "") {
        self.path = path
        self.option = option
    }

    /// Closes the file, once what is written in the background is written, and what other threads do with it is done; the
    /// next use opens it again.
    public func close() {
        let closing = pool.withLock { pool in
            defer { pool = nil }
            return pool
        }
        // Behind all writes that were asked for. Who uses the pool still would crash on a connection that is closed, so it
        // closes when the last of them lets go of it.
        closing?.writeWithoutTransaction { _ in }
    }

    func read<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws(StateError) -> Value {
        let pool = try opened()
        do {
            return try pool.read(body)
        } catch {
            throw explain(error)
        }
    }

    func write<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws(StateError) -> Value {
        let pool = try opened()
        do {
            return try pool.write(body)
        } catch {
            throw explain(error)
        }
    }

    /// A write that survives the end of this process at once, and a power failure only once a later write has reached the
    /// disk. It waits for no disk: 0.3 ms, where ``write(_:)`` took 6.7 ms.
    func writeUnsynced<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws(StateError) -> Value {
        let pool = try opened()
        do {
            return try pool.writeWithoutTransaction { try $0.unsynced(body) }
        } catch {
            throw explain(error)
        }
    }

    /// A write like ``writeUnsynced(_:)``, in the background: it keeps nobody waiting but the writes after it, and
    /// ``close()``.
    func writeLater(
        _ body: @escaping @Sendable (Database) throws -> Void, onFailure: @escaping @Sendable () -> Void
    ) {
        guard let pool = try? opened() else { return onFailure() }
        pool.asyncWriteWithoutTransaction { database in
            do {
                try database.unsynced(body)
            } catch {
                onFailure()
            }
        }
    }

    /// Whether the file is there.
    var isThere: Bool { access(path, F_OK) == 0 }

    private func opened() throws(StateError) -> DatabasePool {
        let result: Result<DatabasePool, StateError> = pool.withLock { pool in
            if let pool { return .success(pool) }
            do throws(StateError) {
                let fresh = try open()
                pool = fresh
                return .success(fresh)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func open() throws(StateError) -> DatabasePool {
        try makePrivateFile()
        var configuration = Configuration()
        configuration.busyMode = .timeout(Self.patience)
        configuration.label = "aud.state"
        // SQLite does not wait when several processes make a new file a WAL file together: all but one are told at once
        // that it is busy. So the waiting is done here.
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(Self.patience))
        while true {
            do {
                return try openPool(configuration)
            } catch let error as StateError {
                throw error
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && clock.now < end {
                usleep(10_000)
            } catch {
                throw explain(error)
            }
        }
    }

    private func openPool(_ configuration: Configuration) throws -> DatabasePool {
        let pool = try DatabasePool(path: path, configuration: configuration)
        let version = try pool.read(Schema.version)
        if version > Schema.version {
            try pool.close()
            throw StateError(
                "the state file \(path) was written by a newer version of aud",
                help: "use that version, or another file with --state FILE"
            )
        }
        // A journal must survive a power failure; history pays some milliseconds for it. The pool sets NORMAL as it opens,
        // after what its configuration says, so this comes last.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        if version < Schema.version { try pool.write { try Schema.migrate($0) } }
        return pool
    }

    /// Makes the file before SQLite does, because SQLite would leave its mode to the umask. The files beside it (`-wal`,
    /// `-shm`) get the mode of the main file. A file that is there is not opened: closing it again would drop the locks
    /// that this process holds on it elsewhere.
    private func makePrivateFile() throws(StateError) {
        try makeFolders()
        let descriptor = Descriptor.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            Descriptor.close(descriptor)
            return
        }
        guard errno == EEXIST else { throw refusal(errno) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw refusal(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw StateError("the state file \(path) is not a regular file", help: "name another with --state FILE")
        }
        // A file from elsewhere may be open to others; only its owner can close it.
        if status.st_mode & 0o077 != 0, chmod(path, 0o600) != 0 {
            throw StateError(
                "others can read the state file \(path), and it is not yours to change",
                help: "name another with --state FILE"
            )
        }
    }

    private func makeFolders() throws(StateError) {
        var folder = ""
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        for (place, part) in parts.enumerated() {
            folder += place == 0 ? String(part) : "/\(part)"
            if folder.isEmpty || mkdir(folder, 0o700) == 0 || errno == EEXIST { continue }
            // A folder that cannot be made but is there (of a read-only system, say) is no trouble yet.
            let reason = errno
            var status = stat()
            if stat(folder, &status) != 0 { throw refusal(reason, making: folder) }
        }
    }

    private func refusal(_ number: Int32, making folder: String? = nil) -> StateError {
        let what =
            folder.map { "the folder \($0) for the state file cannot be made" }
            ?? "the state file \(path) cannot be opened"
        return StateError(
            "\(what): \(String(cString: strerror(number)))",
            help: "make \(folder ?? path) writable for you, or name another file with --state FILE"
        )
    }

    private func explain(_ error: any Error) -> StateError {
        guard let error = error as? DatabaseError else { return StateError("the state file \(path) failed: \(error)") }
        let another = "or name another with --state FILE"
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            return StateError(
                "the state file \(path) is damaged or no database of aud's",
                help: "move it away (history and records of runs are in it), \(another)"
            )
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
            return StateError(
                "the state file \(path) cannot be written",
                help: "make the file and its folder writable for you, \(another)"
            )
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return StateError(
                "another process has kept the state file \(path) busy for \(Int(Self.patience)) s",
                help: "try again when it has finished, \(another)"
            )
        case .SQLITE_FULL:
            return StateError("there is no room on the disk for the state file \(path)", help: "make room, \(another)")
        case .SQLITE_IOERR:
            return StateError(
                "the state file \(path) could not be read or written: \(error.message ?? "disk I/O error")",
                help: "look at the disk, its quota and the limit on the size of files (`ulimit -f`), \(another)"
            )
        default:
            return StateError("the state file \(path) failed: \(error.message ?? "SQLite error \(error.resultCode)")")
        }
    }
}

extension Database {
    fileprivate func unsynced<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try execute(sql: "PRAGMA synchronous = NORMAL")
        let result = Result { try inImmediateTransaction(body) }
        try execute(sql: "PRAGMA synchronous = FULL")
        return try result.get()
    }

    fileprivate func inImmediateTransaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try beginTransaction(.immediate)
        do {
            let value = try body(self)
            try commit()
            return value
        } catch {
            try rollback()
            throw error
        }
    }
}
