package import ArgumentParser

/// What a script is given.
package struct ScriptOptions: ParsableArguments {
    @Option(
        name: .customLong("set"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("The value of a param; name=@FILE reads it from a file.", valueName: "name=value")
    )
    package var parameters: [String] = []

    @Option(help: ArgumentHelp("The folder that `use` may read from, for -e and standard input.", valueName: "folder"))
    package var lib: String?

    package init() {}

    /// The texts by name, and what is wrong with those that cannot be read. A value is data and never source text, so
    /// everything after the first `=` belongs to it.
    package func texts() -> (texts: [String: String], problems: [CommandError]) {
        var texts: [String: String] = [:]
        var problems: [CommandError] = []
        for parameter in parameters {
            let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                problems.append(
                    CommandError("cannot read --set \(Shown.quoted(parameter))", help: "write --set name=value"))
                continue
            }
            guard texts[parts[0]] == nil else {
                problems.append(
                    CommandError(
                        "--set \(Shown.text(parts[0])) is given twice",
                        help: "a list is given at once: --set \(Shown.text(parts[0]))=@FILE, with one item a line"))
                continue
            }
            // A text that cannot be read is given all the same: it is not missing as well.
            texts[parts[0]] = ""
            do {
                texts[parts[0]] = try value(parts[1], of: parts[0])
            } catch {
                problems.append(error)
            }
        }
        return (texts, problems)
    }

    /// A value behind `@` is the content of a file, without the newline at its end; `@@` stands for one `@`.
    private func value(_ text: String, of name: String) throws(CommandError) -> String {
        guard text.hasPrefix("@") else { return text }
        let path = String(text.dropFirst())
        guard !path.hasPrefix("@") else { return path }
        let bytes = try GuardedFile.read(path, what: "file of --set \(Shown.text(name)),", against: .nothing)
        guard var bytes else { throw missing(path, of: name) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        if bytes.last == 0x0A { bytes.removeLast(bytes.dropLast().last == 0x0D ? 2 : 1) }
        guard let content = String(validating: bytes, as: UTF8.self) else {
            throw CommandError("the file \(Shown.path(path)) for --set \(Shown.text(name)) is not UTF-8 text")
        }
        return content
    }

    private func missing(_ path: String, of name: String) -> CommandError {
        let message = "there is no file \(Shown.quoted(path)) for --set \(Shown.text(name))"
        if let near = NearFile.closest(to: path) {
            return CommandError(message, help: "did you mean: --set \(Shown.text(name))=@\(Shown.path(near))")
        }
        if path.first?.isNumber == true {
            return CommandError(message, help: "a date stands here without its @: --set \(Shown.text(name))=2026-01-31")
        }
        return CommandError(message, help: "a value that begins with @ is written with two of them")
    }
}
