/// All compiled code of a session: each text adds to it, nothing is taken away, so places in it stay valid.
package struct Program: Sendable {
    package var code: [Instruction] = []
    /// Where each instruction comes from; read only when something fails.
    package var spans: [Span] = []
    /// Where the operands of instructions come from, in the order of their places; read only when one is null.
    package var operands: [OperandPlace] = []
    package var constants: [Value] = []
    package var functions: [CompiledFunction] = []
    package var knownCalls: [KnownCall] = []
    package var valueCalls: [ValueCall] = []
    /// The numbers of `functions` that a call needs, side by side.
    package var entries: [Entry] = []
    package var closures: [ClosureSite] = []
    /// The names that `field` instructions look for. The machine keeps a remembered place beside each.
    package var fields: [String] = []
    package var shapes: [Shape] = []
    package var types: [CheckedType] = []
    package var actions: [ActionSite] = []
    package var params: [String] = []
    /// The most instructions that lie between two steps or returns: those of the longest function or loop.
    package var longestStep = 1

    package init() {}
}

/// A function, or the top level of one text.
package struct CompiledFunction: Sendable {
    package var name: String
    package var entry: Int
    /// The instruction behind its last.
    package var end: Int
    package var parameters: [Environment.Parameter]
    package var registers: Int
    package var iterators: Int
    package var accumulators: Int
    /// Loops, innermost later, for the stack of an error.
    package var loops: [LoopRange]
    /// Code that must not change anything.
    package var quiet: [QuietRange]
}

/// The instructions of one stage or loop body, and where its current item is.
package struct LoopRange: Sendable {
    package var start: Int
    package var end: Int
    package var iterator: Int
    package var item: Int
    /// `where`, `for`, …
    package var label: String
}

/// Instructions that must not change the workspace. Looked at when a change or a line of output is asked for, so the
/// rule costs nothing while code runs.
package struct QuietRange: Sendable {
    package enum Rule: Sendable {
        /// The key, column or condition of a stage: no change and no output.
        case stage
        /// The condition of `if` or `while`, a default, a module's top level: no change.
        case condition
        /// The body of a loop over a listing that is still being read: no change.
        case openListing
    }

    package var start: Int
    package var end: Int
    package var rule: Rule
    package var name: String
}

/// An operand of an instruction: its register in the frame, and the expression that it has the value of.
package struct OperandPlace: Sendable {
    package var place: Int
    package var register: Int
    package var span: Span
}

/// What a call reserves for a function, and where it goes on.
package struct Entry: Sendable {
    package var pc: Int
    package var registers: Int
    package var iterators: Int
    package var accumulators: Int
}

/// A call of a function or built-in that the compiler knows.
package struct KnownCall: Sendable {
    package var target: Int
    /// A bit for each parameter that was given.
    package var given: UInt64
}

/// A call of a function value.
package struct ValueCall: Sendable {
    package var count: Int
    package var labels: [String?]
}

package struct ClosureSite: Sendable {
    package enum Source: Sendable {
        case register(Int)
        case capture(Int)
    }

    package var function: Int
    package var sources: [Source]
}

package struct ActionSite: Sendable {
    package var verb: Verb
    package var policy: ErrorPolicy
}

/// A type as the machine checks it, with the name of what it was written for.
package struct CheckedType: Sendable {
    package var name: String
    package var type: TypeExpr
}

/// What a list is read for, to say so when it is not one.
package enum IterationUse: UInt8, Sendable, CaseIterable {
    case stage, loop, flatten
}
