/// The names of a session and what is known of them. It is a value: a text that does not compile leaves the old one.
package struct Environment: Sendable {
    /// A `let`, `var`, parameter, loop or catch name.
    package struct Variable: Sendable {
        package var name: String
        /// The function whose frame holds it; 0 is the top level.
        package var owner: Int
        package var isMutable: Bool
        /// Its register in the base frame, for a name of the top level.
        package var global: Int?
        /// When the resolver met it: code that comes earlier must not use it.
        package var order: Int
    }

    /// A `fn` or a lambda.
    package struct Function: Sendable {
        package var name: String
        package var parameters: [Parameter]
        /// Variables of other functions that it needs, itself or through the functions it names.
        package private(set) var free: [Int] = []
        package var effects = EffectSummary()
        /// The same as `free`, to be asked.
        private var known: Set<Int> = []

        package init(name: String, parameters: [Parameter]) {
            self.name = name
            self.parameters = parameters
        }

        /// False when that was known.
        @discardableResult
        package mutating func needs(_ variable: Int) -> Bool {
            guard known.insert(variable).inserted else { return false }
            free.append(variable)
            return true
        }
    }

    package struct Parameter: Sendable, Hashable {
        package var name: String
        package var hasDefault: Bool
    }

    package enum Entry: Sendable {
        case variable(Int)
        case function(Int)
        case module(Int)
    }

    package var library = Library.standard
    package var variables: [Variable] = []
    /// The first is the top level itself.
    package var functions: [Function] = [Function(name: "script", parameters: [])]
    /// The public names of each module.
    package var modules: [[String: Entry]] = []
    /// Modules by resolved path.
    package var modulePaths: [String: Int] = [:]
    /// The names of the session's top level.
    package var names: [String: Entry] = [:]
    /// Registers of the base frame that hold names of the top level.
    package var globalCount = 0
    /// Counts declarations.
    package var order = 0
    /// What a call of an unknown function value may do: the union of all functions that were used as values.
    package var escaping = EffectSummary()

    package init() {}

    /// What a piece of code may do, through all that it calls.
    package func effect(of summary: EffectSummary) -> Builtin.Effect {
        var reached: Set<Int> = []
        var pending: [EffectSummary] = [summary]
        var effect: Builtin.Effect = .pure
        var sawUnknown = false
        while let next = pending.popLast() {
            effect = max(effect, next.direct)
            if next.callsUnknown, !sawUnknown {
                sawUnknown = true
                pending.append(escaping)
            }
            for callee in next.callees where reached.insert(callee).inserted {
                pending.append(functions[callee].effects)
            }
        }
        return effect
    }
}
