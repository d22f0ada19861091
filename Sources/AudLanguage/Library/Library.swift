/// The table of all built-ins: one row each, a file for each family. A row and one function is all that a built-in is.
package enum Library {
    /// The rows. A function value names its built-in by its place here.
    package static let builtins: [Builtin] =
        api + lists + strings + numbers + dates + data + host

    private static let places: [String: Int] = Dictionary(
        uniqueKeysWithValues: builtins.enumerated().map { ($0.element.name, $0.offset) })

    /// The place of a built-in in the table. O(1).
    package static func index(of name: String) -> Int? { places[name] }
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
