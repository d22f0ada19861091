/// Walks a tree and notes for each function the verbs and calls in it, each with the product of the loops around it.
struct EffectWalk {
    let resolution: Resolution
    let environment: Environment
    let known: KnownTypes
    /// The places of the stages `first` and `last` that give one item and no list.
    let singles: Set<Span>
    let sources: SourceMap
    /// By the function's place in the environment; 0 is the top level.
    private(set) var bodies: [Int: EffectOutline.Body] = [0: EffectOutline.Body()]
    /// How many items the value of a name has, where that is known.
    private var caps: [Int: EffectCap] = [:]
    /// The parameters of the functions met so far, to match arguments with.
    private var parameters: [Int: [ParameterDeclaration]] = [:]
    private var function = 0

    init(
        resolution: Resolution, environment: Environment, known: KnownTypes, singles: Set<Span>, sources: SourceMap
    ) {
        self.resolution = resolution
        self.environment = environment
        self.known = known
        self.singles = singles
        self.sources = sources
    }

    // MARK: Statements

    /// `times` says how often the code runs.
    mutating func walk(_ statements: [Statement], _ times: EffectCap) {
        for case .function(let declaration) in statements.map(\.kind) {
            if let index = resolution[function: declaration.name.span] { parameters[index] = declaration.parameters }
        }
        for statement in statements { walk(statement, times) }
    }

    private mutating func walk(_ statement: Statement, _ times: EffectCap) {
        switch statement.kind {
        case .use, .break, .continue: break
        case .param(let declaration):
            if let fallback = declaration.fallback { walk(fallback, times) }
        case .function(let declaration): walk(declaration)
        case .let(.name(let name), let value):
            walk(value, times)
            if case .variable(let index)? = resolution[name] { caps[index] = items(of: value) }
        case .let(.record, let value), .var(_, let value), .assign(_, _, let value), .fail(let value),
            .expression(let value):
            walk(value, times)
        case .for(_, let source, let body):
            walk(source, times)
            walk(body.statements, times.times(items(of: source)))
        case .while(let condition, let body):
            walk(condition, .unbounded)
            walk(body.statements, .unbounded)
        case .if(let condition, let then, let otherwise):
            walk(condition, times)
            walk(then.statements, times)
            walk(otherwise?.statements ?? [], times)
        case .try(let body, _, let handler):
            walk(body.statements, times)
            walk(handler.statements, times)
        case .return(let value):
            if let value { walk(value, times) }
        case .resume(let stages): walk(stages, .unbounded, times)
        }
    }

    private mutating func walk(_ declaration: FunctionDeclaration) {
        guard let index = resolution[function: declaration.name.span] else { return }
        let outer = function
        function = index
        bodies[index] = EffectOutline.Body(name: declaration.name.text)
        for parameter in declaration.parameters {
            if let fallback = parameter.fallback { walk(fallback, .one) }
            if case .variable(let variable)? = resolution[parameter.name] { caps[variable] = .parameter(variable) }
        }
        walk(declaration.body.statements, .one)
        function = outer
    }

    // MARK: Expressions

    private mutating func walk(_ expr: Expr, _ times: EffectCap) {
        switch expr.kind {
        case .name(let text): use(Identifier(text, expr.span))
        case .field(let base, let name):
            if isModule(base) { use(name) } else { walk(base, times) }
        case .call(let callee, let arguments):
            call(callee, arguments, times)
        case .pipeline(let source, let stages):
            walk(source, times)
            walk(stages, items(of: source), times)
        case .lambda(_, let body):
            // How often a function value is called is not known.
            switch body {
            case .expr(let value): walk(value, .unbounded)
            case .block(let block): walk(block.statements, .unbounded)
            }
        case .null, .bool, .int, .float, .duration, .date, .regex, .string, .it, .list, .record, .negate, .not, .binary,
            .and, .or, .coalesce, .range, .optionalField, .chain, .index, .conditional, .attempt:
            for part in expr.parts { walk(part, times) }
        }
    }

    /// A function as a value: it may be called from anywhere, with anything.
    private mutating func use(_ name: Identifier) {
        switch resolution[name] {
        case .function(let index):
            add(EffectOutline.Call(function: index, span: name.span, cap: .unbounded, arguments: [:]))
        case .builtin(let index): add(environment.library[index], at: name.span, .unbounded)
        case .variable, .module, nil: break
        }
    }

    private mutating func call(
        _ callee: Expr, _ arguments: [Argument], piped: EffectCap? = nil, _ times: EffectCap
    ) {
        for argument in arguments { walk(argument.value, times) }
        let name: Identifier
        switch callee.kind {
        case .name(let text): name = Identifier(text, callee.span)
        case .field(let base, let field) where isModule(base): name = field
        default:
            walk(callee, times)
            return
        }
        switch resolution[name] {
        case .function(let index):
            add(
                EffectOutline.Call(
                    function: index, span: name.span, cap: times,
                    arguments: matched(arguments, piped, to: index)))
        case .builtin(let index):
            let builtin = environment.library[index]
            var cap = times
            if case .action = builtin.body {
                cap = times.times(piped ?? target(of: builtin, arguments).map { items(of: $0) } ?? .unbounded)
            }
            add(builtin, at: name.span, cap)
        case .variable, .module, nil: break
        }
    }

    /// What a call of an action works on. Arguments with names may come in any order.
    private func target(of builtin: Builtin, _ arguments: [Argument]) -> Expr? {
        let name = builtin.parameters.first?.name
        return (arguments.first { $0.label?.text == name } ?? arguments.first { $0.label == nil })?.value
    }

