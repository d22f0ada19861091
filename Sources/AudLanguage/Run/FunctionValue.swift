/// A function as a value: the code of one function of the program, with the values that it captured, or a built-in.
public final class FunctionValue: Sendable {
    package enum Target: Sendable {
        /// Its place in `Program.functions`.
        case script(Int)
        /// Its place in the library.
        case builtin(Int)
    }

    package let target: Target
    /// Copies: a closure captures by value.
    package let captures: [Value]
    /// For messages.
    package let name: String
    /// 0 without captures, else one more than the deepest capture: closures of closures nest as lists do, and are
    /// released as deep.
    package let depth: Int

    package init(_ target: Target, captures: [Value] = [], name: String) {
        self.target = target
        self.captures = captures
        self.name = name
        depth = captures.isEmpty ? 0 : 1 + captures.reduce(0) { max($0, $1.depth) }
    }

    deinit { captures.release() }
}
