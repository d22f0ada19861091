/// A table of built-ins: one row each, a file for each family. A row and one function is all that a built-in is.
///
/// Invariant: the rows of the language come first, in one order, so that their places are the same in every table; those
/// that a host added stand behind them.
package struct Library: Sendable {
    /// The rows. A function value names its built-in by its place here.
    package let rows: [Builtin]
    private let places: [String: Int]

    private init(_ rows: [Builtin]) {
        self.rows = rows
        places = Dictionary(
            rows.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// The table of the language.
    package static let standard = Library(api + lists + strings + numbers + dates + data + host)
    /// The table with the rows of a host. Names and types are the host's own code, so a wrong one is a mistake of the
    /// program and stops it.
    package func adding(_ builtins: [Builtin]) -> Library {
        if let mistake = Self.mistake(in: builtins) { preconditionFailure(mistake) }
        return builtins.isEmpty ? self : Library(rows + builtins)
    }

    /// What is wrong with rows that a host wants to add.
    package static func mistake(in builtins: [Builtin]) -> String? {
        var known = Set(
            standard.rows.map(\.name) + Token.Kind.keywords.map(\.text) + StageWord.allCases.map(\.rawValue))
        for row in builtins {
            if !Printer.isName(row.name) || row.isHidden { return "`\(row.name)` is no name for a built-in" }
            if !known.insert(row.name).inserted { return "the language has `\(row.name)` already" }
            for type in [row.result] + row.parameters.map(\.type) where !Type.isWritten(type) {
                return "`\(type)` of `\(row.name)` is no type"
            }
            let optional = row.parameters.drop { $0.fallback == nil }
            if !optional.allSatisfy({ $0.fallback != nil }) { return "optional parameters of `\(row.name)` come last" }
        }
        return nil
    }

    /// The place of a built-in. O(1).
    package func index(of name: String) -> Int? { places[name] }

    /// What to write in place of `x.name`, when `x` has no such field and people of other languages would expect a method.
    func help(forMember name: String, ofList isList: Bool) -> String? {
        if let help = help(forVerb: name) { return help }
        if let help = ForeignSyntax.members[name] { return help }
        if index(of: name) != nil { return "did you mean `\(name)(x)`?" }
        return isList ? "of each item: `| map .\(name)`" : nil
    }

    /// What to write in place of `x.disable()`.
    func help(forVerb name: String, of written: String? = nil) -> String? {
        guard let place = index(of: name), case .action = rows[place].body else { return nil }
        return "`\(name)` is a function: write `\(name)(\(written ?? "x"))`"
    }

    package subscript(place: Int) -> Builtin { rows[place] }
}

extension Builtin {
    /// Whether `help` and completion leave it out: it serves the prelude only.
    package var isHidden: Bool { name.hasPrefix("_") }

    /// A row whose body is Swift and needs nothing of the host.
    static func native(
        _ name: String, _ family: String, _ summary: String, _ parameters: [Parameter], variadic: Bool = false,
        result: String, example: (source: String, result: String?),
        _ body: @escaping @Sendable (borrowing NativeContext, Arguments) throws(RuntimeError) -> Value
    ) -> Builtin {
        let signature = Arguments.Signature(name: name, parameters: parameters, example: example)
        return Builtin(
            name, family: family, summary, parameters, variadic: variadic, result: result, example: example,
            body: .native { (context, values) throws(RuntimeError) in
                try body(context, Arguments(signature: signature, values: values))
            })
    }

    /// A row that asks the host.
    static func request(
        _ name: String, _ family: String, _ summary: String, _ parameters: [Parameter], variadic: Bool = false,
        result: String, effect: Effect, example: (source: String, result: String?),
        _ body: @escaping @Sendable (borrowing NativeContext, Arguments) throws(RuntimeError) -> Request
    ) -> Builtin {
        let signature = Arguments.Signature(name: name, parameters: parameters, example: example)
        return Builtin(
            name, family: family, summary, parameters, variadic: variadic, result: result, effect: effect,
            example: example,
            body: .request { (context, values) throws(RuntimeError) in
                try body(context, Arguments(signature: signature, values: values))
            })
    }
}
