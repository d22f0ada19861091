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

    /// nil when there is no such folder.
    init?(_ path: String) {
        guard let real = Self.resolve(path) else { return nil }
        self.real = real == "/" ? "" : real
        shown = path
    }

    /// The folder of a script.
    init?(ofScript path: String) {
        self.init(path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ".")
    }

    /// How a session reads modules.
    var loader: @Sendable (_ path: String, _ importer: String) -> Result<SourceFile, Diagnostic> {
        { path, importer in load(path, importer) }
    }

    /// Reads the module that `importer` names. A module is called by its place below the folder, so that two spellings of
    /// one path are one module.
    func load(_ path: String, _ importer: String) -> Result<SourceFile, Diagnostic> {
        guard !path.hasPrefix("/"), path.hasSuffix(".aud") else {
            return .failure(Self.refusal("a module is named by a relative path that ends in .aud"))
        }
        let prefix = shown == "." ? "" : shown + "/"
        // Only a module's name begins with the folder; the main script's, `-e` and standard input stand in it.
        let below = importer.hasPrefix(prefix) ? String(importer.dropFirst(prefix.count)) : ""
        let folder = below.lastIndex(of: "/").map { "/" + below[..<$0] } ?? ""
        guard let target = Self.resolve(real + folder + "/" + path) else {
            return .failure(Self.refusal("there is no module \(Shown.quoted(path)) beside \(Shown.path(importer))"))
        }
        guard target.hasPrefix(real + "/") else {
            return .failure(Self.refusal("the module \(Shown.quoted(path)) lies outside \(Shown.path(shown))"))
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

    private static func refusal(_ message: String) -> Diagnostic {
        Diagnostic(.moduleNotFound, message, at: nil)
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
