#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Gives a file other contents at one stroke: whoever reads it, and whatever stops us, there is the old text or the new.
///
/// The new text is written beside the file and renamed over it. The file keeps its mode; a symbolic link stays one, and
/// what it leads to is replaced.
enum FileReplacement {
    static func replace(_ path: String, with bytes: [UInt8]) throws(CommandError) {
        guard let resolved = realpath(path, nil) else { throw failure(path, errno) }
        let target = String(cString: resolved)
        free(resolved)
        var status = stat()
        guard stat(target, &status) == 0 else { throw failure(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CommandError("cannot rewrite \(Shown.path(path)): it is not a regular file", help: help)
        }
        // Renaming asks for the right to write the folder only, and root may write everything.
        guard status.st_mode & 0o222 != 0, access(target, W_OK) == 0 else {
            throw CommandError("cannot rewrite \(Shown.path(path)): it is read-only", help: help)
        }
        try write(bytes, over: target, shownAs: path, status)
    }

    private static let help = "to see the formatted text: aud fmt - < FILE"

    private static func write(
        _ bytes: [UInt8], over target: String, shownAs path: String, _ status: stat
    ) throws(CommandError) {
        let temporary = target + ".aud-fmt-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path, errno) }
        var error: Int32 = 0
        var written = 0
        while written < bytes.count, error == 0 {
            let count = bytes[written...].withUnsafeBytes { Platform.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { written += count } else if errno != EINTR { error = errno }
        }
        // Root formats the file of a user: it stays the user's. For others the owner is the same or cannot be given.
        if geteuid() == 0, fchown(descriptor, status.st_uid, status.st_gid) != 0, error == 0 { error = errno }
        if error == 0, fchmod(descriptor, status.st_mode & 0o7777) != 0 || fsync(descriptor) != 0 { error = errno }
        if close(descriptor) != 0, error == 0 { error = errno }
        if error == 0, rename(temporary, target) != 0 { error = errno }
        guard error != 0 else { return }
        unlink(temporary)
        throw failure(path, error)
    }

    private static func failure(_ path: String, _ error: Int32) -> CommandError {
        CommandError("cannot rewrite \(Shown.path(path)): \(GuardedFile.reason(error))")
    }
}
