/// Calls: the arguments of known functions, and what a call gives.
extension TypeChecker {
    /// The value of a pipeline that a call gets as its first argument.
    struct Piped {
        var type: Type
        var source: Expr
    }

    mutating func checkCall(_ callee: Expr, _ arguments: [Argument], piped: Piped?) -> Type {
        let type = check(callee)
        guard let function = used(type, callee, by: "a call", help: "only functions can be called") else {
            for argument in arguments { _ = check(argument.value) }
            return .error
        }
        guard function.kinds.contains(.function) else {
            for argument in arguments { _ = check(argument.value) }
            report(
                .notAFunction, "\(function.kinds.described) cannot be called", at: callee.span,
                label: function.kinds.described, help: "only functions can be called")
            return .error
        }
        if let known = function.callee, !isDirect(callee) {
            reportMismatch(of: known, called: callee.written, arguments, piped: piped != nil, at: callee.span)
        }
        switch function.callee {
        case .builtin(let index):
            return checkCall(builtin: environment.library[index], arguments, piped, at: callee.span)
        case .function(let index):
            return checkCall(function: index, arguments, piped, at: callee.span)
        case nil:
            lints.acts += 1
            for argument in arguments { _ = check(argument.value) }
            return function.isError ? .error : .any
        }
    }

    /// Whether the callee is the name of a function itself, whose arguments the resolver has matched already.
    private func isDirect(_ callee: Expr) -> Bool {
        let name: Identifier
        switch callee.kind {
        case .name(let text): name = Identifier(text, callee.span)
        case .field(_, let field): name = field
        default: return false
        }
        switch resolution[name] {
        case .function, .builtin: return true
        case .variable, .module, nil: return false
        }
    }

    private func parameters(of callee: Type.Callee) -> (list: [Environment.Parameter], isVariadic: Bool) {
        switch callee {
        case .builtin(let index): (environment.library[index].matchParameters, environment.library[index].isVariadic)
        case .function(let index): (environment.functions[index].parameters, false)
        }
    }

    /// Arguments that a function value does not take: which function a name has is known, though it is not its own.
    private mutating func reportMismatch(
        of callee: Type.Callee, called name: String?, _ arguments: [Argument], piped: Bool, at span: Span
    ) {
        let (parameters, isVariadic) = parameters(of: callee)
        let labels = (piped ? [nil] : []) + arguments.map { $0.label?.text }
        let match = ArgumentMatch.match(labels: labels, parameters: parameters, isVariadic: isVariadic)
        guard case .failure(let failure) = match else { return }
        report(
            ArgumentMatch.diagnostic(of: failure, calling: name, parameters, arguments, piped: piped, at: span))
    }

    private mutating func checkCall(
        function index: Int, _ arguments: [Argument], _ piped: Piped?, at span: Span
    ) -> Type {
        lints.acts += 1
        noteCall(of: index, at: span)
        let function = environment.functions[index]
        let wanted = known.parameters[index] ?? []
        for place in matched(arguments, isPiped: piped != nil, function.parameters, isVariadic: false) {
            let type = place.value.map { check($0) } ?? piped?.type ?? .any
            guard let parameter = place.parameter, wanted.indices.contains(parameter) else { continue }
            check(type, of: place.value ?? piped?.source, fits: wanted[parameter], function.parameters[parameter].name)
            {
                "its type is \($0); `\(function.name)` is called as"
                    + " `\(ArgumentMatch.signature(function.name, function.parameters))`"
            }
        }
        return known.results[index] ?? .any
    }

