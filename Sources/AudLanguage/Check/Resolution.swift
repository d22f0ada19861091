/// What the names of a program mean: the table that the resolver fills and that checker and compiler read.
///
/// Names are keyed by the place where they stand, so the syntax tree stays a plain value.
package struct Resolution: Sendable {
    /// What a name stands for.
    package enum Binding: Sendable, Hashable {
        /// Its place in `Environment.variables`.
        case variable(Int)
        /// Its place in `Environment.functions`: a `fn`. A reference to it builds a closure.
        case function(Int)
        /// Its place in `Environment.library`.
        case builtin(Int)
        /// Its place in `Environment.modules`; only `.name` may follow.
        case module(Int)
    }

    /// What each name stands for, by where it stands.
    private var bindings: [UInt64: Binding] = [:]
    /// The number of the function that each `fn` (by its name's place) and each lambda (by its own) defines.
    private var functions: [UInt64: Int] = [:]
    /// What the body of each `for` and `each` may do, by the place of the body.
    private var bodies: [UInt64: EffectSummary] = [:]

    package subscript(name: Identifier) -> Binding? {
        get { bindings[Self.key(name.span)] }
        set { bindings[Self.key(name.span)] = newValue }
    }

    package subscript(name span: Span) -> Binding? {
        get { bindings[Self.key(span)] }
        set { bindings[Self.key(span)] = newValue }
    }

    package subscript(function span: Span) -> Int? {
        get { functions[Self.key(span)] }
        set { functions[Self.key(span)] = newValue }
    }

    package subscript(body span: Span) -> EffectSummary? {
        get { bodies[Self.key(span)] }
        set { bodies[Self.key(span)] = newValue }
    }

    /// The names of a file that stand for something, by the offsets at which they start.
    package func names(inFile file: UInt16) -> [UInt32: Binding] {
        var names: [UInt32: Binding] = [:]
        for (key, binding) in bindings where key >> 32 == UInt64(file) {
            names[UInt32(truncatingIfNeeded: key)] = binding
        }
        return names
    }

    private static func key(_ span: Span) -> UInt64 { UInt64(span.file) << 32 | UInt64(span.start) }
}

/// What a piece of code may do by itself and through the functions that it calls.
package struct EffectSummary: Sendable {
    package var direct: Builtin.Effect = .pure
    package var callees: Set<Int> = []
    /// Whether it calls a function value, which may be any function.
    package var callsUnknown = false

    package mutating func merge(_ other: EffectSummary) {
        direct = max(direct, other.direct)
        callees.formUnion(other.callees)
        callsUnknown = callsUnknown || other.callsUnknown
    }
}
