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

    /// The texts by name. A value is data and never source text, so everything after the first `=` belongs to it.
    package func texts() throws(CommandError) -> [String: String] {
        var texts: [String: String] = [:]
        for parameter in parameters {
            let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw CommandError("cannot read --set \(Shown.quoted(parameter))", help: "write --set name=value")
            }
            guard texts[parts[0]] == nil else {
                throw CommandError("--set \(Shown.text(parts[0])) is given twice")
            }
            texts[parts[0]] = try value(parts[1], of: parts[0])
        }
        return texts
    }

    private func value(_ text: String, of name: String) throws(CommandError) -> String {
        guard text.hasPrefix("@") else { return text }
        let path = String(text.dropFirst())
        let bytes = try GuardedFile.read(path, what: "file for --set \(Shown.text(name))", against: .nothing)
        guard let bytes else {
            throw CommandError("there is no file \(Shown.path(path)) for --set \(Shown.text(name))")
        }
        guard let content = String(validating: bytes, as: UTF8.self) else {
            throw CommandError("the file \(Shown.path(path)) for --set \(Shown.text(name)) is not UTF-8 text")
        }
        return content
    }
}