    mutating func checkCall(
        builtin: Builtin, _ arguments: [Argument], _ piped: Piped?, at span: Span
    ) -> Type {
        noteEffect(of: builtin, at: span)
        var types: [Int: Type] = [:]
        var values: [(type: Type, source: Expr)] = []
        let places = matched(
            arguments, isPiped: piped != nil, builtin.matchParameters, isVariadic: builtin.isVariadic)
        for place in places {
            let type: Type
            if let value = place.value {
                type = checkArgument(value, of: builtin, first: types[0])
            } else {
                type = piped?.type ?? .any
            }
            guard let parameter = place.parameter else { continue }
            types[parameter] = type
            if let source = place.value ?? piped?.source { values.append((type, source)) }
            let row = builtin.parameters[parameter]
            if case .prelude = builtin.body, let callee = type.callee, row.type == "fn", let value = place.value {
                if case .function(let index) = callee {
                    quietly(.noChange, "the condition of `\(builtin.name)`") { $0.noteCall(of: index, at: value.span) }
                }
                checkTest(callee, value, "`\(row.name)` of `\(builtin.name)`")
            }
            if case .action(let verb) = builtin.body, parameter == 0 {
                checkTarget(type, place.value ?? piped?.source, verb)
                continue
            }
            let isForEach = place.value == nil && type.kinds == .list
            check(type, of: place.value ?? piped?.source, fits: BuiltinTypes.type(of: row.type), row.name) { _ in
                isForEach
                    ? "with each item of a list it is done by `| map \(builtin.name)(it)`"
                    : "`\(builtin.name)` is called like this: `\(builtin.example.source)`"
            }
        }
        if builtin.parameters.contains(where: { $0.type.contains("regex") }) {
            let written = (piped.map { [$0.source] } ?? []) + arguments.map(\.value)
            for value in written.dropFirst() { lintClasses(value, beside: written.first) }
        }
        if let reduction = Reduction(rawValue: builtin.name) { checkReduced(reduction, values) }
        return BuiltinTypes.result(of: builtin, types)
    }

    /// A function that a built-in calls with one item each time, to hear true or false.
    private mutating func checkTest(_ callee: Type.Callee, _ value: Expr, _ user: String) {
        let (parameters, isVariadic) = parameters(of: callee)
        guard case .success = ArgumentMatch.match(labels: [nil], parameters: parameters, isVariadic: isVariadic) else {
            report(
                .wrongArguments,
                "\(user) is called with 1 argument, and this function takes \(counted(parameters.count, "argument"))",
                at: value.span, label: "takes `\(ArgumentMatch.signature("", parameters))`",
                help: "it is given one item each time, for example `a => a.enabled`")
            return
        }
        let result: Type
        switch callee {
        case .builtin(let index): result = BuiltinTypes.type(of: environment.library[index].result)
        case .function(let index): result = known.results[index] ?? .any
        }
        guard !result.kinds.contains(.bool) else { return }
        report(
            .notACondition, "\(user) needs a function that gives true or false, not \(result.kinds.described)",
            at: value.span, label: "gives \(result.kinds.described)",
            help: "nothing counts as true by itself; compare what it gives: `a => a.name != \"\"`")
    }

    /// The values that `sum`, `avg`, `min` and `max` are called with: those of one list, or several.
    private mutating func checkReduced(_ reduction: Reduction, _ values: [(type: Type, source: Expr)]) {
        if let (type, source) = values.first, values.count == 1, type.kinds.isDisjoint(with: .list) {
            report(
                type.kinds == .null ? .nullUse : .wrongArgument,
                "`\(reduction.rawValue)` takes a list, or several values, not \(type.kinds.described) alone",
                at: source.span, label: type.kinds.described, help: reduction.operandHelp)
            return
        }
        var told: Set<String> = []
        for (type, source) in values {
            let mayBeList = values.count == 1 && type.kinds.contains(.list)
            guard !mayBeList || type.kinds == .list else { continue }
            let kinds = (mayBeList ? type.element : type).kinds.subtracting(.null)
            // What is wrong with several arguments is told once.
            guard !kinds.isEmpty, kinds.isDisjoint(with: reduction.operands), told.insert(kinds.plural).inserted else {
                continue
            }
            report(
                .wrongArgument, "`\(reduction.rawValue)` does not take \(kinds.plural)", at: source.span,
                label: mayBeList ? "a list of \(kinds.plural)" : kinds.described, help: reduction.operandHelp)
        }
    }

    /// An argument of a built-in. A function that is written there knows what it will be called with.
    private mutating func checkArgument(_ value: Expr, of builtin: Builtin, first: Type?) -> Type {
        guard case .prelude = builtin.body, case .lambda(let parameters, let body) = value.kind else {
            return check(value)
        }
        let item: Type = builtin.name == "wait" ? .audience : first?.element ?? .any
        return checkLambda(parameters, body, value, arguments: [item])
    }

    /// The arguments in the order in which they are written, each with its parameter. Without a value it is the piped
    /// one. What does not match was reported by the resolver.
    func matched(
        _ arguments: [Argument], isPiped: Bool, _ parameters: [Environment.Parameter], isVariadic: Bool
    ) -> [(value: Expr?, parameter: Int?)] {
        var values: [Expr?] = arguments.map(\.value)
        if isPiped { values.insert(nil, at: 0) }
        let labels = (isPiped ? [nil] : []) + arguments.map { $0.label?.text }
        let match = ArgumentMatch.match(labels: labels, parameters: parameters, isVariadic: isVariadic)
        guard case .success(let (slots, rest)) = match else { return values.map { ($0, nil) } }
        return values.enumerated().map { place, value in
            if rest.contains(place) { return (value, parameters.count - 1) }
            // A list that is given by name to a parameter for any number of arguments stands for itself.
            let parameter = slots.firstIndex(of: place)
            return (value, isVariadic && parameter == parameters.count - 1 ? nil : parameter)
        }
    }

