/// Calls: frames, arguments and what a value may be called with.
extension Machine {
    /// Begins a call of a script's function whose arguments lie in the registers from `base` on.
    mutating func enter(
        _ function: Int, base: Int, result: UInt16, given: UInt64
    ) throws(RuntimeError) {
        // The top level has a frame and is no call.
        guard frames.count <= limits.callDepth else {
            throw RuntimeError(
                .depthLimit, .limit, "calls are nested more than \(limits.callDepth) deep",
                help:
                    "a function that calls itself needs a case in which it does not; if it is meant to go so deep, raise the "
                    + "limit with --max-depth")
        }
        frames[frames.count - 1].pc = pc
        let entry = program.entries[function]
        registers.reserve(base + entry.registers + 1)
        frames.append(
            Frame(
                function: function, pc: 0, base: base, iteratorBase: iterators.count,
                accumulatorBase: accumulators.count, result: result, given: given, handlers: handlers.count))
        for _ in 0..<entry.iterators { iterators.append(IteratorState()) }
        for _ in 0..<entry.accumulators { accumulators.append(Accumulator()) }
        pc = entry.pc
        steps += 1
    }

    /// Ends a call with a value.
    mutating func leave(with value: Value) {
        let frame = frames.removeLast()
        drop(frame)
        if handlers.count > frame.handlers { handlers.removeSubrange(frame.handlers...) }
        let caller = frames[frames.count - 1]
        registers[caller.base + Int(frame.result)] = value
        pc = caller.pc
    }

    /// Lets go of what a frame that was just removed held.
    mutating func drop(_ frame: Frame) {
        if iterators.count > frame.iteratorBase { iterators.removeSubrange(frame.iteratorBase...) }
        if accumulators.count > frame.accumulatorBase { accumulators.removeSubrange(frame.accumulatorBase...) }
        if let last = closures.last, last.frame == frames.count { closures.removeLast() }
    }

    mutating func closure(_ site: ClosureSite, _ frame: Frame) throws(RuntimeError) -> Value {
        let captures = site.sources.map { source -> Value in
            switch source {
            case .register(let register): registers[frame.base + register]
            case .capture(let place): closures[closures.count - 1].function.captures[place]
            }
        }
        let name = program.functions[site.function].name
        let function = FunctionValue(.script(site.function), captures: captures, name: name)
        try Limits.check(depth: function.depth)
        try charge(captures.count * Meter.itemBytes + Meter.headBytes)
        return .function(function)
    }

    /// Calls a built-in whose finished arguments lie in the registers from `base` on. Returns what to ask the host.
    mutating func call(builtin index: Int, at base: Int, result: UInt16) throws(RuntimeError) -> Request? {
        let register = frames[frames.count - 1].base + Int(result)
        let count = library[index].parameters.count
        switch library[index].body {
        case .native(let body):
            let meter = beginWork()
            defer { endWork() }
            let value = try body(NativeContext(now: now, meter: meter), arguments(base, count))
            try charge(for: value)
            registers[register] = value
            return nil
        case .prelude:
            guard let function = prelude[index] else { throw notCallable(.null) }
            try enter(function, base: base, result: result, given: .max)
            return nil
        case .request(let make):
            let meter = beginWork()
            defer { endWork() }
            let request = try make(NativeContext(now: now, meter: meter), arguments(base, count))
            return try ask(request, for: register)
        case .action(let verb):
            return try act(
                ActionSite(verb: verb, policy: .stop), on: registers[base], space: registers[base + 1],
                result: register)
        case .host:
            let row = library[index]
            let values = arguments(base, count)
            try row.check(values)
            if row.effect >= .prints { try refuseQuiet(row.name, changes: row.effect >= .updates) }
            pending = .value(register, isRead: row.effect == .reads)
            return .host(name: row.name, arguments: values)
        }
    }

    /// Calls a function value.
    mutating func call(value: Value, site: ValueCall, at base: Int, result: UInt16) throws(RuntimeError) -> Request? {
        guard case .function(let function) = value else { throw notCallable(value) }
        switch function.target {
        case .script(let index):
            let given = try arrange(
                site, at: base, for: function.name, program.functions[index].parameters, isVariadic: false)
            try enter(index, base: base, result: result, given: given)
            if !function.captures.isEmpty {
                closures.append(RunningClosure(frame: frames.count - 1, function: function))
            }
            return nil
        case .builtin(let index):
            let builtin = library[index]
            let given = try arrange(
                site, at: base, for: builtin.name, builtin.matchParameters, isVariadic: builtin.isVariadic)
            for (offset, parameter) in builtin.parameters.enumerated() where given & (1 << UInt64(offset)) == 0 {
                registers[base + offset] = parameter.fallback ?? .null
            }
            return try call(builtin: index, at: base, result: result)
        }
    }

