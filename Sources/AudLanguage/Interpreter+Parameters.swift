/// The params of a script as a command line sees them: what there is, how each is given, and what is wrong with the names
/// that were given.
extension Interpreter {
    /// What a text says about itself, errors or not: its `##` head comment and its params.
    package static func outline(of file: SourceFile) -> (help: String?, parameters: [Chunk.Parameter]) {
        let parsed = Parser.parse(file, fileIndex: 0, mode: .file)
        var parameters = parsed.statements.compactMap { $0.parameter(in: file) }
        // A comment at the head that stands right above the first param speaks of the script.
        if let first = parameters.first?.help, first == parsed.help { parameters[0].help = nil }
        return (parsed.help, parameters)
    }
}

extension Interpreter.Chunk {
    /// What is wrong when the params with these names are given: names that are none, and params without a value.
    public func problems(giving names: some Sequence<String>) -> [Diagnostic] {
        let given = Set(names)
        let known = parameters.map(\.name)
        var diagnostics: [Diagnostic] = []
        for name in given.subtracting(known).sorted() {
            let help =
                Suggestions.closest(to: name, among: known).map { "did you mean `\($0)`?" }
                ?? (known.isEmpty ? "the script has no `param`" : "its params: \(known.joined(separator: ", "))")
            diagnostics.append(Diagnostic(.paramUnknown, "the script has no param `\(name)`", at: nil, help: help))
        }
        for parameter in parameters where !parameter.hasDefault && !given.contains(parameter.name) {
            let purpose = parameter.help.map { " (\($0))" } ?? ""
            let help =
                parameter.option.map { "give it with \($0), of type \(parameter.type)" }
                ?? "a value of type \(parameter.type) cannot be given as text; take its id as a string"
            diagnostics.append(
                Diagnostic(
                    .paramMissing, "the script needs a value for `\(parameter.name)`\(purpose)", at: nil, help: help))
        }
        return diagnostics
    }
}

extension Interpreter.Chunk.Parameter {
    /// The option that gives it, with an example of a value; nil when no text can be its value.
    package var option: String? { form.map { "--set \(name)=\($0.example)" } }

    /// What else a value may look like.
    package var alternatives: String? {
        let others = [form?.others, form != nil && type.hasSuffix("?") ? "null" : nil].compactMap(\.self)
        return others.isEmpty ? nil : others.joined(separator: ", or ")
    }

    private var form: (example: String, others: String?)? {
        var name = Substring(type)
        if name.last == "?" { name.removeLast() }
        switch name {
        case "string", "any": return ("TEXT", nil)
        case "bool": return ("true", "false")
        case "int": return ("90", nil)
        case "float": return ("2.5", nil)
        case "date": return ("2026-01-31", "2026-01-31T09:00Z")
        case "duration": return ("90d", "1h30min")
        case "space": return ("SPACE", "its id instead of its alias")
        case "record": return (#"'{"key": "value"}'"#, nil)
        case "list<record>", "list<record?>": return ("@FILE", "a JSON list; a file is CSV with a header")
        default:
            return name.hasPrefix("list") ? ("@FILE", "a JSON list; a file has one item a line") : nil
        }
    }
}

extension Statement {
    func parameter(in file: SourceFile) -> Interpreter.Chunk.Parameter? {
        guard case .param(let declaration) = kind else { return nil }
        let fallback = declaration.fallback.map {
            String(decoding: file.bytes[Int($0.span.start)..<Int($0.span.end)], as: UTF8.self)
        }
        return Interpreter.Chunk.Parameter(
            name: declaration.name.text, type: declaration.type.text,
            fallback: fallback ?? (declaration.type.nullable ? "null" : nil), help: declaration.help)
    }
}
