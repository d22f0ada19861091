import AudLanguage
import Synchronization

/// What `use` reads in a shell: modules of the folder of `--lib`, and those beside a script that `:load` runs.
final class ShellModules: Sendable {
    private let shared: ModuleFolder?
    private let loaded = Mutex<ModuleFolder?>(nil)

    init(_ shared: ModuleFolder?) {
        self.shared = shared
    }

    /// From now on the modules beside this script are read.
    func begin(script path: String) {
        loaded.withLock { $0 = ModuleFolder(ofScript: path) }
    }

    /// How a session reads modules.
    var loader: @Sendable (_ path: String, _ importer: String) -> Result<SourceFile, Diagnostic> {
        { [self] path, importer in
            let isTyped = importer.hasPrefix("prompt:") || importer.isEmpty
            guard let folder = (isTyped ? nil : loaded.withLock { $0 }) ?? shared else {
                return .failure(
                    Diagnostic(
                        .moduleNotFound, "modules cannot be used here", at: nil,
                        help: "start the shell with the folder of its modules: aud --lib DIR"))
            }
            return folder.load(path, importer)
        }
    }
}
