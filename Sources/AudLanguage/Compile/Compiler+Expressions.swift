/// Expressions: each is compiled for a register. A name that sits in a register is used in place.
extension Compiler {
    /// The register that holds the value of an expression: the variable's own, or a new temporary.
    mutating func operand(_ expr: Expr) -> Int {
        switch expr.kind {
        case .name(let text):
            if case .variable(let variable)? = resolution[Identifier(text, expr.span)],
                case .register(let register) = location(of: variable)
            {
                return register
            }
        case .it:
            if let item = builder.items.last { return item }
        default:
            break
        }
        let register = builder.reserve()
        compile(expr, into: register)
        return register
    }

    /// The register of an operand that is read only after `other` was computed. A `var` is copied when the block of an
    /// `each` in there could assign to it.
    mutating func operand(_ expr: Expr, before other: Expr) -> Int {
        guard case .name(let text) = expr.kind, isMutable(Identifier(text, expr.span)), !other.blocks.isEmpty else {
            return operand(expr)
        }
        let copy = builder.reserve()
        compile(expr, into: copy)
        return copy
    }

    private func isMutable(_ name: Identifier) -> Bool {
        guard case .variable(let variable)? = resolution[name] else { return false }
        return environment.variables[variable].isMutable
    }

    mutating func compile(_ expr: Expr, into target: Int) {
        let mark = builder.next
        let slots = builder.slotMark
        let span = expr.span
        switch expr.kind {
        case .null: load(.null, into: target, span)
        case .bool(let value): load(.bool(value), into: target, span)
        case .int(let value): load(.int(value), into: target, span)
        case .float(let value): load(.float(value), into: target, span)
        case .duration(let value): load(.duration(value), into: target, span)
        case .date(let value): load(.date(value), into: target, span)
        case .regex(let pattern, let flags): compileRegex(pattern, flags, into: target, span)
        case .string(let parts): compileString(parts, into: target, span)
        case .it:
            if let item = builder.items.last, item != target { builder.emit(.move, a: target, b: item, span) }
        case .name(let text): compileName(Identifier(text, span), into: target)
        case .list(let items): compileList(items, into: target, span)
        case .record(let items): compileRecord(items, into: target, span)
        case .negate(let value):
            let operand = operand(value)
            builder.emit(.negate, a: target, b: operand, span)
            builder.note(operand, value.span)
        case .not(let value):
            let operand = operand(value)
            builder.emit(.not, a: target, b: operand, span)
            builder.note(operand, value.span)
        case .binary(let op, let left, let right):
            let first = operand(left, before: right)
            if op == .add || op == .subtract, case .int(let value) = right.kind, (0..<30_000).contains(value) {
                builder.emit(.addImmediate, a: target, b: first, c: Int(op == .add ? value : -value), span)
                builder.note(first, left.span)
            } else {
                let second = operand(right)
                emitBinary(op, into: target, first, second, span)
                builder.note(first, left.span)
                builder.note(second, right.span)
            }
        case .and(let left, let right): compileLogical(left, right, .jumpIfFalse, .jumpIfTrue, into: target, span)
        case .or(let left, let right): compileLogical(left, right, .jumpIfTrue, .jumpIfFalse, into: target, span)
        case .coalesce(let left, let right):
            var end = FunctionBuilder.Label()
            let value = builder.reserve()
            compile(left, into: value)
            builder.jump(.jumpIfNotNull, a: value, to: &end, span)
            compile(right, into: value)
            builder.place(&end)
            builder.emit(.move, a: target, b: value, span)
        case .range(let low, let high, let closed):
            let first = operand(low, before: high)
            let second = operand(high)
            builder.emit(.range, flag: closed ? 1 : 0, a: target, b: first, c: second, span)
            builder.note(first, low.span)
            builder.note(second, high.span)
        case .field(let base, let name): compileField(base, name, into: target)
        case .optionalField(let base, let name): compileOptionalField(base, name, into: target)
        case .chain(let chain):
            let outer = chainEnd
            chainEnd = FunctionBuilder.Label()
            let value = builder.reserve()
            chainValue.append(value)
            compile(chain, into: value)
            chainValue.removeLast()
            builder.place(&chainEnd)
            chainEnd = outer
            builder.emit(.move, a: target, b: value, span)
        case .index(let base, let key):
            let first = operand(base, before: key)
            let second = operand(key)
            builder.emit(.index, a: target, b: first, c: second, span)
            builder.note(first, base.span)
            builder.note(second, key.span)
        case .call(let callee, let arguments): compileCall(callee, arguments, piped: nil, into: target, span)
        case .pipeline(let source, let stages): compilePipeline(source, stages, into: target, span)
        case .lambda(let parameters, let body): compileLambda(parameters, body, into: target, span)
        case .conditional(let condition, let then, let otherwise):
            compileConditional(condition, then, otherwise, into: target, span)
        case .attempt(let value, let otherwise): compileAttempt(value, otherwise, into: target, span)
        }
        builder.release(to: mark)
        builder.releaseSlots(to: slots)
    }

