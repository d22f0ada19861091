import AudLanguage

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Where the text of a run comes from.
package enum ScriptSource: Sendable, Equatable {
    case file(String)
    case standardInput
    /// `-e TEXT`
    case text(String)

    /// What the command line calls it.
    package init(path: String) {
        self = path == "-" ? .standardInput : .file(path)
    }

    /// A script is read whole, and this is more than anybody writes.
    private static let limit = 16 << 20

    func read() throws(CommandError) -> SourceFile {
        switch self {
        case .text(let text): return SourceFile(name: "-e", text: text)
        case .standardInput:
            return SourceFile(
                name: "<stdin>",
                bytes: try GuardedFile.contents(
                    of: STDIN_FILENO, path: "<stdin>", what: "script", limit: Self.limit
                ))
        case .file(let path):
            guard !path.isEmpty else { throw CommandError("the name of the script is empty") }
            guard let bytes = try GuardedFile.read(path, what: "script", against: .nothing, limit: Self.limit) else {
                let near = NearFile.closest(to: path).map { "did you mean \(Shown.path($0))?" }
                throw CommandError(
                    "there is no file \(Shown.path(path))",
                    help: near
                        ?? "look at the spelling and at the folder you are in; to run a text: aud -e TEXT"
                )
            }
            return SourceFile(name: path, bytes: bytes)
        }
    }

    /// The folder that `use` may read from: the script's own, else only what `--lib` names.
    func modules(lib: String?) throws(CommandError) -> ModuleFolder? {
        if let lib {
            if case .file = self {
                throw CommandError(
                    "--lib is for -e and standard input",
                    help: "a script in a file uses the modules of its own folder: leave --lib off")
            }
            guard let folder = ModuleFolder(lib), folder.isFolder else {
                throw CommandError("there is no folder \(Shown.path(lib))")
            }
            return folder
        }
        guard case .file(let path) = self else { return nil }
        return ModuleFolder(ofScript: path)
    }
}
