/// The code of one function while it grows: instructions, registers and labels.
///
/// Registers are a stack: a name keeps the one it was given until its block ends, a temporary until its expression
/// ends.
struct FunctionBuilder {
    /// A place to jump to that may not be known yet.
    struct Label {
        var place: Int?
        var jumps: [Int] = []
    }

    let function: Int
    let name: String
    var parameters: [Environment.Parameter] = []
    var code: [Instruction] = []
    var spans: [Span] = []
    private(set) var operands: [OperandPlace] = []
    var loops: [LoopRange] = []
    var quiet: [QuietRange] = []
    /// The registers of its variables, by the variable's place in the environment.
    var registers: [Int: Int] = [:]
    /// The current item of each enclosing stage.
    var items: [Int] = []
    var enclosing: [EnclosingLoop] = []
    var handlers = 0
    private(set) var next: Int
    private(set) var registerCount: Int
    private(set) var iteratorCount = 0
    private(set) var iteratorMost = 0
    private(set) var accumulatorCount = 0
    private(set) var accumulatorMost = 0
    /// The instructions of the longest loop.
    private(set) var longestLoop = 0

    struct EnclosingLoop {
        var breaks: Label
        var continues: Label
        var handlers: Int
    }

    init(function: Int, name: String, firstRegister: Int) {
        self.function = function
        self.name = name
        next = firstRegister
        registerCount = firstRegister
    }

    // MARK: Registers and slots

    mutating func reserve(_ count: Int = 1) -> Int {
        let first = next
        next += count
        registerCount = max(registerCount, next)
        return first
    }

    /// Frees all registers from a mark on; a mark is a value of `next`.
    mutating func release(to mark: Int) { next = mark }

    mutating func reserveIterator() -> Int {
        iteratorCount += 1
        iteratorMost = max(iteratorMost, iteratorCount)
        return iteratorCount - 1
    }

    mutating func reserveAccumulator() -> Int {
        accumulatorCount += 1
        accumulatorMost = max(accumulatorMost, accumulatorCount)
        return accumulatorCount - 1
    }

    var slotMark: (Int, Int) { (iteratorCount, accumulatorCount) }

    mutating func releaseSlots(to mark: (Int, Int)) { (iteratorCount, accumulatorCount) = mark }

    // MARK: Instructions

    mutating func emit(_ instruction: Instruction, _ span: Span) {
        code.append(instruction)
        spans.append(span)
    }

    mutating func emit(_ opcode: Opcode, flag: Int = 0, a: Int = 0, b: Int = 0, c: Int = 0, _ span: Span) {
        emit(Instruction(opcode, flag: UInt8(truncatingIfNeeded: flag), a: a, b: b, c: c), span)
    }

    /// Says which expression an operand of the last instruction has the value of. An item that `.field` leaves out has
    /// no place of its own.
    mutating func note(_ register: Int, _ span: Span) {
        guard span.start < span.end else { return }
        operands.append(OperandPlace(place: code.count - 1, register: register, span: span))
    }

    mutating func jump(_ opcode: Opcode, a: Int = 0, to label: inout Label, _ span: Span) {
        if let place = label.place {
            longestLoop = max(longestLoop, code.count - place)
            emit(Instruction(opcode, a: a, wide: place - code.count - 1), span)
        } else {
            label.jumps.append(code.count)
            emit(Instruction(opcode, a: a, wide: 0), span)
        }
    }

    mutating func place(_ label: inout Label) {
        label.place = code.count
        for jump in label.jumps { code[jump].wide = code.count - jump - 1 }
        label.jumps = []
    }
}
