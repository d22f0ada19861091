import AudLanguage

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The files that `use` may read: those that really lie in one folder, the main script's or `--lib`. Links that lead out
/// of it are followed before the comparison, so they lead nowhere.
struct ModuleFolder: Sendable {
    /// The folder as messages name it.
    private let shown: String
    /// The folder with all links resolved.
    private let real: String

    /// Whether it is none that is only named like one, such as a file.
    var isFolder: Bool {
        var status = stat()
        return stat(real.isEmpty ? "/" : real, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// nil when there is nothing of that name.
    init?(_ path: String) {
        guard let real = Self.resolve(path) else { return nil }
        self.real = real == "/" ? "" : real
        shown = path
    }

    /// The folder of a script. Of a link to a script it is the folder where the script really lies, beside its modules.
    init?(ofScript path: String) {
        var path = path
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK, let real = Self.resolve(path) { path = real }
        self.init(path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ".")
    }

    /// How a session reads modules.
    var loader: @Sendable (_ path: String, _ importer: String) -> Result<SourceFile, Diagnostic> {
        { path, importer in load(path, importer) }
    }

    /// Reads the module that `importer` names. A module is called by its place below the folder, so that two spellings of
    /// one path are one module.
    func load(_ path: String, _ importer: String) -> Result<SourceFile, Diagnostic> {
        guard !path.hasPrefix("/") else {
            return .failure(
                Self.refusal(
                    "a module is named by a relative path",
                    help: "write the path from the folder of \(Shown.path(importer))"))
        }
        guard path.hasSuffix(".aud") else {
            return .failure(
                Self.refusal(
                    "the name of a module ends in .aud",
                    help: path.contains("..") || path.isEmpty || path.hasSuffix("/")
                        ? "for example use \"lib/x.aud\" as x" : "write use \(Shown.quoted(path + ".aud")) as …"))
        }
        let prefix = shown == "." ? "" : shown + "/"
        // Only a module's name begins with the folder; the main script's, `-e` and standard input stand in it.
        let below = importer.hasPrefix(prefix) ? String(importer.dropFirst(prefix.count)) : ""
        let folder = below.lastIndex(of: "/").map { "/" + below[..<$0] } ?? ""
        guard let target = Self.resolve(real + folder + "/" + path) else {
            return .failure(
                Self.refusal(
                    "there is no module \(Shown.quoted(path)) beside \(Shown.path(importer))",
                    help: near(path, from: folder).map { "did you mean \(Shown.quoted($0))?" }))
        }
        guard target.hasPrefix(real + "/") else {
            return .failure(
                Self.refusal(
                    "the module \(Shown.quoted(path)) lies outside \(shown == "." ? "the script's folder" : Shown.path(shown))",
                    help: "links are followed; a script uses only what lies in its own folder: put the module there"))
        }
        // A pipe would wait for somebody who writes into it.
        var status = stat()
        guard stat(target, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
            return .failure(Self.refusal("the module \(Shown.quoted(path)) is no file"))
        }
        do {
            guard let bytes = try GuardedFile.read(target, what: "module", against: .nothing, limit: 16 << 20) else {
                return .failure(Self.refusal("there is no module \(Shown.quoted(path))"))
            }
            return .success(SourceFile(name: prefix + target.dropFirst(real.count + 1), bytes: bytes))
        } catch {
            return .failure(Self.refusal(error.message))
        }
    }

    /// The module that was probably meant, as `use` would name it. Nothing is said about what lies outside of the folder.
    private func near(_ path: String, from folder: String) -> String? {
        let base = real + folder + "/"
        let place = path.lastIndex(of: "/").map { base + path[..<$0] } ?? base
        guard let inside = Self.resolve(place), (inside + "/").hasPrefix(real + "/") else { return nil }
        return NearFile.closest(to: base + path, ending: ".aud").map { String($0.dropFirst(base.count)) }
    }

    private static func refusal(_ message: String, help: String? = nil) -> Diagnostic {
        Diagnostic(.moduleNotFound, message, at: nil, help: help)
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
