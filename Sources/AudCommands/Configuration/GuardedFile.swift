#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Reads a file whose permissions matter: a token that only its owner may read, a configuration that only its owner may
/// write.
///
/// The permissions are those of the very file that is read (`fstat` on the open descriptor), so that swapping the path
/// between the look and the reading gains nothing.
package enum GuardedFile {
    /// What nobody but the owner (or root) may do with the file.
    package enum Guard: Sendable {
        case nothing, reading, writing

        fileprivate var forbidden: mode_t {
            switch self {
            case .nothing: 0
            case .reading: 0o077
            case .writing: 0o022
            }
        }

        fileprivate var word: String {
            switch self {
            case .nothing: "use"
            case .reading: "read"
            case .writing: "change"
            }
        }

        fileprivate var mend: String {
            switch self {
            case .nothing, .reading: "600"
            case .writing: "go-w"
            }
        }
    }

    /// The bytes of the file, or nil when there is no file of that name. `what` names the file's part in messages, such
    /// as "token file".
    package static func read(
        _ path: String, what: String, against guarded: Guard, limit: Int = 64 << 20
    ) throws(CommandError) -> [UInt8]? {
        // Without O_NONBLOCK opening a named pipe would wait for a writer; pipes are read like files all the same.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let error = errno
            if error == ENOENT || error == ENOTDIR { return nil }
            throw CommandError("cannot read the \(what) \(Shown.path(path)): \(reason(error))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw CommandError("cannot read the \(what) \(Shown.path(path)): \(reason(errno))")
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw CommandError(
                "the \(what) \(Shown.path(path)) is a directory",
                help: what == "script" ? "name its files, for example \(Shown.path(path))/*.aud" : nil)
        }
        try check(status, path: path, what: what, against: guarded)
        return try contents(of: descriptor, path: path, what: what, limit: limit)
    }

    private static func check(
        _ status: stat, path: String, what: String, against guarded: Guard
    ) throws(CommandError) {
        // A pipe (`--token-file <(pass segment)`) has no readers but the two ends, whatever its mode says.
        guard status.st_mode & S_IFMT == S_IFREG else { return }
        if status.st_mode & guarded.forbidden != 0 {
            throw CommandError(
                "the \(what) \(Shown.path(path)) is refused: others than you can \(guarded.word) it",
                help: "chmod \(guarded.mend) \(ShellQuoting.quote(path))"
            )
        }
        if case .nothing = guarded { return }
        let user = geteuid()
        if user != 0, status.st_uid != user, status.st_uid != 0 {
            throw CommandError(
                "the \(what) \(Shown.path(path)) is refused: it belongs to another user",
                help: "make a copy of your own with: install -m 600 \(ShellQuoting.quote(path)) …"
            )
        }
    }

    static func contents(
        of descriptor: Int32, path: String, what: String, limit: Int
    ) throws(CommandError) -> [UInt8] {
        var bytes: [UInt8] = []
        let step = 1 << 16
        while true {
            var count = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: step) { buffer, used in
                repeat { count = Platform.read(descriptor, buffer.baseAddress, step) } while count < 0 && errno == EINTR
                used = max(count, 0)
            }
            if count == 0 { return bytes }
            guard count > 0 else {
                throw CommandError("cannot read the \(what) \(Shown.path(path)): \(reason(errno))")
            }
            bytes += chunk
            guard bytes.count <= limit else {
                throw CommandError("the \(what) \(Shown.path(path)) is larger than \(limit >> 10) KiB")
            }
        }
    }

    /// What the system says about an error number.
    package static func reason(_ error: Int32) -> String {
        guard let text = strerror(error) else { return "error \(error)" }
        return String(cString: text).lowercased()
    }
}
