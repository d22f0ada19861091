/// Statements. Only a bare expression of the main text's top level shows its value.
extension Compiler {
    mutating func compile(_ block: Block) {
        let mark = builder.next
        for statement in block.statements { compile(statement, isTopLevel: false) }
        builder.release(to: mark)
    }

    mutating func compile(_ statement: Statement, isTopLevel: Bool) {
        let span = statement.span
        switch statement.kind {
        case .use:
            break
        case .param(let declaration):
            compileParam(declaration, span)
        case .function(let declaration):
            compileDeclaration(declaration)
        case .let(let pattern, let value):
            compileBinding(pattern, value, span)
        case .var(let name, let value):
            // The value is computed before the name gets its register: it may use an outer name of the same text.
            let mark = builder.next
            let temporary = builder.reserve()
            compile(value, into: temporary)
            builder.release(to: mark)
            let register = register(declaring: name)
            if register != temporary { builder.emit(.move, a: register, b: temporary, span) }
        case .assign(let name, let op, let value):
            compileAssignment(name, op, value, span)
        case .for(let pattern, let source, let body):
            compileFor(pattern, source, body, span)
        case .while(let condition, let body):
            compileWhile(condition, body, span)
        case .if(let condition, let then, let otherwise):
            compileIf(condition, then, otherwise, span)
        case .try(let body, let name, let handler):
            compileTry(body, name, handler, span)
        case .return(let value):
            compileReturn(value, span)
        case .break:
            leaveLoop(span) {
                $0.breaks
            } set: {
                $0.breaks = $1
            }
        case .continue:
            leaveLoop(span) {
                $0.continues
            } set: {
                $0.continues = $1
            }
        case .fail(let value):
            let mark = builder.next
            let register = operand(value)
            builder.emit(.fail, a: register, span)
            builder.release(to: mark)
        case .resume(let stages):
            // The interpreter gives the stages a source before it compiles; alone they have none.
            for stage in stages {
                diagnostics.append(
                    Diagnostic(.nothingToContinue, "there is no value for this stage", at: stage.span))
            }
        case .expression(let value):
            compileExpression(value, isTopLevel: isTopLevel)
        }
    }

    private mutating func compileExpression(_ value: Expr, isTopLevel: Bool) {
        if isTopLevel, compileStreamed(value) { return }
        let mark = builder.next
        let slots = builder.slotMark
        let register = builder.reserve()
        compile(value, into: register)
        if isTopLevel {
            if let lastValue {
                for place in (1...Environment.earlierValues).reversed() {
                    builder.emit(.move, a: lastValue + place, b: lastValue + place - 1, value.span)
                }
                builder.emit(.move, a: lastValue, b: register, value.span)
            }
            builder.emit(.show, a: register, value.span)
        }
        builder.release(to: mark)
        builder.releaseSlots(to: slots)
    }

    // MARK: Names

    private mutating func compileParam(_ declaration: ParamDeclaration, _ span: Span) {
        let register = register(declaring: declaration.name)
        program.params.append(declaration.name.text)
        // A given value skips the jump to the default's code.
        var missing = FunctionBuilder.Label()
        var given = FunctionBuilder.Label()
        builder.emit(.loadParameter, a: register, b: program.params.count - 1, span)
        builder.jump(.jump, to: &missing, span)
        builder.jump(.jump, to: &given, span)
        builder.place(&missing)
        let start = builder.code.count
        if let fallback = declaration.fallback {
            compile(fallback, into: register)
        } else {
            load(.null, into: register, span)
        }
        quiet(from: start, .condition, "a default")
        builder.place(&given)
        compileCheck(register, declaration.type, name: declaration.name.text, flag: 0)
    }

    mutating func compileCheck(_ register: Int, _ type: TypeExpr, name: String, flag: Int) {
        let site = place(CheckedType(name: name, type: type), in: \.types, type.name.span)
        builder.emit(Instruction(.checkType, flag: UInt8(flag), a: register, wide: site), type.name.span)
    }

    private mutating func compileBinding(_ pattern: Pattern, _ value: Expr, _ span: Span) {
        let mark = builder.next
        let temporary = builder.reserve()
        compile(value, into: temporary)
        builder.release(to: mark)
        bind(pattern, to: temporary, span)
    }

    /// Gives the names of a pattern their values. The value may sit in the register that the first name gets.
    mutating func bind(_ pattern: Pattern, to value: Int, _ span: Span) {
        switch pattern {
        case .name(let name):
            let register = register(declaring: name)
            if register != value { builder.emit(.move, a: register, b: value, name.span) }
        case .record(let names, let patternSpan):
            let kept = builder.reserve()
            builder.emit(.move, a: kept, b: value, patternSpan)
            let first = builder.reserve(names.count)
            builder.emit(.destructure, a: first, b: kept, c: shape(names.map(\.text), patternSpan), patternSpan)
            for (offset, name) in names.enumerated() {
                let register = register(declaring: name)
                builder.emit(.move, a: register, b: first + offset, name.span)
            }
        }
    }

