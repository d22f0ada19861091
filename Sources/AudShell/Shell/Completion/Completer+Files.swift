// Names of files: one folder is read, and a folder ends in `/`, so that the next Tab goes on in it.

internal import AudLanguage

extension Completer {
    /// The files and folders that a path that is being typed may become, as an argument of a colon command. Names that
    /// such an argument cannot hold are left out: with controls, or with a blank at an end, which is not part of it.
    func files(_ typed: String) -> [Candidate] {
        entries(typed) { $0 }.compactMap { path, _ in
            guard !path.unicodeScalars.contains(where: TerminalText.isUnsafe), path.first != " ", path.last != " "
            else { return nil }
            return Candidate(path)
        }
    }

    /// The modules that `use` finds.
    func modules(_ typed: String, _ form: StringForm) -> [Candidate] {
        guard let root = context.modules, !typed.hasPrefix("/") else { return [] }
        return entries(typed) { folder in folder.isEmpty ? root : "\(root)/\(folder)" }.compactMap { path, isFolder in
            guard isFolder || path.hasSuffix(".aud") else { return nil }
            return Candidate(form.source(of: path, goesOn: isFolder), label: path)
        }
    }

    /// The paths that begin with what was typed; hidden ones only when the typed name begins with a dot.
    private func entries(_ typed: String, in place: (String) -> String) -> [(path: String, isFolder: Bool)] {
        let slash = typed.lastIndex(of: "/")
        let folder = slash.map { String(typed[...$0]) } ?? ""
        let name = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
        let path = place(folder)
        let found = context.files(path.isEmpty ? "." : path).filter { entry in
            entry.name.lowercased().hasPrefix(name.lowercased()) && (name.hasPrefix(".") || !entry.name.hasPrefix("."))
        }
        return found.sorted { $0.name < $1.name }.map { entry in
            (folder + entry.name + (entry.isFolder ? "/" : ""), entry.isFolder)
        }
    }
}
