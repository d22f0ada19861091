/// Expressions and stages: uses of names, and which code has an `it`.
extension Resolver {
    mutating func resolve(_ expr: Expr) {
        switch expr.kind {
        case .null, .bool, .int, .float, .duration, .date, .regex:
            break
        case .string(let parts):
            for part in parts {
                if case .interpolation(let value) = part { resolve(value) }
            }
        case .it:
            resolveItem(expr.span)
        case .name(let text):
            resolveValue(Identifier(text, expr.span))
        case .list(let items):
            for item in items {
                switch item {
                case .item(let value), .spread(let value): resolve(value)
                }
            }
        case .record(let items):
            for item in items {
                switch item {
                case .field(_, let value), .spread(let value): resolve(value)
                }
            }
        case .negate(let value):
            resolve(value)
            if case .negate(let word) = value.kind { advise(on: word, "a comment starts with `#`") }
        case .not(let value), .optionalField(let value, _), .chain(let value):
            resolve(value)
        case .field(let base, let name):
            resolveField(base, name)
        case .binary(let op, let left, let right):
            resolve(left)
            resolve(right)
            if op == .floorDivide { advise(on: right, "a comment starts with `#`; `//` divides") }
            if op == .subtract, case .negate(let word) = right.kind { advise(on: word, "a comment starts with `#`") }
        case .and(let left, let right), .or(let left, let right),
            .coalesce(let left, let right), .range(let left, let right, _), .index(let left, let right),
            .attempt(let left, let right):
            resolve(left)
            resolve(right)
        case .call(let callee, let arguments):
            resolveCall(callee, arguments, piped: false)
        case .pipeline(let source, let stages):
            resolve(source)
            for stage in stages { resolve(stage) }
        case .lambda(let parameters, let body):
            resolveLambda(parameters, body, at: expr.span)
        case .conditional(let condition, let then, let otherwise):
            resolve(condition)
            resolve(then)
            resolve(otherwise)
        }
    }

    private mutating func resolveItem(_ span: Span) {
        guard itemDepth == 0 else { return }
        report(
            .itOutsideStage, "there is no current item here", at: span, label: "outside a stage",
            help:
                "`it` and `.field` are the item of a stage such as `where`; inside a function name the item: `a => a.name`"
        )
    }

    /// A name used as a value: a function that is used so may be called from anywhere.
    private mutating func resolveValue(_ name: Identifier) {
        switch use(name) {
        case .function(let index):
            environment.escaping.callees.insert(index)
        case .builtin(let index):
            let effect = environment.library[index].effect
            environment.escaping.direct = max(environment.escaping.direct, effect)
        case .module:
            report(
                .unknownName, "`\(name.text)` is a module, not a value", at: name.span,
                help: "name what you want of it: `\(name.text).function(…)`")
        case .variable, nil:
            break
        }
    }

    private mutating func resolveField(_ base: Expr, _ name: Identifier) {
        guard let binding = moduleMember(base, name) else {
            resolve(base)
            return
        }
        if case .function(let index) = binding { environment.escaping.callees.insert(index) }
    }

    /// `module.name`; nil when the base is no module.
    private mutating func moduleMember(_ base: Expr, _ name: Identifier) -> Resolution.Binding? {
        guard case .name(let text) = base.kind else { return nil }
        let isModule = scopes.reversed().lazy.compactMap { $0.names[text] }.first.map {
            if case .module = $0 { true } else { false }
        }
        guard isModule == true, case .module(let module)? = use(Identifier(text, base.span)) else { return nil }
        switch environment.modules[module][name.text] {
        case .function(let index):
            resolution[name] = .function(index)
            uses.append(FunctionUse(function: index, user: function, order: .max, name: name))
            return .function(index)
        case .variable(let index):
            if function != 0 { environment.functions[function].needs(index) }
            resolution[name] = .variable(index)
            return .variable(index)
        case .module, nil:
            let names = environment.modules[module].keys.sorted()
            report(
                .unknownName, "the module `\(text)` has no `\(name.text)`", at: name.span, label: "unknown name",
                help: name.text.hasPrefix("_")
                    ? "a name that begins with `_` is for its module alone"
                    : Suggestions.closest(to: name.text, among: names).map { "did you mean `\(text).\($0)`?" }
                        ?? "it has \(names.joined(separator: ", "))")
            return .module(module)
        }
    }

    /// A call. With `piped` the value of the pipeline comes before the written arguments.
    mutating func resolveCall(_ callee: Expr, _ arguments: [Argument], piped: Bool) {
        if piped { stageName = callee.innermost.span }
        let binding: Resolution.Binding?
        switch callee.kind {
        case .name(let text):
            binding = use(Identifier(text, callee.span))
            if case .module? = binding { resolveValue(Identifier(text, callee.span)) }
        case .field(let base, let name):
            binding = moduleMember(base, name)
            if binding == nil { resolve(base) }
        default:
            binding = nil
            resolve(callee)
        }
        // An unknown function behind a `|` may be a stage of another language: then a field as its argument is no second
        // mistake.
        let isUnknownStage = binding == nil && (piped || callee.isStageWord)
        itemDepth += isUnknownStage ? 1 : 0
        for argument in arguments {
            resolve(argument.value)
            guard case .builtin? = binding, case .name(let word) = argument.value.kind else { continue }
            advise(on: argument.value, "a text stands in quotes: `\"\(word)\"`")
        }
        itemDepth -= isUnknownStage ? 1 : 0
        let labels = (piped ? [nil] : []) + arguments.map { $0.label?.text }
        switch binding {
        case .function(let index):
            effects[effects.count - 1].callees.insert(index)
            let function = environment.functions[index]
            check(labels, arguments, piped, function.name, function.parameters, false, at: callee.span)
        case .builtin(let index):
            let builtin = environment.library[index]
            effects[effects.count - 1].direct = max(effects[effects.count - 1].direct, builtin.effect)
            if case .prelude = builtin.body { effects[effects.count - 1].callsUnknown = true }
            check(labels, arguments, piped, builtin.name, builtin.matchParameters, builtin.isVariadic, at: callee.span)
        case .variable, .module, nil:
            effects[effects.count - 1].callsUnknown = true
        }
    }