    /// How many items the arguments have, by the variables of the parameters.
    private func matched(_ arguments: [Argument], _ piped: EffectCap?, to index: Int) -> [Int: EffectCap] {
        guard let declared = parameters[index] else { return [:] }
        let labels = (piped == nil ? [] : [nil]) + arguments.map { $0.label?.text }
        let match = ArgumentMatch.match(
            labels: labels, parameters: environment.functions[index].parameters, isVariadic: false)
        guard case .success(let (slots, _)) = match else { return [:] }
        var found: [Int: EffectCap] = [:]
        for (parameter, slot) in zip(declared, slots) {
            guard case .variable(let variable)? = resolution[parameter.name] else { continue }
            if let slot {
                let written = piped == nil ? slot : slot - 1
                found[variable] = written < 0 ? piped : items(of: arguments[written].value)
            } else if let fallback = parameter.fallback {
                found[variable] = items(of: fallback)
            }
        }
        return found
    }

    // MARK: Stages

    private mutating func walk(_ stages: [Stage], _ first: EffectCap, _ times: EffectCap) {
        var items = first
        for stage in stages {
            switch stage.kind {
            case .action(let verb, let arguments, _):
                for argument in arguments { walk(argument.value, times) }
                if let index = environment.library.index(of: verb.rawValue) {
                    let span = Span(
                        file: stage.span.file, start: stage.span.start,
                        end: stage.span.start + UInt32(verb.rawValue.utf8.count))
                    add(environment.library[index], at: span, times.times(items))
                }
            case .each(_, let body): walk(body.statements, times.times(items))
            case .call(let callee, let arguments): call(callee, arguments, piped: items, times)
            case .where, .map, .select, .with, .sort, .group, .unique, .take, .skip, .first, .last, .atMost, .count,
                .flatten, .reverse, .reduce:
                for part in stage.parts { walk(part, times.times(items)) }
            }
            items = self.items(behind: stage, items)
        }
    }

    // MARK: How many

    /// How many items an action on a value comes to.
    private func items(of expr: Expr) -> EffectCap {
        if isOne(expr) { return .one }
        switch expr.kind {
        case .name(let text):
            guard case .variable(let index)? = resolution[Identifier(text, expr.span)] else { return .unbounded }
            return caps[index] ?? .unbounded
        case .list(let listed):
            let isPlain = listed.allSatisfy { if case .item = $0 { true } else { false } }
            return isPlain ? .number(listed.count) : .unbounded
        case .pipeline(let source, let stages):
            return stages.reduce(items(of: source)) { items(behind: $1, $0) }
        case .conditional(_, let then, let otherwise): return items(of: then).joined(with: items(of: otherwise))
        case .coalesce(let left, let right), .attempt(let left, let right):
            return items(of: left).joined(with: items(of: right))
        case .null, .bool, .int, .float, .duration, .date, .regex, .string, .it, .record, .negate, .not, .binary, .and,
            .or, .range, .field, .optionalField, .chain, .index, .call, .lambda:
            return .unbounded
        }
    }

    private func items(behind stage: Stage, _ items: EffectCap) -> EffectCap {
        switch stage.kind {
        case .where, .map, .select, .with, .sort, .group, .unique, .skip, .reverse, .action: items
        case .take(let count), .atMost(let count), .first(.some(let count)), .last(.some(let count)):
            items.limited(to: limit(count))
        // The item may be a list itself: a group, or a chunk.
        case .first(nil), .last(nil): singles.contains(stage.span) ? .one : .unbounded
        case .count, .reduce, .each: .one
        case .flatten, .call: .unbounded
        }
    }

    private func limit(_ count: Expr) -> EffectCap {
        if case .int(let number) = count.kind, let number = Int(exactly: number), number >= 0 { return .number(number) }
        let text = sources[count.span]?.text(count.span) ?? "a number"
        // A parameter may have the name of something else that the reader knows.
        guard case .name(let name) = count.kind,
            case .variable(let index)? = resolution[Identifier(name, count.span)]
        else { return .written(text) }
        let variable = environment.variables[index]
        let owner = environment.functions[variable.owner].name
        return .written(variable.global == nil && owner != "=>" && variable.owner != 0 ? "\(text) of \(owner)" : text)
    }

    /// Whether the value is known to be one audience or one id.
    private func isOne(_ expr: Expr) -> Bool {
        if case .string = expr.kind { return true }
        if case .call(let callee, _) = expr.kind, case .name("get") = callee.kind { return true }
        let kinds = type(of: expr).kinds
        return kinds.isDisjoint(with: .list)
    }

    /// The type of a name, or of a field or an item of one.
    private func type(of expr: Expr) -> Type {
        switch expr.kind {
        case .name(let text):
            guard case .variable(let index)? = resolution[Identifier(text, expr.span)],
                !environment.variables[index].isMutable
            else { return .any }
            return known.variables[index] ?? .any
        case .field(let base, let name): return type(of: base).fields?[name.text] ?? .any
        case .index(let base, _): return type(of: base).kinds == .list ? type(of: base).element : .any
        default: return .any
        }
    }

    private func isModule(_ base: Expr) -> Bool {
        if case .name(let text) = base.kind, case .module? = resolution[Identifier(text, base.span)] {
            true
        } else {
            false
        }
    }

    // MARK: Notes

    private mutating func add(_ call: EffectOutline.Call) { bodies[function]?.calls.append(call) }

    private mutating func add(_ builtin: Builtin, at span: Span, _ cap: EffectCap) {
        guard let kind = ScriptEffect.Kind(builtin.effect) else { return }
        bodies[function]?.sites.append(EffectOutline.Site(kind: kind, name: builtin.name, span: span, cap: cap))
    }
}
