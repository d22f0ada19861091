/// What the rows of the library say about types, and what is known beyond them when the arguments are.
enum BuiltinTypes {
    private static let types: [String: Type] = {
        var types: [String: Type] = [:]
        for row in Library.standard.rows {
            types[row.result] = Type(row: row.result)
            for parameter in row.parameters { types[parameter.type] = Type(row: parameter.type) }
        }
        return types
    }()

    /// The type that a row names. O(1) for the rows of the language.
    static func type(of row: String) -> Type { types[row] ?? Type(row: row) }

    /// What a call gives; `arguments` are the types by parameter.
    static func result(of builtin: Builtin, _ arguments: [Int: Type]) -> Type {
        if case .host = builtin.body { return type(of: builtin.result) }
        let first = arguments[0] ?? .any
        switch builtin.name {
        case "slice": return first.kinds == .string || first.kinds == .list ? first : type(of: builtin.result)
        case "find": return first.element.orNull
        case "enumerate": return .list(of: .record(Fields([("index", .int), ("item", first.element)])))
        case "entries": return .list(of: .record(Fields([("key", .string), ("value", .any)])))
        case "chunk": return .list(of: .list(of: first.element))
        case "match": return Type.match.orNull
        case "matches": return .list(of: .match)
        case "abs":
            let kinds = first.kinds.intersection([.int, .float, .duration])
            return kinds.isEmpty ? .any : Type(kinds)
        case "enable", "disable", "remove":
            if first.kinds == .list { return .list(of: .outcome) }
            return first.kinds.contains(.list) ? Type([.outcome, .list]) : .outcome
        default: return type(of: builtin.result)
        }
    }
}