    private mutating func check(
        _ labels: [String?], _ arguments: [Argument], _ piped: Bool, _ name: String,
        _ parameters: [Environment.Parameter], _ isVariadic: Bool, at span: Span
    ) {
        let match = ArgumentMatch.match(labels: labels, parameters: parameters, isVariadic: isVariadic)
        guard case .failure(let failure) = match, !lost.names.contains(name) else { return }
        diagnostics.append(
            ArgumentMatch.diagnostic(of: failure, calling: name, parameters, arguments, piped: piped, at: span))
    }

    private mutating func resolveLambda(_ parameters: [Identifier], _ body: LambdaBody, at span: Span) {
        environment.functions.append(
            Environment.Function(
                name: "=>", parameters: parameters.map { Environment.Parameter(name: $0.text, hasDefault: false) }))
        let index = environment.functions.count - 1
        resolution[function: span] = index
        environment.escaping.callees.insert(index)
        // What the lambda captures, itself or through the functions it names, is copied here.
        uses.append(
            FunctionUse(function: index, user: function, order: environment.order, name: Identifier("=>", span)))
        checkCount(parameters, at: span)
        enter(index) { resolver in
            for parameter in parameters { resolver.declareGiven(parameter) }
            switch body {
            case .expr(let value):
                resolver.resolve(value)
            case .block(let block):
                resolver.scopes.append(Scope(function: index))
                resolver.resolveBlock(block.statements)
                resolver.scopes.removeLast()
            }
        }
    }

    // MARK: Stages

    mutating func resolve(_ stage: Stage) {
        switch stage.kind {
        case .where(let value), .map(let value):
            resolveWithItem([value])
        case .select(let columns), .with(let columns):
            checkNames(of: columns)
            resolveWithItem(columns.map(\.value))
        case .sort(let keys):
            checkCount(keys.map(\.value), "sort")
            resolveWithItem(keys.map(\.value))
        case .group(let keys):
            checkCount(keys, "group")
            resolveWithItem(keys)
        case .unique(let key):
            resolveWithItem(key.map { [$0] } ?? [])
        case .reduce(let reduction, let value):
            resolveWithItem(value.map { [$0] } ?? [])
            guard case .field(let base, let field)? = value?.kind, case .name("by") = base.kind else { break }
            advise(on: base, "there is no `by` here: `\(reduction.rawValue) .\(field.text)`", insteadOf: true)
        case .take(let value), .skip(let value), .atMost(let value):
            resolve(value)
        case .first(let value), .last(let value):
            if let value { resolve(value) }
        case .count, .flatten, .reverse:
            break
        case .each(let pattern, let body):
            resolveLoop(pattern, body)
        case .action(let verb, let arguments, _):
            resolveAction(verb, arguments, at: stage.span)
        case .call(let callee, let arguments):
            resolveCall(callee, arguments, piped: true)
        }
    }

    private mutating func resolveWithItem(_ values: [Expr]) {
        itemDepth += 1
        for value in values { resolve(value) }
        itemDepth -= 1
    }

    private mutating func checkNames(of columns: [Column]) {
        var names: Set<String> = []
        for column in columns {
            guard let name = column.name?.text ?? column.value.lastField, !names.insert(name).inserted else { continue }
            report(
                .repeatedKey, "the column `\(name)` is given twice in this stage",
                at: column.name?.span ?? column.value.span,
                label: "given again",
                help: "give one of them another name: `\(Printer.isName(name) ? "\(name)2" : "\"other name\""): …`")
        }
    }

    /// An instruction has a bit for the direction of each key.
    private mutating func checkCount(_ keys: [Expr], _ stage: String) {
        guard keys.count > 16 else { return }
        report(
            .tooLarge, "`\(stage) by` takes at most 16 keys, and these are \(keys.count)", at: keys[16].span,
            label: "one too many", help: "one list can be a key that stands for several: `group by [.a, .b]`")
    }

    private mutating func resolveAction(_ verb: Verb, _ arguments: [Argument], at span: Span) {
        for argument in arguments { resolve(argument.value) }
        guard let index = environment.library.index(of: verb.rawValue) else {
            report(
                .unsupportedAction, "`\(verb.rawValue)` is not part of the API version that aud speaks", at: span,
                label: "cannot be sent", help: "audiences can be enabled, disabled and removed")
            return
        }
        let builtin = environment.library[index]
        effects[effects.count - 1].direct = max(effects[effects.count - 1].direct, builtin.effect)
        check(
            [nil] + arguments.map { $0.label?.text }, arguments, true, builtin.name, builtin.matchParameters,
            builtin.isVariadic, at: span)
    }
}

extension Expr {
    /// Whether it is the word of a stage, as in `sort(xs, .name)`.
    fileprivate var isStageWord: Bool {
        guard case .name(let word) = kind else { return false }
        return StageWord(rawValue: word) != nil || ForeignSyntax.helpForStage(word) != nil
    }
}

/// `1 argument`, `2 arguments`.
package func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}

extension Expr {
    /// What stands before all its dots.
    fileprivate var innermost: Expr { if case .field(let base, _) = kind { base.innermost } else { self } }
}