    private mutating func compileAssignment(_ name: Identifier, _ op: BinaryOperator?, _ value: Expr, _ span: Span) {
        guard case .variable(let variable)? = resolution[name],
            case .register(let register) = location(of: variable)
        else { return }
        let mark = builder.next
        if let op {
            // `x += 1` is `x = x + 1`, and written straight into x.
            let left = Expr(.name(name.text), name.span)
            compile(Expr(.binary(op, left, value), span), into: register)
        } else {
            let temporary = builder.reserve()
            compile(value, into: temporary)
            builder.emit(.move, a: register, b: temporary, span)
        }
        builder.release(to: mark)
    }

    // MARK: Control

    private mutating func compileWhile(_ condition: Expr, _ body: Block, _ span: Span) {
        var top = FunctionBuilder.Label()
        builder.place(&top)
        let loop = FunctionBuilder.EnclosingLoop(breaks: .init(), continues: top, handlers: builder.handlers)
        builder.enclosing.append(loop)
        var exit = FunctionBuilder.Label()
        compileCondition(condition, unless: &exit)
        compile(body)
        builder.jump(.loop, to: &top, span)
        builder.place(&exit)
        var done = builder.enclosing.removeLast()
        builder.place(&done.breaks)
    }

    private mutating func compileIf(_ condition: Expr, _ then: Block, _ otherwise: Block?, _ span: Span) {
        var skip = FunctionBuilder.Label()
        compileCondition(condition, unless: &skip)
        compile(then)
        if let otherwise {
            var end = FunctionBuilder.Label()
            builder.jump(.jump, to: &end, span)
            builder.place(&skip)
            compile(otherwise)
            builder.place(&end)
        } else {
            builder.place(&skip)
        }
    }

    /// The condition of a statement: it must not change anything.
    private mutating func compileCondition(_ condition: Expr, unless label: inout FunctionBuilder.Label) {
        let start = builder.code.count
        let mark = builder.next
        compileTest(condition, jumpIf: false, to: &label)
        builder.release(to: mark)
        quiet(from: start, .condition, "a condition")
    }

    mutating func quiet(from start: Int, _ rule: QuietRange.Rule, _ name: String) {
        builder.quiet.append(QuietRange(start: start, end: builder.code.count, rule: rule, name: name))
    }

    private mutating func compileTry(_ body: Block, _ name: Identifier, _ handler: Block, _ span: Span) {
        let mark = builder.next
        let error = builder.reserve()
        var caught = FunctionBuilder.Label()
        var end = FunctionBuilder.Label()
        builder.jump(.pushHandler, a: error, to: &caught, span)
        builder.handlers += 1
        compile(body)
        builder.handlers -= 1
        builder.emit(.popHandler, span)
        builder.jump(.jump, to: &end, span)
        builder.place(&caught)
        if case .variable(let variable)? = resolution[name] { builder.registers[variable] = error }
        compile(handler)
        builder.place(&end)
        builder.release(to: mark)
    }

    private mutating func compileReturn(_ value: Expr?, _ span: Span) {
        guard let value else {
            builder.emit(.returnNull, span)
            return
        }
        let mark = builder.next
        let register = operand(value)
        builder.emit(.return, a: register, span)
        builder.release(to: mark)
    }

    private mutating func leaveLoop(
        _ span: Span, _ label: (FunctionBuilder.EnclosingLoop) -> FunctionBuilder.Label,
        set: (inout FunctionBuilder.EnclosingLoop, FunctionBuilder.Label) -> Void
    ) {
        guard var loop = builder.enclosing.last else { return }
        for _ in loop.handlers..<builder.handlers { builder.emit(.popHandler, span) }
        var target = label(loop)
        builder.jump(target.place == nil ? .jump : .loop, to: &target, span)
        set(&loop, target)
        builder.enclosing[builder.enclosing.count - 1] = loop
    }

    // MARK: Functions

    private mutating func compileDeclaration(_ declaration: FunctionDeclaration) {
        guard let index = resolution[function: declaration.name.span] else { return }
        let parameters = environment.functions[index].parameters
        compileFunction(index, name: declaration.name.text, parameters: parameters) { compiler in
            let span = declaration.name.span
            for parameter in declaration.parameters { _ = compiler.register(declaring: parameter.name) }
            for (place, parameter) in declaration.parameters.enumerated() {
                if let fallback = parameter.fallback {
                    var given = FunctionBuilder.Label()
                    compiler.builder.emit(.skipIfGiven, a: place, span)
                    var missing = FunctionBuilder.Label()
                    compiler.builder.jump(.jump, to: &missing, span)
                    compiler.builder.jump(.jump, to: &given, span)
                    compiler.builder.place(&missing)
                    let start = compiler.builder.code.count
                    compiler.compile(fallback, into: place)
                    compiler.quiet(from: start, .condition, "a default")
                    compiler.builder.place(&given)
                }
                if let type = parameter.type {
                    compiler.compileCheck(place, type, name: parameter.name.text, flag: 1)
                }
            }
            for statement in declaration.body.statements { compiler.compile(statement, isTopLevel: false) }
            compiler.builder.emit(.returnNull, span)
        }
    }
}
