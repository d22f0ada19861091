/// Turns resolved statements into code for the machine.
///
/// Every expression is compiled for a register that is to hold its value. The stages of a pipeline are compiled into
/// one loop, without a call for each item; what needs the whole list (`sort`, an action) ends the loop and starts the
/// next. The pass reports only what no earlier pass can see: a pattern that RE2 refuses, and code that is too large.
struct Compiler {
    var program: Program
    let environment: Environment
    let resolution: Resolution
    var builder: FunctionBuilder
    var diagnostics: [Diagnostic] = []
    /// The names of the top level, by register, with the instruction at which each has its value.
    private var topLevelNames: [Int: Int] = [:]
    /// At a prompt, the base register that takes the value of the last expression.
    let lastValue: Int?
    /// Which lists are shown while they are read.
    let streaming: RowStreaming
    /// Where the postfix chain that is being compiled ends, and the register of its value.
    var chainEnd = FunctionBuilder.Label()
    var chainValue: [Int] = []
    private var constantPlaces: [ConstantKey: Int] = [:]

    enum ConstantKey: Hashable {
        case null
        case bool(Bool)
        case int(Int64)
        case string(TextKey)
    }

    init(
        program: Program, environment: Environment, resolution: Resolution, lastValue: Int?,
        streaming: RowStreaming = .never
    ) {
        self.program = program
        self.environment = environment
        self.resolution = resolution
        self.lastValue = lastValue
        self.streaming = streaming
        builder = FunctionBuilder(function: 0, name: "script", firstRegister: environment.globalCount)
        while self.program.functions.count < environment.functions.count {
            let index = self.program.functions.count
            self.program.functions.append(
                CompiledFunction(
                    name: environment.functions[index].name, entry: 0, end: 0, parameters: [], registers: 0,
                    iterators: 0, accumulators: 0, loops: [], quiet: []))
            self.program.entries.append(Entry(pc: 0, registers: 0, iterators: 0, accumulators: 0))
        }
    }

    /// Compiles a text as the top level: the modules that it is the first to use, then its statements. The last
    /// program function is then its code.
    mutating func compile(_ statements: [Statement], modules: [[Statement]], at span: Span) {
        for module in modules {
            let start = builder.code.count
            for statement in module { compile(statement, isTopLevel: false) }
            builder.quiet.append(
                QuietRange(start: start, end: builder.code.count, rule: .condition, name: "the top level of a module"))
        }
        for statement in statements { compile(statement, isTopLevel: true) }
        builder.emit(.halt, span)
        finish(builder, at: program.functions.count)
    }

    /// Moves finished code to the end of the program.
    mutating func finish(_ done: FunctionBuilder, at index: Int) {
        let base = program.code.count
        if done.registerCount > Int(UInt16.max) || done.iteratorMost > 4_000 || done.accumulatorMost > 4_000 {
            let span = done.spans.first ?? Span(file: 0, start: 0, end: 0)
            diagnostics.append(
                Diagnostic(
                    .tooLarge, "`\(done.name)` holds too many values at once", at: span,
                    help: "cut it into smaller functions"))
            return
        }
        program.code += done.code
        program.spans += done.spans
        program.operands += done.operands.map {
            OperandPlace(place: base + $0.place, register: $0.register, span: $0.span)
        }
        let compiled = CompiledFunction(
            name: done.name, entry: base, end: base + done.code.count, parameters: done.parameters,
            registers: done.registerCount, iterators: done.iteratorMost, accumulators: done.accumulatorMost,
            loops: done.loops.map {
                LoopRange(
                    start: base + $0.start, end: base + $0.end, iterator: $0.iterator, item: $0.item, label: $0.label)
            },
            quiet: done.quiet.map {
                QuietRange(start: base + $0.start, end: base + $0.end, rule: $0.rule, name: $0.name)
            })
        // The top level runs once.
        let longestStep = done.function == 0 ? done.longestLoop : done.code.count
        program.longestStep = max(program.longestStep, longestStep)
        let entry = Entry(
            pc: base, registers: compiled.registers, iterators: compiled.iterators,
            accumulators: compiled.accumulators)
        if index < program.functions.count {
            program.functions[index] = compiled
            program.entries[index] = entry
        } else {
            program.functions.append(compiled)
            program.entries.append(entry)
        }
    }

    /// When the names of the top level have their values, as places in the finished program.
    func ready(in function: Int) -> [Int: Int] {
        topLevelNames.mapValues { $0 + program.functions[function].entry }
    }

    // MARK: Tables

    mutating func constant(_ value: Value) -> Int {
        let key: ConstantKey? =
            switch value {
            case .null: .null
            case .bool(let bool): .bool(bool)
            case .int(let int): .int(int)
            case .string(let string): .string(TextKey(string))
            case .float, .date, .duration, .list, .record, .function, .regex: nil
            }
        if let key, let place = constantPlaces[key] { return place }
        program.constants.append(value)
        if let key { constantPlaces[key] = program.constants.count - 1 }
        return program.constants.count - 1
    }

    mutating func load(_ value: Value, into register: Int, _ span: Span) {
        builder.emit(Instruction(.loadConstant, a: register, wide: constant(value)), span)
    }

    /// A place in a table that an instruction names with 16 bits.
    mutating func place<Element>(_ element: Element, in table: WritableKeyPath<Program, [Element]>, _ span: Span) -> Int
    {
        program[keyPath: table].append(element)
        let place = program[keyPath: table].count - 1
        if place == Int(UInt16.max) + 1 {
            diagnostics.append(
                Diagnostic(
                    .tooLarge, "the script is too large to compile", at: span,
                    help: "cut it into several scripts"))
        }
        return place
    }

    mutating func fieldSite(_ name: String, _ span: Span) -> Int { place(name, in: \.fields, span) }

    mutating func shape(_ names: [String], _ span: Span) -> Int { place(Shape(names), in: \.shapes, span) }

    // MARK: Functions

    /// Compiles a function's code apart from the code around it.
    mutating func compileFunction(
        _ index: Int, name: String, parameters: [Environment.Parameter], _ body: (inout Compiler) -> Void
    ) {
        let outer = builder
        builder = FunctionBuilder(function: index, name: name, firstRegister: 0)
        builder.parameters = parameters
        body(&self)
        let done = builder
        builder = outer
        finish(done, at: index)
    }

    /// Where the value of a variable is while the code being compiled runs.
    enum Location {
        case register(Int)
        case global(Int)
        case capture(Int)
    }

    func location(of variable: Int) -> Location {
        let declared = environment.variables[variable]
        if let global = declared.global {
            return builder.function == 0 ? .register(global) : .global(global)
        }
        if declared.owner == builder.function, let register = builder.registers[variable] {
            return .register(register)
        }
        return .capture(captures(of: builder.function).firstIndex(of: variable) ?? 0)
    }

    /// What a closure of the function carries: its free variables but those of the top level.
    func captures(of function: Int) -> [Int] {
        environment.functions[function].free.filter { environment.variables[$0].global == nil }
    }

    /// Gives a declared name its register: the one in the base frame, or the next of the frame.
    mutating func register(declaring name: Identifier) -> Int {
        guard case .variable(let variable)? = resolution[name] else { return builder.reserve() }
        if let global = environment.variables[variable].global, builder.function == 0 {
            topLevelNames[global] = builder.code.count
            return global
        }
        let register = builder.reserve()
        builder.registers[variable] = register
        return register
    }
}
