/// The instructions of the machine. `a`, `b` and `c` are registers of the frame unless a comment says otherwise; an
/// `offset` counts instructions from the one behind the jump.
package enum Opcode: UInt8, Sendable {
    // Values
    /// a ← constants[bc]
    case loadConstant
    /// a ← b
    case move
    /// a ← register b of the base frame
    case loadGlobal
    /// a ← capture b of the running closure
    case loadCapture
    /// a ← a closure as closures[bc] describes it
    case makeClosure
    /// a ← the parameter params[b] as given on the command line, and skip the next instruction; else go on
    case loadParameter
    /// Raise unless a fits types[bc]; `flag` 1: an argument, 0: a param
    case checkType

    // Operators
    /// a ← b + c
    case add
    /// a ← b − c
    case subtract
    /// a ← b × c
    case multiply
    /// a ← b + the signed number c
    case addImmediate
    /// a ← b OP c, with the operator `flag` of `BinaryOperator.allCases`
    case binary
    /// a ← −b
    case negate
    /// a ← not b
    case not
    /// a ← b[c]
    case index
    /// a ← b.name, with the name and the remembered place of fields[c]
    case field
    /// a ← the list b up to c; `flag` 1: c is part of it
    case range
    /// a ← the texts of the `c` registers from b on, joined
    case interpolate

    // Jumps
    /// Go on at offset bc
    case jump
    /// Go on at offset bc and count a step: the back-edge of a loop without an iterator
    case loop
    /// Jump to bc if a is false; raise unless it is a bool
    case jumpIfFalse
    /// Jump to bc if a is true; raise unless it is a bool
    case jumpIfTrue
    /// Jump to bc if a is null
    case jumpIfNull
    /// Jump to bc if a is not null
    case jumpIfNotNull
    /// Skip the next instruction if a OP b holds, with OP as in `binary`: a condition without a register for its value
    case test
    /// Skip the next instruction if the argument a was given
    case skipIfGiven
    /// Skip the next instruction if the counter a is below b
    case skipIfBelow

    // Calls
    /// a ← knownCalls[c], a function, with its arguments in the registers from b on
    case callFunction
    /// a ← knownCalls[c], a built-in, with its arguments in the registers from b on
    case callBuiltin
    /// a ← the function value in b with the arguments behind it, as valueCalls[c] says
    case callValue
    /// Leave the function with a
    case `return`
    /// Leave the function with null
    case returnNull

    // Lists and records
    /// Start accumulator a anew
    case reset
    /// Append b to accumulator a
    case append
    /// Append the items of the list b to accumulator a
    case appendAll
    /// a ← the list in accumulator b
    case finishList
    /// a ← a record of shapes[c] from the registers from b on
    case makeRecord
    /// a ← the columns shapes[c] from the registers behind a, selected of the item b
    case select
    /// Set field shapes[c].names[0] of the record in accumulator a to b
    case putField
    /// Set all fields of the record b in the record in accumulator a
    case putAll
    /// a ← the record in accumulator b
    case finishRecord
    /// a ← the record b with the columns shapes[c] from the registers behind a
    case extend
    /// The registers from a on ← the fields shapes[c] of the record b
    case destructure

    // Pipelines
    /// Start iterator a over the list b; `flag` says for what, in `IterationUse`
    case iterate
    /// Start iterator a over the audiences of the space b (or null)
    case iterateListing
    /// a ← the next item of iterator b and skip the next instruction; at the end go on. Counts a step
    case next
    /// Raise unless a is a whole number ≥ 0: the operand of take, skip, first, last
    case checkCount
    /// Skip the next instruction if accumulator a has not met the key b yet
    case skipIfNew
    /// Append the item b with `flag` keys from c on to accumulator a, for `sort`
    case appendKeyed
    /// a ← the items of accumulator b in the order of their keys; c has a bit for each descending key
    case finishSort
    /// Add the item b with `flag` keys from c on to its group in accumulator a
    case group
    /// a ← the groups of accumulator b, with the columns shapes[c]
    case finishGroups
    /// a ← the list b reversed
    case reverse
    /// a ← the last c items of the list b
    case tail
    /// a ← the number of items of the list b
    case count
    /// Raise when the list a has more than b items
    case atMost
    /// Start the reduction `flag` of `Reduction.allCases` in accumulator a
    case startReduction
    /// Take b into the reduction in accumulator a
    case reduce
    /// a ← the result of the reduction in accumulator b
    case finishReduction

    // The outside
    /// a ← outcomes of actions[c] on the value b; its space is in the register behind b
    case act
    /// Show a, the value of a bare expression at the top level
    case show
    /// Show a, an item of a list that is shown while it is read; with flag 1 the list is over
    case showItem
    /// Raise a `fail` with the message a
    case fail
    /// From here on an error goes to offset bc with its record in a
    case pushHandler
    /// The last handler ends
    case popHandler
    /// The text is done
    case halt
}
