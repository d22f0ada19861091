import AudLanguage
import AudShell

/// `aud run FILE --help`: what a script says about itself. It is written from the script alone, so that it is never out of
/// date, and a script with errors has one too.
struct ScriptHelp: Sendable {
    /// The path as it was given.
    var path: String
    var help: String?
    var parameters: [Interpreter.Chunk.Parameter]
    /// What would run; nil when the script has errors.
    var chunk: Interpreter.Chunk?
    /// The texts that the chunk was made of.
    var sources = SourceMap()

    /// The lines of the help, on a screen of so many columns if it is one; what a script says in them is not escaped yet.
    func lines(width: Int?) -> [String] {
        let columns = width ?? .max
        let help = (help ?? "A script without a `##` comment at its head.").split(
            separator: "\n", omittingEmptySubsequences: false)
        var lines = help.flatMap { Self.hanging("", String($0), 0, columns) }
        lines += [""] + Self.hanging("usage: ", usage, 7, columns)
        if !parameters.isEmpty {
            lines += ["", "params:"]
            let names = parameters.map { name(of: $0) }
            let column = min(32, names.map(\.count).max() ?? 0)
            for (parameter, name) in zip(parameters, names) { lines += about(parameter, name, column, columns) }
        }
        lines += ["", "changes:"] + Self.hanging("  ", changes, 2, columns)
        return lines + [""] + Self.hanging("", "options of all scripts: aud help run", 0, columns)
    }

    /// A text behind a head, its further lines so many columns further in.
    private static func hanging(_ head: String, _ text: String, _ indent: Int, _ columns: Int) -> [String] {
        let lines = columns == .max ? [text] : TextWrap.lines(text, fitting: columns - indent)
        return lines.enumerated().map { index, line in
            index == 0 ? head + line : String(repeating: " ", count: indent) + line
        }
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

    private func about(
        _ parameter: Interpreter.Chunk.Parameter, _ name: String, _ width: Int, _ columns: Int
    ) -> [String] {
        var notes = parameter.help?.split(whereSeparator: \.isNewline).map(String.init) ?? []
        var way = parameter.option ?? "cannot be given on the command line"
        if let others = parameter.alternatives { way += ", or \(others)" }
        notes.append(parameter.hasDefault ? way : "needed: \(way)")
        // Beside the names there is no room for words on a narrow screen: they go below.
        let isNarrow = columns - width - 4 < 32
        let indent = isNarrow ? 6 : width + 4
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        if isNarrow || name.count > width {
            lines += Self.hanging("  ", name, 4, columns)
        } else {
            let head = "  " + name + String(repeating: " ", count: width - name.count + 2)
            lines += Self.hanging(head, notes.removeFirst(), indent, columns)
        }
        return lines + notes.flatMap { Self.hanging(margin, $0, indent, columns) }
    }

    private var changes: String {
        guard let chunk else { return "not known, because the script has errors" }
        guard chunk.canChange else { return chunk.isPure ? "none: it only computes" : "none: it only looks and shows" }
        // Several changes by one verb have a cap each.
        var caps: [(verb: String, caps: [String])] = []
        for effect in chunk.effects(sources: sources) where effect.function == nil {
            guard let cap = effect.cap?.text else { continue }
            if let place = caps.firstIndex(where: { $0.verb == effect.name }) {
                caps[place].caps.append(cap)
            } else {
                caps.append((effect.name, [cap]))
            }
        }
        var what = caps.map { "\($0.verb) (\($0.caps.joined(separator: ", ")))" }.joined(separator: " and ")
        if what.isEmpty { what = chunk.canRemove ? "change and remove" : "change" }
        return "it can \(what) audiences. Nothing is sent without --apply or --live."
    }
}