    // MARK: Operators

    mutating func emitBinary(_ op: BinaryOperator, into target: Int, _ left: Int, _ right: Int, _ span: Span) {
        switch op {
        case .add: builder.emit(.add, a: target, b: left, c: right, span)
        case .subtract: builder.emit(.subtract, a: target, b: left, c: right, span)
        case .multiply: builder.emit(.multiply, a: target, b: left, c: right, span)
        case .divide, .floorDivide, .modulo, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
            .matches, .notMatches, .isIn, .notIn:
            builder.emit(.binary, flag: op.place, a: target, b: left, c: right, span)
        }
    }

    private mutating func compileLogical(
        _ left: Expr, _ right: Expr, _ skip: Opcode, _ check: Opcode, into target: Int, _ span: Span
    ) {
        var end = FunctionBuilder.Label()
        let value = builder.reserve()
        compile(left, into: value)
        builder.jump(skip, a: value, to: &end, left.span)
        compile(right, into: value)
        // The right side must be a bool as well: the jump checks it, and goes nowhere.
        builder.jump(check, a: value, to: &end, right.span)
        builder.place(&end)
        builder.emit(.move, a: target, b: value, span)
    }

    /// Jumps when a condition is (not) true. Comparisons need no register for their bool.
    mutating func compileTest(_ condition: Expr, jumpIf wanted: Bool, to label: inout FunctionBuilder.Label) {
        switch condition.kind {
        case .not(let inner):
            compileTest(inner, jumpIf: !wanted, to: &label)
        case .and(let left, let right):
            if wanted {
                var end = FunctionBuilder.Label()
                compileTest(left, jumpIf: false, to: &end)
                compileTest(right, jumpIf: true, to: &label)
                builder.place(&end)
            } else {
                compileTest(left, jumpIf: false, to: &label)
                compileTest(right, jumpIf: false, to: &label)
            }
        case .or(let left, let right):
            if wanted {
                compileTest(left, jumpIf: true, to: &label)
                compileTest(right, jumpIf: true, to: &label)
            } else {
                var end = FunctionBuilder.Label()
                compileTest(left, jumpIf: true, to: &end)
                compileTest(right, jumpIf: false, to: &label)
                builder.place(&end)
            }
        case .binary(let op, let left, let right) where op.isComparison && !wanted:
            let mark = builder.next
            let first = operand(left, before: right)
            let second = operand(right)
            builder.emit(.test, flag: op.place, a: first, b: second, condition.span)
            builder.note(first, left.span)
            builder.note(second, right.span)
            builder.jump(.jump, to: &label, condition.span)
            builder.release(to: mark)
        default:
            let mark = builder.next
            let register = operand(condition)
            builder.jump(wanted ? .jumpIfTrue : .jumpIfFalse, a: register, to: &label, condition.span)
            builder.release(to: mark)
        }
    }

    private mutating func compileConditional(
        _ condition: Expr, _ then: Expr, _ otherwise: Expr, into target: Int, _ span: Span
    ) {
        var skip = FunctionBuilder.Label()
        var end = FunctionBuilder.Label()
        let start = builder.code.count
        compileTest(condition, jumpIf: false, to: &skip)
        quiet(from: start, .condition, "a condition")
        compile(then, into: target)
        builder.jump(.jump, to: &end, span)
        builder.place(&skip)
        compile(otherwise, into: target)
        builder.place(&end)
    }

    private mutating func compileAttempt(_ value: Expr, _ otherwise: Expr, into target: Int, _ span: Span) {
        var caught = FunctionBuilder.Label()
        var end = FunctionBuilder.Label()
        let result = builder.reserve()
        builder.jump(.pushHandler, a: result, to: &caught, span)
        builder.handlers += 1
        compile(value, into: result)
        builder.handlers -= 1
        builder.emit(.popHandler, span)
        builder.jump(.jump, to: &end, span)
        builder.place(&caught)
        compile(otherwise, into: result)
        builder.place(&end)
        builder.emit(.move, a: target, b: result, span)
    }

    // MARK: Literals

    private mutating func compileRegex(_ pattern: String, _ flags: String, into target: Int, _ span: Span) {
        switch RegexValue.compile(pattern: pattern, flags: flags) {
        case .success(let regex):
            load(.regex(regex), into: target, span)
        case .failure(let error):
            diagnostics.append(Diagnostic(.badRegex, error.message, at: span, help: error.help))
        }
    }

