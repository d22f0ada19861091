// What is in a folder, for completion: read when Tab is pressed, and no more of it than a person looks through.

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

package struct FolderEntry: Sendable, Hashable {
    package var name: String
    package var isFolder: Bool

    package init(_ name: String, isFolder: Bool = false) {
        self.name = name
        self.isFolder = isFolder
    }

    private static let most = 5_000

    /// The entries of a folder but for `.` and `..`; none when it cannot be read. A name that is not UTF-8 is left out: it
    /// could not be typed.
    @Sendable package static func all(in folder: String) -> [FolderEntry] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var entries: [FolderEntry] = []
        while entries.count < most, let entry = readdir(directory) {
            let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard let name = String(validating: bytes, as: UTF8.self), name != ".", name != ".." else { continue }
            let isFolder =
                switch Int32(entry.pointee.d_type) {
                case Int32(DT_DIR): true
                case Int32(DT_LNK), Int32(DT_UNKNOWN): leadsToFolder("\(folder)/\(name)")
                default: false
                }
            entries.append(FolderEntry(name, isFolder: isFolder))
        }
        return entries
    }

    private static func leadsToFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
