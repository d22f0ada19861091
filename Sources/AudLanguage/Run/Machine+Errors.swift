/// Errors: where they happened, who catches them, and the limits of the run.
extension Machine {
    /// Adds place, stack and the item that was worked on to an error that has none. What fails inside the prelude fails
    /// where it was called.
    func locate(_ error: RuntimeError) -> RuntimeError {
        guard error.span == nil, !frames.isEmpty else { return error }
        var located = error
        var item: Value?
        (located.stack, item) = stack()
        let depth = frames.lastIndex { $0.function >= preludeEnd } ?? 0
        located.span = program.spans[place(of: depth)]
        if case .null = error.item { located.item = item ?? .null }
        if error.code == .nullOperand, depth == frames.count - 1, let span = nullOperand(at: place(of: depth)) {
            located.span = span
            located.label = "null"
            located.help = error.help.map { naming(span, in: $0) }
        }
        if located.label == "null", case .record(let record)? = item, record.kind == .audience,
            case .string(let id)? = record["id"]
        {
            located.label = "null for \(Printer.summary(Value.record(record).named)) (\(id))"
        }
        return located
    }

    /// The expression of the first operand of an instruction that is null.
    private func nullOperand(at place: Int) -> Span? {
        let operands = program.operands
        var (low, high) = (0, operands.count)
        while low < high {
            let middle = (low + high) / 2
            if operands[middle].place < place { low = middle + 1 } else { high = middle }
        }
        let base = frames[frames.count - 1].base
        return operands[low...].prefix { $0.place == place }.first { operand in
            if case .null = registers[base + operand.register] { true } else { false }
        }?.span
    }

    /// The help with what stands there in place of the name that it has in the example, when that is short.
    private func naming(_ operand: Span, in help: String) -> String {
        guard operand.end - operand.start <= 40, let text = sources[operand]?.text(operand), !text.contains("\n") else {
            return help
        }
        for name in ["x", "y", "xs", "pattern"] {
            for bracket in ["(", "{"] {
                let place = "\(bracket)\(name) ?? "
                if help.contains(place) { return help.replacing(place, with: "\(bracket)\(text) ?? ") }
            }
        }
        return help
    }

    /// The instruction at which a frame stands.
    private func place(of depth: Int) -> Int {
        max((depth == frames.count - 1 ? pc : frames[depth].pc) - 1, 0)
    }

    /// Calls, stages and loops that are under way, innermost first, and the item of the innermost. One line alone says
    /// nothing new.
    private func stack() -> (entries: [Diagnostic.StackEntry], item: Value?) {
        var entries: [Diagnostic.StackEntry] = []
        var item: Value?
        for (depth, repeats) in shownDepths() {
            guard let depth else {
                let span = entries.last?.span ?? Span(file: .max, start: 0, end: 0)
                entries.append(Diagnostic.StackEntry(span: span, label: "… \(repeats) more"))
                continue
            }
            let frame = frames[depth]
            let place = place(of: depth)
            if frame.function < preludeEnd, depth > 0 {
                // A built-in that is written in the language: its loop stands where it was called.
                let caller = frames[..<depth].lastIndex { $0.function >= preludeEnd } ?? 0
                let function = program.functions[frame.function]
                for loop in function.loops where place >= loop.start && place < loop.end {
                    var entry = describe(loop, frame, program.spans[self.place(of: caller)])
                    entry.label = "in \(function.name)"
                    entries.append(entry)
                    if item == nil { item = registers[frame.base + loop.item] }
                }
                continue
            }
            let function = program.functions[frame.function]
            let span = program.spans[place]
            let active = function.loops.filter { place >= $0.start && place < $0.end }
            for loop in active.sorted(by: { $0.end - $0.start < $1.end - $1.start }) {
                let entry = describe(loop, frame, span)
                if entries.last?.label != entry.label || entries.last?.item != entry.item { entries.append(entry) }
                if item == nil { item = registers[frame.base + loop.item] }
            }
            let times = repeats > 1 ? " (\(repeats) times)" : ""
            entries.append(Diagnostic.StackEntry(span: span, label: "in \(function.name)\(times)"))
        }
        return (entries.count > 1 ? entries : [], item)
    }

    /// The frames that a stack shows, innermost first. Calls of one function from one place, one right behind the other,
    /// are shown once with their number; of a long stack the ends are shown, and nil with how many lie between.
    private func shownDepths() -> [(depth: Int?, repeats: Int)] {
        var found: [(depth: Int?, repeats: Int)] = []
        var lastPlace = -1
        for depth in frames.indices.reversed() {
            let place = place(of: depth)
            if place == lastPlace {
                found[found.count - 1].repeats += 1
            } else {
                found.append((depth, 1))
                lastPlace = place
            }
        }
        guard found.count > 20 else { return found }
        let hidden = found[12..<found.count - 7].reduce(0) { $0 + $1.repeats }
        return found.prefix(12) + [(nil, hidden)] + found.suffix(7)
    }

