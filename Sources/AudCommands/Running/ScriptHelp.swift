import AudLanguage

/// `aud run FILE --help`: what a script says about itself. It is written from the script alone, so that it is never out of
/// date, and a script with errors has one too.
struct ScriptHelp: Sendable {
    /// The path as it was given.
    var path: String
    var help: String?
    var parameters: [Interpreter.Chunk.Parameter]
    /// What would run; nil when the script has errors.
    var chunk: Interpreter.Chunk?

    /// The lines of the help; what a script says in them is not escaped yet.
    var lines: [String] {
        var lines = (help ?? "A script without a `##` comment at its head.").split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
        lines += ["", "usage: \(usage)"]
        if !parameters.isEmpty {
            lines += ["", "params:"]
            let names = parameters.map { name(of: $0) }
            let width = min(32, names.map(\.count).max() ?? 0)
            for (parameter, name) in zip(parameters, names) { lines += about(parameter, name, width) }
        }
        lines += ["", "changes:", "  \(changes)", "", "options of all scripts: aud help run"]
        return lines
    }

    private var usage: String {
        var words = ["aud run \(ShellQuoting.quote(path))"]
        words += parameters.filter { !$0.hasDefault }.compactMap(\.option)
        if parameters.contains(where: \.hasDefault) { words.append("[--set name=value …]") }
        return (words + ["[options]"]).joined(separator: " ")
    }

    /// The name with its type, and the default as it is written; a long one is cut.
    private func name(of parameter: Interpreter.Chunk.Parameter) -> String {
        guard let fallback = parameter.fallback else { return "\(parameter.name): \(parameter.type)" }
        let line = fallback.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.joined(separator: " ")
        let short = line.count > 40 ? line.prefix(39) + "…" : line[...]
        return "\(parameter.name): \(parameter.type) = \(short)"
    }

    private func about(_ parameter: Interpreter.Chunk.Parameter, _ name: String, _ width: Int) -> [String] {
        var notes = parameter.help?.split(whereSeparator: \.isNewline).map(String.init) ?? []
        var way = parameter.option ?? "cannot be given on the command line"
        if let others = parameter.alternatives { way += ", or \(others)" }
        notes.append(parameter.hasDefault ? way : "needed: \(way)")
        let indent = String(repeating: " ", count: width + 4)
        var lines: [String] = []
        if name.count > width {
            lines.append("  \(name)")
        } else {
            lines.append("  " + name + String(repeating: " ", count: width - name.count + 2) + notes.removeFirst())
        }
        return lines + notes.map { indent + $0 }
    }

    private var changes: String {
        guard let chunk else { return "not known, because the script has errors" }
        guard chunk.canChange else { return chunk.isPure ? "none: it only computes" : "none: it only looks and shows" }
        let what = chunk.canRemove ? "can change and remove audiences" : "can change audiences; it removes none"
        return "it \(what). Nothing is sent without --apply or --live."
    }
}
