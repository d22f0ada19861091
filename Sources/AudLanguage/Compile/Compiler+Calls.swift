/// Calls. Arguments are evaluated in the order in which they are written, each into the register of its parameter.
extension Compiler {
    /// Compiles a call; `piped` is the register of the pipeline's value, which comes before the written arguments.
    mutating func compileCall(_ callee: Expr, _ arguments: [Argument], piped: Int?, into target: Int, _ span: Span) {
        switch binding(of: callee) {
        case .function(let index) where captures(of: index).isEmpty:
            let parameters = environment.functions[index].parameters
            guard let placed = place(arguments, piped, parameters, isVariadic: false, span) else { return }
            let site = KnownCall(target: index, given: placed.given)
            builder.emit(
                .callFunction, a: target, b: placed.first, c: place(site, in: \.knownCalls, span), span)
        case .builtin(let index):
            compileBuiltin(index, arguments, piped, into: target, span)
        case .function, .variable, .module, nil:
            compileValueCall(callee, arguments, piped, into: target, span)
        }
    }

    private func binding(of callee: Expr) -> Resolution.Binding? {
        switch callee.kind {
        case .name(let text):
            return resolution[Identifier(text, callee.span)]
        case .field(let base, let name):
            guard case .name(let text) = base.kind, case .module? = resolution[Identifier(text, base.span)] else {
                return nil
            }
            return resolution[name]
        default:
            return nil
        }
    }

    private mutating func compileBuiltin(
        _ index: Int, _ arguments: [Argument], _ piped: Int?, into target: Int, _ span: Span
    ) {
        let builtin = environment.library[index]
        let parameters = builtin.matchParameters
        guard let placed = place(arguments, piped, parameters, isVariadic: builtin.isVariadic, span) else { return }
        for (offset, parameter) in builtin.parameters.enumerated() where placed.given & (1 << offset) == 0 {
            load(parameter.fallback ?? .null, into: placed.first + offset, span)
        }
        switch builtin.body {
        case .action(let verb):
            let site = place(ActionSite(verb: verb, policy: .stop), in: \.actions, span)
            builder.emit(.act, a: target, b: placed.first, c: site, span)
        case .native, .request, .prelude, .host:
            let site = KnownCall(target: index, given: placed.given)
            builder.emit(.callBuiltin, a: target, b: placed.first, c: place(site, in: \.knownCalls, span), span)
            for written in placed.written { builder.note(written.register, written.span) }
        }
    }

    /// Evaluates arguments into consecutive registers, one for each parameter. Nil when they do not match, which the
    /// resolver has reported.
    private mutating func place(
        _ arguments: [Argument], _ piped: Int?, _ parameters: [Environment.Parameter], isVariadic: Bool, _ span: Span
    ) -> (first: Int, given: UInt64, written: [(register: Int, span: Span)])? {
        let labels = (piped == nil ? [] : [nil]) + arguments.map { $0.label?.text }
        let match = ArgumentMatch.match(labels: labels, parameters: parameters, isVariadic: isVariadic)
        guard case .success(let (slots, rest)) = match else { return nil }
        let first = builder.reserve(max(parameters.count, 1))
        var given: UInt64 = 0
        var written: [(register: Int, span: Span)] = []
        var accumulator: Int?
        if isVariadic {
            let slot = builder.reserveAccumulator()
            builder.emit(.reset, a: slot, span)
            accumulator = slot
        }
        for place in labels.indices {
            if let parameter = slots.firstIndex(of: place) {
                compileArgument(place, arguments, piped, into: first + parameter)
                given |= 1 << UInt64(parameter)
                let argument = piped == nil ? place : place - 1
                if argument >= 0 { written.append((first + parameter, arguments[argument].value.span)) }
            } else if let accumulator, rest.contains(place) {
                let mark = builder.next
                let register = builder.reserve()
                compileArgument(place, arguments, piped, into: register)
                builder.emit(.append, a: accumulator, b: register, span)
                builder.release(to: mark)
            }
        }
        let last = parameters.count - 1
        if let accumulator, given & (1 << UInt64(last)) == 0 {
            builder.emit(.finishList, a: first + last, b: accumulator, span)
            given |= 1 << UInt64(last)
        }
        return (first, given, written)
    }

    private mutating func compileArgument(_ place: Int, _ arguments: [Argument], _ piped: Int?, into target: Int) {
        guard let piped else {
            compile(arguments[place].value, into: target)
            return
        }
        if place == 0 {
            builder.emit(.move, a: target, b: piped, arguments.first?.value.span ?? builder.spans.last ?? .none)
        } else {
            compile(arguments[place - 1].value, into: target)
        }
    }

    /// A call of a value that only the run knows.
    private mutating func compileValueCall(
        _ callee: Expr, _ arguments: [Argument], _ piped: Int?, into target: Int, _ span: Span
    ) {
        let count = arguments.count + (piped == nil ? 0 : 1)
        let first = builder.reserve(count + 1)
        compile(callee, into: first)
        var next = first + 1
        if let piped {
            builder.emit(.move, a: next, b: piped, span)
            next += 1
        }
        for argument in arguments {
            compile(argument.value, into: next)
            next += 1
        }
        let labels = (piped == nil ? [] : [nil]) + arguments.map { $0.label?.text }
        let site = ValueCall(count: count, labels: labels)
        builder.emit(.callValue, a: target, b: first, c: place(site, in: \.valueCalls, span), span)
    }

    mutating func compileLambda(_ parameters: [Identifier], _ body: LambdaBody, into target: Int, _ span: Span) {
        guard let index = resolution[function: span] else { return }
        let signature = environment.functions[index].parameters
        compileFunction(index, name: "=>", parameters: signature) { compiler in
            for parameter in parameters { _ = compiler.register(declaring: parameter) }
            switch body {
            case .expr(let value):
                let register = compiler.operand(value)
                compiler.builder.emit(.return, a: register, value.span)
            case .block(let block):
                compiler.compile(block)
                compiler.builder.emit(.returnNull, span)
            }
        }
        compileClosure(index, into: target, span)
    }
}

extension Span {
    /// The place of code that no text has.
    static let none = Span(file: .max, start: 0, end: 0)
}