    private func describe(_ loop: LoopRange, _ frame: Frame, _ span: Span) -> Diagnostic.StackEntry {
        let iterator = iterators[frame.iteratorBase + loop.iterator]
        let total = iterator.total.map { " of \($0)" } ?? ""
        let text = Printer.summary(registers[frame.base + loop.item].named)
        return Diagnostic.StackEntry(
            span: span, label: "in \(loop.label)", item: "item \(iterator.passed + iterator.index)\(total): \(text)")
    }

    /// Gives an error to the innermost handler. False when there is none, or when the error may not be caught.
    mutating func handle(_ error: RuntimeError) -> Bool {
        guard error.kind.canBeCaught, let handler = handlers.popLast() else { return false }
        while frames.count - 1 > handler.frame {
            let frame = frames.removeLast()
            drop(frame)
        }
        if failedRead { caughtFailedRead = true }
        failedRead = false
        let frame = frames[frames.count - 1]
        registers[frame.base + Int(handler.register)] = .record(error.record(line: line(of: error)))
        pc = handler.pc
        return true
    }

    private func line(of error: RuntimeError) -> Int {
        guard let span = error.span, let file = sources[span] else { return 0 }
        return file.line(at: span.start)
    }

    func checkSteps() throws(RuntimeError) {
        if steps >= limits.steps { throw limits.stepError() }
    }

    func charge(_ bytes: Int) throws(RuntimeError) { try meter.allocate(bytes) }

    func charge(for value: Value) throws(RuntimeError) {
        switch value {
        case .string(let text): try meter.allocate(text: text.utf8.count)
        case .list(let list): try charge(list.count * Meter.itemBytes + Meter.headBytes)
        case .record(let record): try charge(record.values.count * Meter.itemBytes + Meter.headBytes)
        case .null, .bool, .int, .float, .date, .duration, .function, .regex: break
        }
    }

    func notBool(_ value: Value, _ user: String) -> RuntimeError {
        if case .null = value {
            return RuntimeError(
                .nullOperand, .type, "\(user) is null, and null is neither true nor false",
                help: "say what a missing value means, for example `(x ?? false)`", label: "null")
        }
        return RuntimeError(
            .notBool, .type, "\(user) needs true or false, not \(Operators.described(value))",
            help: "nothing counts as true by itself; compare it: `x != \"\"`, `len(xs) > 0`, `n != 0`")
    }

    /// The error of a `fail`: its message, or the error that a `catch` gave. No other record has a kind and a code of its
    /// own: a script cannot pretend that it was cancelled, or what the API said.
    func failed(_ value: Value) -> RuntimeError {
        switch value {
        case .string(let message):
            return RuntimeError(.failed, .fail, message)
        case .record(let record):
            guard case .string(let message)? = record["message"] else { break }
            var (code, kind) = (Code.failed, RuntimeError.Kind.fail)
            if record.shape === RuntimeError.shape, case .string(let name)? = record["kind"],
                let caught = RuntimeError.Kind(rawValue: name), caught.canBeCaught,
                case .string(let text)? = record["code"], let known = Code(rawValue: text)
            {
                (code, kind) = (known, caught)
            }
            var error = RuntimeError(code, kind, message, item: record["item"] ?? .null)
            if case .int(let status)? = record["status"] { error.status = Int(status) }
            if case .bool(let retryable)? = record["retryable"] { error.retryable = retryable }
            return error
        case .null:
            return RuntimeError(
                .nullOperand, .type, "`fail` needs a message, and this is null",
                help: "for example `fail \"no space for {a.name}\"`", label: "null")
        default:
            break
        }
        return RuntimeError(
            .wrongType, .type, "`fail` needs a message, not \(Operators.described(value))",
            help: "for example `fail \"no space for {a.name}\"`")
    }
}

extension RuntimeError {
    /// What `catch e` gives.
    func record(line: Int) -> RecordValue {
        RecordValue(
            Self.shape,
            [
                .string(kind.rawValue), .string(code.rawValue), .string(message), item,
                status.map { .int(Int64($0)) } ?? .null, .bool(retryable), .int(Int64(line)),
            ])
    }

    fileprivate static let shape = Shape(["kind", "code", "message", "item", "status", "retryable", "line"])
}

extension Value {
    /// What a message calls an item: an audience by its name or id, anything else as it is.
    var named: Value {
        guard case .record(let record) = self, record.kind == .audience else { return self }
        if case .string? = record["name"] { return record["name"] ?? self }
        return record["id"] ?? self
    }
}