    private mutating func compileString(_ parts: [StringPart], into target: Int, _ span: Span) {
        var text = ""
        var isConstant = true
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .interpolation: isConstant = false
            }
        }
        if isConstant {
            load(.string(text), into: target, span)
            return
        }
        let first = builder.reserve(parts.count)
        for (offset, part) in parts.enumerated() {
            switch part {
            case .text(let piece): load(.string(piece), into: first + offset, span)
            case .interpolation(let value): compile(value, into: first + offset)
            }
        }
        builder.emit(.interpolate, a: target, b: first, c: parts.count, span)
        for (offset, part) in parts.enumerated() {
            if case .interpolation(let value) = part { builder.note(first + offset, value.span) }
        }
    }

    private mutating func compileList(_ items: [ListItem], into target: Int, _ span: Span) {
        let accumulator = builder.reserveAccumulator()
        builder.emit(.reset, a: accumulator, span)
        for item in items {
            let mark = builder.next
            switch item {
            case .item(let value):
                let register = operand(value)
                builder.emit(.append, a: accumulator, b: register, value.span)
            case .spread(let value):
                let register = operand(value)
                builder.emit(.appendAll, a: accumulator, b: register, value.span)
            }
            builder.release(to: mark)
        }
        builder.emit(.finishList, a: target, b: accumulator, span)
    }

    private mutating func compileRecord(_ items: [RecordItem], into target: Int, _ span: Span) {
        var names: [String] = []
        var isPlain = true
        for item in items {
            switch item {
            case .field(let name, _): names.append(name.text)
            case .spread: isPlain = false
            }
        }
        if isPlain {
            let first = builder.reserve(items.count)
            for (offset, item) in items.enumerated() {
                if case .field(_, let value) = item { compile(value, into: first + offset) }
            }
            builder.emit(.makeRecord, a: target, b: first, c: shape(names, span), span)
            return
        }
        let accumulator = builder.reserveAccumulator()
        builder.emit(.reset, a: accumulator, span)
        for item in items {
            let mark = builder.next
            switch item {
            case .field(let name, let value):
                let register = operand(value)
                builder.emit(.putField, a: accumulator, b: register, c: shape([name.text], name.span), value.span)
            case .spread(let value):
                let register = operand(value)
                builder.emit(.putAll, a: accumulator, b: register, value.span)
            }
            builder.release(to: mark)
        }
        builder.emit(.finishRecord, a: target, b: accumulator, span)
    }

    // MARK: Names and fields

    mutating func compileName(_ name: Identifier, into target: Int) {
        switch resolution[name] {
        case .variable(let variable):
            switch location(of: variable) {
            case .register(let register):
                if register != target { builder.emit(.move, a: target, b: register, name.span) }
            case .global(let register):
                builder.emit(.loadGlobal, a: target, b: register, name.span)
            case .capture(let place):
                builder.emit(.loadCapture, a: target, b: place, name.span)
            }
        case .function(let index):
            compileClosure(index, into: target, name.span)
        case .builtin(let index):
            load(.function(FunctionValue(.builtin(index), name: name.text)), into: target, name.span)
        case .module, nil:
            break
        }
    }

    /// A function as a value: a constant, or a closure with copies of what it captures.
    mutating func compileClosure(_ index: Int, into target: Int, _ span: Span) {
        let captured = captures(of: index)
        if captured.isEmpty {
            let name = environment.functions[index].name
            load(.function(FunctionValue(.script(index), name: name)), into: target, span)
            return
        }
        let sources = captured.map { variable -> ClosureSite.Source in
            switch location(of: variable) {
            case .register(let register), .global(let register): .register(register)
            case .capture(let place): .capture(place)
            }
        }
        let site = place(ClosureSite(function: index, sources: sources), in: \.closures, span)
        builder.emit(Instruction(.makeClosure, a: target, wide: site), span)
    }

    private mutating func compileField(_ base: Expr, _ name: Identifier, into target: Int) {
        if case .name(let text) = base.kind, case .module? = resolution[Identifier(text, base.span)] {
            compileName(name, into: target)
            return
        }
        let register = operand(base)
        builder.emit(.field, a: target, b: register, c: fieldSite(name.text, name.span), name.span)
        builder.note(register, base.span)
    }

    private mutating func compileOptionalField(_ base: Expr, _ name: Identifier, into target: Int) {
        // A null base ends the whole chain, whose value is then null.
        let register = builder.reserve()
        compile(base, into: register)
        if let value = chainValue.last {
            var present = FunctionBuilder.Label()
            builder.jump(.jumpIfNotNull, a: register, to: &present, name.span)
            load(.null, into: value, name.span)
            var end = chainEnd
            builder.jump(.jump, to: &end, name.span)
            chainEnd = end
            builder.place(&present)
        }
        builder.emit(.field, a: target, b: register, c: fieldSite(name.text, name.span), name.span)
    }
}

extension BinaryOperator {
    /// The place in `allCases`, which an instruction's flag has.
    var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    var isComparison: Bool {
        switch self {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .matches, .notMatches, .isIn, .notIn:
            true
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo:
            false
        }
    }
}