    private mutating func check(
        _ type: Type, of value: Expr?, fits wanted: Type, _ name: String, help: (String) -> String
    ) {
        guard let value, !wanted.isAny else { return }
        if wanted.kinds.contains(.null), !type.kinds.isDisjoint(with: wanted.kinds) { return }
        guard let type = used(type, value, by: "`\(name)`") else { return }
        guard let (expected, given) = mismatch(of: type, with: wanted) else { return }
        // An item outside of a stage was reported, and that it stands for the item of a function.
        if items.isEmpty, wanted.kinds == .function, value.readsItem { return }
        report(
            .wrongArgument, "`\(name)` takes \(expected), not \(given)", at: value.span, label: given,
            help: given == "a list of functions"
                ? "what `map` puts in its place is the value of a call: `| map f(it)`"
                : given.hasPrefix("a list of ") && wanted.element.kinds == .string
                    ? "turn the items into texts first: `| map str(it)`"
                    : Self.help(for: value, of: type, as: wanted) ?? help(expected))
    }

    /// What to write for a text or a number in the place of a duration.
    private static func help(for value: Expr, of type: Type, as wanted: Type) -> String? {
        guard wanted.kinds == .duration else { return nil }
        if case .int(let number) = value.kind { return "a duration has a unit: `\(number)d`" }
        if type.kinds == .int { return "a number of days is a duration as `\(value.written ?? "x") * 1d`" }
        guard let text = value.literalText else { return nil }
        let lexer = Lexer.lex(SourceFile(name: "", text: text), fileIndex: 0)
        guard lexer.diagnostics.isEmpty, lexer.tokens.map(\.kind) == [.duration, .end] else { return nil }
        return "a duration stands without quotes: `\(text)`"
    }

    /// What was wanted and what is there instead, as far as no value of the one type is of the other; nil when some may
    /// be. Of two lists the items are compared.
    func mismatch(of type: Type, with wanted: Type) -> (expected: String, given: String)? {
        guard !type.kinds.isDisjoint(with: wanted.kinds) else {
            return (wanted.kinds.subtracting(.null).described, type.kinds.described)
        }
        guard type.kinds == .list, wanted.kinds.subtracting(.null) == .list, !wanted.element.isAny,
            !type.element.isError, let (expected, given) = mismatch(of: type.element, with: wanted.element)
        else { return nil }
        func list(_ described: String, _ kinds: Kinds) -> String {
            "a list of \(described.hasPrefix("a list of ") ? "lists\(described.dropFirst(6))" : kinds.plural)"
        }
        return (
            list(expected, wanted.element.kinds.subtracting(.null)), list(given, type.element.kinds)
        )
    }

    // MARK: Actions

    /// What an action works on: an audience, an id, or a list of these.
    mutating func checkTarget(_ type: Type, _ value: Expr?, _ verb: Verb) {
        guard let value, let type = used(type, value, by: "`\(verb.rawValue)`") else { return }
        let single: Kinds = [.audience, .string]
        if type.kinds.isDisjoint(with: single.union(.list)) {
            report(
                .wrongArgument,
                "`\(verb.rawValue)` takes an audience, an id or a list of these, not \(type.kinds.described)",
                at: value.span, label: type.kinds.described,
                help: "for example `list(\"prod\") | where .status == \"Failed\" | \(verb.rawValue)`")
            return
        }
        let element = type.element.kinds
        guard type.kinds == .list, element.isDisjoint(with: single) else { return }
        report(
            .wrongArgument, "`\(verb.rawValue)` takes a list of audiences or ids, not of \(element.plural)",
            at: value.span, label: "a list of \(element.plural)",
            help: element == .record
                ? "`select` and `map` make records that are no audiences any more: act first, or `| map .id`" : nil)
    }
}

extension Expr {
    /// Whether it reads the current item of the code around it.
    fileprivate var readsItem: Bool {
        switch kind {
        case .it: true
        case .pipeline(let source, _): source.readsItem
        default: parts.contains(where: \.readsItem)
        }
    }
}
