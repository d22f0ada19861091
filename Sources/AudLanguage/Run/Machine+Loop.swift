/// The loop: one instruction after the other. What is rare or long is a method in a neighbouring file.
///
/// `pc` is a local variable here and is stored before everything that can fail, so that an error knows its place.
extension Machine {
    mutating func loop(until most: Int) throws(RuntimeError) -> Step {
        let code = program.code
        return try code.withUnsafeBufferPointer { (buffer) throws(RuntimeError) -> Step in
            try run(CodeWindow(buffer), until: most)
        }
    }

    private mutating func run(_ code: CodeWindow, until most: Int) throws(RuntimeError) -> Step {
        // A return is no step, and yet what follows in the caller may be long.
        var returns = most - steps
        var pc = self.pc
        var frame = frames[frames.count - 1]
        var r = registers.window(at: frame.base)
        while true {
            let i = code[pc]
            pc += 1
            switch i.opcode {
            // MARK: Values
            case .loadConstant:
                r[i.a] = program.constants[i.wide]
            case .move:
                r[i.a] = r[i.b]
            case .loadGlobal:
                r[i.a] = registers[Int(i.b)]
            case .loadCapture:
                r[i.a] = closures[closures.count - 1].function.captures[Int(i.b)]
            case .makeClosure:
                self.pc = pc
                r[i.a] = try closure(program.closures[i.wide], frame)
            case .loadParameter:
                if let value = parameters[program.params[Int(i.b)]] {
                    r[i.a] = value
                    pc += 1
                }
            case .checkType:
                self.pc = pc
                try check(r[i.a], program.types[i.wide], isArgument: i.flag == 1)

            // MARK: Operators
            case .add:
                if case .int(let x) = r[i.b], case .int(let y) = r[i.c] {
                    let (sum, overflow) = x.addingReportingOverflow(y)
                    if !overflow {
                        r[i.a] = .int(sum)
                        continue
                    }
                }
                self.pc = pc
                r[i.a] = try operate(.add, r[i.b], r[i.c])
            case .subtract:
                if case .int(let x) = r[i.b], case .int(let y) = r[i.c] {
                    let (difference, overflow) = x.subtractingReportingOverflow(y)
                    if !overflow {
                        r[i.a] = .int(difference)
                        continue
                    }
                }
                self.pc = pc
                r[i.a] = try operate(.subtract, r[i.b], r[i.c])
            case .multiply:
                if case .int(let x) = r[i.b], case .int(let y) = r[i.c] {
                    let (product, overflow) = x.multipliedReportingOverflow(by: y)
                    if !overflow {
                        r[i.a] = .int(product)
                        continue
                    }
                }
                self.pc = pc
                r[i.a] = try operate(.multiply, r[i.b], r[i.c])
            case .addImmediate:
                let number = Int64(Int16(bitPattern: i.c))
                if case .int(let x) = r[i.b] {
                    let (sum, overflow) = x.addingReportingOverflow(number)
                    if !overflow {
                        r[i.a] = .int(sum)
                        continue
                    }
                }
                self.pc = pc
                r[i.a] = try addImmediate(r[i.b], number)
            case .binary:
                if case .int(let x) = r[i.b], case .int(let y) = r[i.c], let holds = Self.test(i.flag, x, y) {
                    r[i.a] = .bool(holds)
                    continue
                }
                if case .int(let x) = r[i.b], case .int(let y) = r[i.c], y > 0, i.flag == 5 {
                    let remainder = x % y
                    r[i.a] = .int(remainder < 0 ? remainder + y : remainder)
                    continue
                }
                self.pc = pc
                r[i.a] = try operate(Self.operators[Int(i.flag)], r[i.b], r[i.c])
            case .negate:
                self.pc = pc
                r[i.a] = try Operators.negate(r[i.b])
            case .not:
                guard case .bool(let value) = r[i.b] else {
                    self.pc = pc
                    throw notBool(r[i.b], "the operand of `not`")
                }
                r[i.a] = .bool(!value)
            case .index:
                self.pc = pc
                r[i.a] = try index(r[i.b], r[i.c])
            case .field:
                if case .record(let record) = r[i.b] {
                    let cache = caches[Int(i.c)]
                    if cache.shape === record.shape {
                        r[i.a] = record.values[cache.place]
                        continue
                    }
                }
                self.pc = pc
                r[i.a] = try field(r[i.b], site: Int(i.c))
            case .range:
                self.pc = pc
                r[i.a] = try Operators.range(r[i.b], r[i.c], closed: i.flag == 1, limits)
            case .interpolate:
                self.pc = pc
                r[i.a] = try interpolate(frame.base + Int(i.b), Int(i.c))

            // MARK: Jumps
            case .jump:
                pc += i.wide
            case .loop:
                steps += 1
                if steps >= most {
                    self.pc = pc
                    try checkSteps()
                    self.pc = pc + i.wide
                    return .paused
                }
                pc += i.wide
            case .jumpIfFalse:
                guard case .bool(let value) = r[i.a] else {
                    self.pc = pc
                    throw notBool(r[i.a], "a condition")
                }
                if !value { pc += i.wide }
            case .jumpIfTrue:
                guard case .bool(let value) = r[i.a] else {
                    self.pc = pc
                    throw notBool(r[i.a], "a condition")
                }
                if value { pc += i.wide }
            case .jumpIfNull:
                if case .null = r[i.a] { pc += i.wide }
            case .jumpIfNotNull:
                if case .null = r[i.a] {} else { pc += i.wide }
            case .test:
                if case .int(let x) = r[i.a], case .int(let y) = r[i.b], let holds = Self.test(i.flag, x, y) {
                    if holds { pc += 1 }
                    continue
                }
                self.pc = pc
                if case .bool(true) = try operate(Self.operators[Int(i.flag)], r[i.a], r[i.b]) { pc += 1 }
            case .skipIfGiven:
                if frame.given & (1 << UInt64(i.a)) != 0 { pc += 1 }
            case .skipIfBelow:
                if case .int(let x) = r[i.a], case .int(let y) = r[i.b], x < y { pc += 1 }

            // MARK: Calls
            case .callFunction:
                self.pc = pc
                if steps >= most {
                    try checkSteps()
                    self.pc = pc - 1
                    return .paused
                }
                let site = program.knownCalls[Int(i.c)]
                try enter(site.target, base: frame.base + Int(i.b), result: i.a, given: site.given)
                frame = frames[frames.count - 1]
                r = registers.window(at: frame.base)
                pc = self.pc
            case .callBuiltin:
                let site = program.knownCalls[Int(i.c)]
                self.pc = pc
                if let request = try call(builtin: site.target, at: frame.base + Int(i.b), result: i.a) {
                    return .request(request)
                }
                frame = frames[frames.count - 1]
                r = registers.window(at: frame.base)
                pc = self.pc
            case .callValue:
                self.pc = pc
                if steps >= most {
                    try checkSteps()
                    self.pc = pc - 1
                    return .paused
                }
                if let request = try call(
                    value: r[i.b], site: program.valueCalls[Int(i.c)], at: frame.base + Int(i.b) + 1, result: i.a)
                {
                    return .request(request)
                }
                frame = frames[frames.count - 1]
                r = registers.window(at: frame.base)
                pc = self.pc
            case .return:
                let value = r[i.a]
                leave(with: value)
                returns -= 1
                if returns < 0 { return .paused }
                frame = frames[frames.count - 1]
                r = registers.window(at: frame.base)
                pc = self.pc
            case .returnNull:
                leave(with: .null)
                returns -= 1
                if returns < 0 { return .paused }
                frame = frames[frames.count - 1]
                r = registers.window(at: frame.base)
                pc = self.pc

            // MARK: Lists and records
            case .reset:
                accumulators[frame.accumulatorBase + Int(i.a)] = Accumulator()
            case .append:
                self.pc = pc
                try append(r[i.b], to: accumulators[frame.accumulatorBase + Int(i.a)])
            case .appendAll:
                self.pc = pc
                try appendAll(r[i.b], to: accumulators[frame.accumulatorBase + Int(i.a)])
            case .finishList:
                self.pc = pc
                r[i.a] = try finishedList(frame.accumulatorBase + Int(i.b))
            case .makeRecord:
                self.pc = pc
                r[i.a] = .record(try record(program.shapes[Int(i.c)], frame.base + Int(i.b)))
            case .select:
                self.pc = pc
                r[i.a] = try select(program.shapes[Int(i.c)], of: r[i.b], from: frame.base + Int(i.a) + 1)
            case .putField:
                let name = program.shapes[Int(i.c)].names[0]
                accumulators[frame.accumulatorBase + Int(i.a)].record.set(name, r[i.b])
            case .putAll:
                self.pc = pc
                try putAll(r[i.b], in: accumulators[frame.accumulatorBase + Int(i.a)])
            case .finishRecord:
                self.pc = pc
                let accumulator = accumulators[frame.accumulatorBase + Int(i.b)]
                r[i.a] = .record(try accumulator.record.record(limits))
                // What the record has now, nothing else holds.
                accumulator.record = RecordBuilder()
            case .extend:
                self.pc = pc
                r[i.a] = try extend(r[i.b], program.shapes[Int(i.c)], from: frame.base + Int(i.a) + 1)
            case .destructure:
                self.pc = pc
                try destructure(r[i.b], program.shapes[Int(i.c)], into: frame.base + Int(i.a))

            // MARK: Pipelines
            case .iterate:
                self.pc = pc
                iterators[frame.iteratorBase + Int(i.a)] = try iterator(over: r[i.b], use: i.flag)
            case .iterateListing:
                self.pc = pc
                iterators[frame.iteratorBase + Int(i.a)] = try listing(of: r[i.b])
            case .next:
                if steps >= most {
                    // It runs again: nothing was taken yet.
                    self.pc = pc
                    try checkSteps()
                    self.pc = pc - 1
                    return .paused
                }
                steps += 1
                let slot = frame.iteratorBase + Int(i.b)
                let index = iterators[slot].index
                if index < iterators[slot].count {
                    if let lower = iterators[slot].lower {
                        r[i.a] = .int(lower + Int64(index))
                    } else {
                        r[i.a] = iterators[slot].items[index]
                    }
                    iterators[slot].index = index + 1
                    pc += 1
                } else if let request = nextPage(slot) {
                    // The answer fills the iterator, then this instruction runs again.
                    self.pc = pc - 1
                    return .request(request)
                }
            case .checkCount:
                self.pc = pc
                try checkCount(r[i.a])
            case .skipIfNew:
                self.pc = pc
                if try isNew(r[i.b], in: accumulators[frame.accumulatorBase + Int(i.a)]) { pc += 1 }
            case .appendKeyed:
                self.pc = pc
                let accumulator = accumulators[frame.accumulatorBase + Int(i.a)]
                for key in 0..<UInt16(i.flag) { accumulator.keys.append(r[i.c + key]) }
                try charge(Int(i.flag) * Meter.grownBytes)
                try append(r[i.b], to: accumulator)
            case .finishSort:
                self.pc = pc
                r[i.a] = try sorted(frame.accumulatorBase + Int(i.b), keys: Int(i.flag), descending: i.c)
            case .group:
                self.pc = pc
                try group(
                    r[i.b], keys: (0..<UInt16(i.flag)).map { r[i.c + $0] },
                    in: accumulators[frame.accumulatorBase + Int(i.a)])
            case .finishGroups:
                self.pc = pc
                r[i.a] = try groups(frame.accumulatorBase + Int(i.b), program.shapes[Int(i.c)])
            case .reverse:
                self.pc = pc
                r[i.a] = try reversed(r[i.b])
            case .tail:
                self.pc = pc
                r[i.a] = try tail(r[i.b], i.flag == 1 ? nil : r[i.c])
            case .count:
                self.pc = pc
                r[i.a] = .int(Int64(try list(r[i.b], "`count`").count))
            case .atMost:
                self.pc = pc
                try checkAtMost(r[i.a], r[i.b])
            case .startReduction:
                let accumulator = Accumulator()
                accumulator.reducer = Reducer(Self.reductions[Int(i.flag)], meter)
                accumulators[frame.accumulatorBase + Int(i.a)] = accumulator
            case .reduce:
                self.pc = pc
                try accumulators[frame.accumulatorBase + Int(i.a)].reducer?.add(r[i.b])
            case .finishReduction:
                self.pc = pc
                r[i.a] = try accumulators[frame.accumulatorBase + Int(i.b)].reducer?.result() ?? .null

            // MARK: The outside
            case .act:
                self.pc = pc
                if let request = try act(
                    program.actions[Int(i.c)], on: r[i.b], space: r[i.b + 1], result: frame.base + Int(i.a))
                {
                    return .request(request)
                }
            case .show:
                self.pc = pc
                pending = Pending.none
                return .request(.show(r[i.a], as: nil, statement: true))
            case .showItem:
                self.pc = pc
                pending = Pending.none
                return .request(.showItem(i.flag == 0 ? r[i.a] : nil))
            case .fail:
                self.pc = pc
                throw failed(r[i.a])
            case .pushHandler:
                handlers.append(Handler(frame: frames.count - 1, pc: pc + i.wide, register: i.a))
            case .popHandler:
                handlers.removeLast()
            case .halt:
                self.pc = pc
                return .finished
            }
        }
    }

    static let operators = BinaryOperator.allCases
    static let reductions = Reduction.allCases

    /// A comparison of two whole numbers, by the operator's place; nil for another operator.
    @inline(__always)
    private static func test(_ op: UInt8, _ x: Int64, _ y: Int64) -> Bool? {
        switch op {
        case 6: x == y
        case 7: x != y
        case 8: x < y
        case 9: x <= y
        case 10: x > y
        case 11: x >= y
        default: nil
        }
    }
}
