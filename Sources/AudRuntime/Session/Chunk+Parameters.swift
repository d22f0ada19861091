// The texts given for a script's params become values here; they are data and never source text. Names that are no
// params are refused by the interpreter, together with params that have no value.

internal import AudLanguage

/// Texts that are no values of their params.
struct ParameterProblems: Error {
    var diagnostics: [Diagnostic]
}

extension Interpreter.Chunk {
    /// The values of the given texts by the names of their params.
    func values(of texts: [String: String], names: SpaceNames) throws(ParameterProblems) -> [String: Value] {
        let reader = ParameterText(names: names)
        var values: [String: Value] = [:]
        var diagnostics: [Diagnostic] = []
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                values[name] = .string(text)
                continue
            }
            do {
                values[name] = try reader.value(text, type: parameter.type)
            } catch {
                let help = parameter.help.map { "\(name) is: \($0)" }
                diagnostics.append(Diagnostic(.paramValue, "`\(name)`: \(error.message)", at: nil, help: help))
            }
        }
        guard diagnostics.isEmpty else { throw ParameterProblems(diagnostics: diagnostics) }
        return values
    }
}
