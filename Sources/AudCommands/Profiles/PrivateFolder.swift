#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Folders that only their owner can enter.
enum PrivateFolder {
    /// Makes the folder and those above it that are missing; one that is there stays as it is.
    static func make(_ path: String) throws(CommandError) {
        var place = path.startIndex
        while place < path.endIndex {
            place = path[path.index(after: place)...].firstIndex(of: "/") ?? path.endIndex
            let folder = String(path[..<place])
            guard mkdir(folder, 0o700) != 0, errno != EEXIST else { continue }
            let error = errno
            var status = stat()
            if stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { continue }
            throw CommandError("cannot make the folder \(Shown.path(folder)): \(GuardedFile.reason(error))")
        }
    }
}
