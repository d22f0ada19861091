// How a shell reaches scripts: `:load`, `:save` and `:edit`. The command line says how; the shell does no more than ask.

package import AudLanguage

package struct ScriptFiles: Sendable {
    /// What became of a script that was to be saved.
    package enum Saving: Sendable {
        case saved
        case refused(ShellRefusal)
        /// It would not run as it stands; nothing was written. With what is wrong at which of its bytes, and all that is
        /// wrong, in modules too.
        case wrong(at: [Int: String], [Diagnostic], SourceMap)
    }

    /// What a person edits.
    package enum Draft: Sendable {
        case text(String)
        case file(String)
    }

    /// Reads a script; from now on its modules are found beside it.
    package var read: @Sendable (_ path: String) -> Result<SourceFile, ShellRefusal>
    /// Checks a script and writes it to a file, unless that is somebody's own.
    package var save: @Sendable (_ script: String, _ path: String) async -> Saving
    /// Hands the terminal to the person's editor and answers with the text when it has ended.
    package var edit: @Sendable (_ draft: Draft) async -> Result<String, ShellRefusal>

    package init(
        read: @escaping @Sendable (_ path: String) -> Result<SourceFile, ShellRefusal>,
        save: @escaping @Sendable (_ script: String, _ path: String) async -> Saving,
        edit: @escaping @Sendable (_ draft: Draft) async -> Result<String, ShellRefusal>
    ) {
        self.read = read
        self.save = save
        self.edit = edit
    }
}
