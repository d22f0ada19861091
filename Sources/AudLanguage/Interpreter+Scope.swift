/// What the names of the top level are bound to, for hosts that help a person who types.
extension Interpreter {
    /// All names of the top level, those that start with `_` among them.
    package var boundNames: [String] { Array(environment.names.keys) }

    /// The values of the names that have one: not those of functions and modules.
    package var boundValues: [String: Value] {
        var values: [String: Value] = [:]
        for (name, entry) in environment.names {
            guard case .variable(let index) = entry, let register = environment.variables[index].global else {
                continue
            }
            values[name] = machine.registers[register]
        }
        return values
    }

    /// The parameters of the functions that a `fn` has defined.
    package var boundFunctions: [String: [Environment.Parameter]] {
        environment.names.compactMapValues { entry in
            guard case .function(let index) = entry else { return nil }
            return environment.functions[index].parameters
        }
    }

    /// The fields of what the names stand for now.
    package var fieldFinder: FieldFinder {
        FieldFinder(environment: environment, known: knownTypes, values: boundValues, continued: continuedName)
    }

    /// The name whose value a line that starts with `|` goes on with; nil when there is none.
    package var continuedName: String? {
        switch continuation {
        case .nothing: nil
        case .value: "_"
        case .name(let name): name
        }
    }
}