    /// Puts the arguments of a call of a value into the order of the parameters. Returns which were given.
    private mutating func arrange(
        _ site: ValueCall, at base: Int, for name: String, _ parameters: [Environment.Parameter], isVariadic: Bool
    ) throws(RuntimeError) -> UInt64 {
        registers.reserve(base + max(parameters.count, site.count) + 2)
        let match = ArgumentMatch.match(labels: site.labels, parameters: parameters, isVariadic: isVariadic)
        guard case .success(let (slots, rest)) = match else {
            let given = site.count == 1 ? "1 argument as it is" : "\(site.count) arguments as they are"
            let isNamed = name.first?.isLetter == true || name.first == "_"
            throw RuntimeError(
                .badArgument, .value, "this function does not take \(given) given here",
                help: isNamed
                    ? "it is called as `\(ArgumentMatch.signature(name, parameters))`"
                    : "its parameters are `\(ArgumentMatch.signature("", parameters))`")
        }
        let values = arguments(base, site.count)
        var given: UInt64 = 0
        for (parameter, slot) in slots.enumerated() {
            if let slot {
                registers[base + parameter] = values[slot]
                given |= 1 << UInt64(parameter)
            }
        }
        let last = parameters.count - 1
        if isVariadic, given & (1 << UInt64(last)) == 0 {
            registers[base + last] = .list(try ListValue.checked(rest.map { values[$0] }, meter))
            given |= 1 << UInt64(last)
        }
        return given
    }

    private func arguments(_ base: Int, _ count: Int) -> [Value] {
        (0..<count).map { registers[base + $0] }
    }

    private func notCallable(_ value: Value) -> RuntimeError {
        if case .null = value {
            return RuntimeError(
                .nullOperand, .type, "null cannot be called", help: "only functions can be called")
        }
        return RuntimeError(
            .notCallable, .type, "\(Operators.described(value)) cannot be called", help: "only functions can be called")
    }

    /// Whether a value fits the type that a parameter names.
    mutating func check(_ value: Value, _ expected: CheckedType, isArgument: Bool) throws(RuntimeError) {
        let meter = beginWork()
        defer { endWork() }
        guard try !fits(value, expected.type, meter) else { return }
        if let error = wrongArgument(of: frames[frames.count - 1].function, expected, value) { throw error }
        let type = expected.type.text
        if case .null = value {
            throw RuntimeError(
                isArgument ? .nullOperand : .paramValue, .type, "`\(expected.name)` is null, and its type is \(type)",
                help: "a parameter that may be null has the type `\(type)?`")
        }
        throw RuntimeError(
            isArgument ? .wrongType : .paramValue, .type,
            "`\(expected.name)` is \(Operators.described(value)), and its type is \(type)",
            help: isArgument
                ? "give a value of that type, or change the type of the parameter"
                : "give one of that type with `--set \(expected.name)=…`")
    }

    /// What is wrong with an argument of a built-in that is written in the language: as of any other built-in.
    private func wrongArgument(of function: Int, _ expected: CheckedType, _ value: Value) -> RuntimeError? {
        guard function < preludeEnd, let row = prelude.first(where: { $0.value == function })?.key,
            let place = library[row].parameters.firstIndex(where: { $0.name == expected.name })
        else { return nil }
        let signature = Arguments.Signature(
            name: library[row].name, parameters: library[row].parameters, example: library[row].example)
        var values = library[row].parameters.map { _ in Value.null }
        values[place] = value
        return Arguments(signature: signature, values: values).wrongType(
            place, BuiltinTypes.type(of: library[row].parameters[place].type).kinds.described)
    }

    private func fits(_ value: Value, _ type: TypeExpr, _ meter: Meter) throws(RuntimeError) -> Bool {
        if case .null = value { return type.nullable }
        switch (type.name.text, value) {
        case ("any", _), ("bool", .bool), ("int", .int), ("float", .float), ("float", .int), ("string", .string),
            ("date", .date), ("duration", .duration), ("record", .record), ("fn", .function):
            return true
        case ("audience", .record(let record)): return record.kind == .audience
        case ("space", .record(let record)): return record.kind == .space
        case ("list", .list(let list)):
            guard let element = type.element.first else { return true }
            for index in 0..<list.count {
                try meter.charge()
                guard try fits(list[index], element, meter) else { return false }
            }
            return true
        default: return false
        }
    }
}

extension TypeExpr {
    /// The type as it is written.
    package var text: String {
        name.text + (element.first.map { "<\($0.text)>" } ?? "") + (nullable ? "?" : "")
    }
}
