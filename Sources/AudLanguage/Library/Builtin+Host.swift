/// Calls of the built-ins that a host added: what goes in and what comes out is of the types that the row names, so that
/// the checker may trust it.
extension Builtin {
    /// Refuses arguments that are not of the parameters' types.
    func check(_ values: [Value]) throws(RuntimeError) {
        let arguments = hostArguments(values)
        for (place, parameter) in parameters.enumerated() {
            let type = Type(row: parameter.type)
            guard !type.holds(values[place]) else { continue }
            if type.kinds.contains(Kinds(of: values[place])) {
                throw arguments.badArgument(place, "must be \(parameter.type), and one of its items is not")
            }
            throw arguments.wrongType(place, type.kinds.subtracting(.null).described)
        }
    }

    /// Runs the body of a built-in that the host added. Nil for the language's own.
    package func answer(_ values: [Value]) async -> Answer? {
        guard case .host(let body) = body else { return nil }
        do {
            let value = try await body(hostArguments(values))
            try Limits.check(depth: value.depth)
            guard Type(row: result).holds(value) else {
                let message = "the host's `\(name)` gave \(Operators.described(value)) and promises \(result)"
                return .failure(RuntimeError(.badArgument, .server, message))
            }
            return .value(value)
        } catch let error as RuntimeError {
            return .failure(error)
        } catch is CancellationError {
            return .failure(.interrupted)
        } catch {
            return .failure(RuntimeError(.failed, .fail, "`\(name)` failed: \(error)"))
        }
    }

    private func hostArguments(_ values: [Value]) -> Arguments {
        Arguments(signature: .init(name: name, parameters: parameters, example: example), values: values)
    }
}

extension RuntimeError {
    /// The run was cancelled: by Ctrl-C, by a signal, or by the program that embeds the language.
    package static var interrupted: RuntimeError { RuntimeError(.cancelled, .cancelled, "interrupted") }
}
