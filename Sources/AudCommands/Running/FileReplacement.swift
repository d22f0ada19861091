#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Gives a file other contents at one stroke: whoever reads it, and whatever stops us, there is the old text or the new.
///
/// The new text is written beside the file and renamed over it. A symbolic link stays one, and what it leads to is
/// replaced.
enum FileReplacement {
    /// Rewrites a file, which keeps its mode. `help` is for a file that may not be written.
    static func replace(
        _ path: String, with bytes: [UInt8], help: String = "to see the formatted text: aud fmt - < FILE"
    ) throws(CommandError) {
        guard let target = resolved(path) else { throw failure(path, errno) }
        let status = try status(of: target, shownAs: path, help: help)
        try write(bytes, over: target, shownAs: path, mode: status.st_mode & 0o7777, owner: status)
    }

    /// Writes a file that may be there already and then gets the same mode as another.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(CommandError) {
        guard let target = resolved(path) else {
            guard errno == ENOENT else { throw failure(path, errno) }
            return try write(bytes, over: path, shownAs: path, mode: mode, owner: nil)
        }
        let status = try status(of: target, shownAs: path, help: "name another file")
        try write(bytes, over: target, shownAs: path, mode: mode, owner: status)
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// What the file is, if it may be written.
    private static func status(of target: String, shownAs path: String, help: String) throws(CommandError) -> stat {
        var status = stat()
        guard stat(target, &status) == 0 else { throw failure(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CommandError("cannot write \(Shown.path(path)): it is not a regular file", help: help)
        }
        // Renaming asks for the right to write the folder only, and root may write everything.
        guard status.st_mode & 0o222 != 0, access(target, W_OK) == 0 else {
            throw CommandError("cannot write \(Shown.path(path)): it is read-only", help: help)
        }
        return status
    }

    private static func write(
        _ bytes: [UInt8], over target: String, shownAs path: String, mode: mode_t, owner: stat?
    ) throws(CommandError) {
        let temporary = target + ".aud-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path, errno) }
        var error: Int32 = 0
        var written = 0
        while written < bytes.count, error == 0 {
            let count = bytes[written...].withUnsafeBytes { Platform.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { written += count } else if errno != EINTR { error = errno }
        }
        // Root formats the file of a user: it stays the user's. For others the owner is the same or cannot be given.
        if let owner, geteuid() == 0, fchown(descriptor, owner.st_uid, owner.st_gid) != 0, error == 0 { error = errno }
        if error == 0, fchmod(descriptor, mode) != 0 || fsync(descriptor) != 0 { error = errno }
        if close(descriptor) != 0, error == 0 { error = errno }
        if error == 0, rename(temporary, target) != 0 { error = errno }
        guard error != 0 else { return }
        unlink(temporary)
        throw failure(path, error)
    }

    private static func failure(_ path: String, _ error: Int32) -> CommandError {
        CommandError("cannot write \(Shown.path(path)): \(GuardedFile.reason(error))")
    }
}
