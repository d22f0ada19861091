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
        switch function.callee {
        case .builtin(let index):
            return checkCall(builtin: environment.library[index], arguments, piped, at: callee.span)
        case .function(let index):
            return checkCall(function: index, arguments, piped, at: callee.span)
        case nil:
            lints.acts += 1
            for argument in arguments { _ = check(argument.value) }
            return .any
        }
    }

    private mutating func checkCall(
        function index: Int, _ arguments: [Argument], _ piped: Piped?, at span: Span
    ) -> Type {
        lints.acts += 1
        noteCall(of: index, at: span)
        let function = environment.functions[index]
        let wanted = known.parameters[index] ?? []
        for place in matched(arguments, piped, function.parameters, isVariadic: false) {
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

    private mutating func checkCall(
        builtin: Builtin, _ arguments: [Argument], _ piped: Piped?, at span: Span
    ) -> Type {
        noteEffect(of: builtin, at: span)
        var types: [Int: Type] = [:]
        for place in matched(arguments, piped, builtin.matchParameters, isVariadic: builtin.isVariadic) {
            let type: Type
            if let value = place.value {
                type = checkArgument(value, of: builtin, first: types[0])
            } else {
                type = piped?.type ?? .any
            }
            guard let parameter = place.parameter else { continue }
            types[parameter] = type
            if case .prelude = builtin.body, case .function(let index)? = type.callee {
                noteCall(of: index, at: place.value?.span ?? span)
            }
            let row = builtin.parameters[parameter]
            if case .action(let verb) = builtin.body, parameter == 0 {
                checkTarget(type, place.value ?? piped?.source, verb)
                continue
            }
            check(type, of: place.value ?? piped?.source, fits: BuiltinTypes.type(of: row.type), row.name) { _ in
                "`\(builtin.name)` takes \(row.type.contains(" ") ? "one of \(row.type)" : row.type) there, for example"
                    + " `\(builtin.example.source)`"
            }
        }
        return BuiltinTypes.result(of: builtin, types)
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
    private func matched(
        _ arguments: [Argument], _ piped: Piped?, _ parameters: [Environment.Parameter], isVariadic: Bool
    ) -> [(value: Expr?, parameter: Int?)] {
        var values: [Expr?] = arguments.map(\.value)
        if piped != nil { values.insert(nil, at: 0) }
        let labels = (piped == nil ? [] : [nil]) + arguments.map { $0.label?.text }
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
        guard type.kinds.isDisjoint(with: wanted.kinds) else { return }
        let expected = wanted.kinds.subtracting(.null).described
        report(
            .wrongArgument, "`\(name)` takes \(expected), not \(type.kinds.described)", at: value.span,
            label: type.kinds.described, help: help(expected))
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

    /// What an action gives.
    func outcome(of type: Type) -> Type {
        if type.kinds == .list { return .list(of: .outcome) }
        return type.kinds.contains(.list) ? Type([.outcome, .list]) : .outcome
    }
}
