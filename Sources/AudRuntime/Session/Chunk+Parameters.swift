// The texts given for a script's params become values here; they are data and never source text. All that is wrong with
// them is told at once: names that are no params, params without a value, texts that are no values of their type.

internal import AudLanguage

/// What is wrong with the texts that were given.
struct ParameterProblems: Error {
    var diagnostics: [Diagnostic]
}

extension Interpreter.Chunk {
    /// The values of the given texts by the names of their params.
    func values(of texts: [String: String], names: SpaceNames) throws(ParameterProblems) -> [String: Value] {
        let reader = ParameterText(names: names)
        var values: [String: Value] = [:]
        var diagnostics = problems(giving: texts.keys)
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            guard let parameter = parameters.first(where: { $0.name == name }) else { continue }
            do {
                values[name] = try reader.value(text, type: parameter.type)
            } catch {
                let help = parameter.help.map { "`\(name)` is: \($0)" }
                diagnostics.append(
                    Diagnostic(.paramValue, "the value of `\(name)`: \(error.message)", at: nil, help: help))
            }
        }
        guard diagnostics.isEmpty else { throw ParameterProblems(diagnostics: diagnostics) }
        return values
    }
}
