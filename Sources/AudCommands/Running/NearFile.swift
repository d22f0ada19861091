import AudLanguage

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// "Did you mean" for files: the one of the same folder whose name is nearest to a wrong one.
enum NearFile {
    /// The path of that file, with its folder as it was written; nil when none is near or the folder cannot be read. Without
    /// `.aud` at its end a name is also near to the one that has it.
    static func closest(to path: String, ending suffix: String = "") -> String? {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? ""
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let names = files(in: folder.isEmpty ? "." : folder).filter { $0.hasSuffix(suffix) }
        if names.contains(name + ".aud") { return folder + name + ".aud" }
        return Suggestions.closest(to: name, among: names).map { folder + $0 }
    }

    /// The names in a folder but for hidden ones, at most some thousands.
    private static func files(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while names.count < 5000, let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
